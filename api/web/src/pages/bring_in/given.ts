// Files as they are dropped or chosen, with their paths in the folders that were given.
export interface GivenFile {
  path: string;
  file: File;
}

const NOT_SCANS = /^(\..*|thumbs\.db|desktop\.ini)$/i;

async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all; // it gives a hundred at a time
    all.push(...some);
  }
}

async function filesUnder(entry: FileSystemEntry): Promise<GivenFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const found: GivenFile[] = [];
  for (const each of await entriesIn(entry as FileSystemDirectoryEntry)) found.push(...(await filesUnder(each)));
  return found;
}

function scansOnly(given: GivenFile[]): GivenFile[] {
  return given.filter(({ path }) => !NOT_SCANS.test(path.split('/').at(-1) ?? ''));
}

export async function filesDropped(data: DataTransfer): Promise<GivenFile[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return filesChosen(data.files); // a browser without folders
  const found: GivenFile[] = [];
  for (const entry of entries) found.push(...(await filesUnder(entry)));
  return scansOnly(found);
}

export function filesChosen(list: FileList | null): GivenFile[] {
  return scansOnly([...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

export function isManifest({ path }: GivenFile): boolean {
  return /\.csv$/i.test(path);
}

function isSame(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified && a.webkitRelativePath === b.webkitRelativePath;
}

// Both, each file with a path of its own: another one of the same name, as every scanner makes them, becomes `scan (2).tif`. What was
// given before and is given again is there once.
export function joined(given: GivenFile[], more: GivenFile[]): GivenFile[] {
  const all = new Map(given.map((each) => [each.path, each]));
  const fresh = new Set<GivenFile>();
  for (const one of more) {
    const [, stem = '', ending = ''] = /^(.*?)(\.[^./]*)?$/s.exec(one.path) ?? [];
    const isTaken = (by: GivenFile | undefined) => by !== undefined && (fresh.has(by) || !isSame(by.file, one.file));
    let { path } = one;
    for (let copy = 2; isTaken(all.get(path)); copy += 1) path = `${stem} (${copy})${ending}`;
    if (all.has(path)) continue;
    const added = { path, file: one.file };
    fresh.add(added);
    all.set(path, added);
  }
  return [...all.values()];
}
