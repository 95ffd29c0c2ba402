// Manifests beside scans: CSV as RFC 4180 has it, separated by commas, semicolons or tabs.
export interface ManifestRow {
  file: string;
  row: string; // the line of JSON that goes with the file
}

export class ManifestProblem extends Error {
  constructor(
    readonly kind: 'noFile' | 'unknownColumn' | 'quotes' | 'twice' | 'long',
    readonly value: string,
  ) {
    super(kind);
  }
}

const SEVERAL = ['claimant', 'respondent', 'signatory', 'place', 'parcel', 'money'];
const COLUMNS = [
  'file', 'external_id', 'access', 'language', 'type', 'number', 'year', 'date', 'session', 'session_date', 'case', 'title',
  'body', 'department', 'court', 'chamber', ...SEVERAL,
];
const LONGEST_ROW = 5_000; // bytes: it goes in a header of 8 KiB, written in Base64

function separatorOf(heading: string): string {
  const count = (separator: string) => heading.split(separator).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

export function readCells(text: string): string[][] {
  const separator = separatorOf(text.slice(0, (text.search(/[\r\n]/) + text.length) % text.length));
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let i = 0; i < text.length; ++i) {
    const c = text[i] ?? '';
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === separator) endCell();
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') ++i;
      endCell();
      rows.push([]);
    } else cell += c;
  }
  if (quoted) throw new ManifestProblem('quotes', cell.slice(0, 40));
  endCell();
  return rows.filter((row) => row.some((each) => each.trim() !== ''));
}

function rowOf(names: string[], cells: string[]): Record<string, string | string[]> {
  const row: Record<string, string | string[]> = {};
  names.forEach((name, i) => {
    const value = (cells[i] ?? '').trim();
    if (value === '' || name === 'file') return;
    const before = row[name];
    if (!SEVERAL.includes(name)) row[name] = value;
    else row[name] = Array.isArray(before) ? [...before, value] : [value];
  });
  return row;
}

// Rows by the name of their file. `common` is what is said of all files; a row goes before it.
export function readManifest(text: string, common: Record<string, string>): Map<string, ManifestRow> {
  const [heading = [], ...rows] = readCells(text.replace(/^\uFEFF/, ''));
  const names = heading.map((name) => name.trim());
  const unknown = names.find((name) => !COLUMNS.includes(name));
  if (unknown !== undefined) throw new ManifestProblem('unknownColumn', unknown);
  const at = names.indexOf('file');
  if (at < 0) throw new ManifestProblem('noFile', '');
  const found = new Map<string, ManifestRow>();
  for (const cells of rows) {
    const file = (cells[at] ?? '').trim();
    if (found.has(file)) throw new ManifestProblem('twice', file);
    const row = JSON.stringify({ ...common, ...rowOf(names, cells) });
    if (new TextEncoder().encode(row).length > LONGEST_ROW) throw new ManifestProblem('long', file);
    found.set(file, { file, row });
  }
  return found;
}
