// A delivery under way: what is still to be sent, and what became of the rest. It is kept in this browser, so that it goes
// on after a reload; what had not arrived whole then needs its file once more, since a page can't open files by itself.
import { signal } from '@preact/signals';
import { ApiProblem, isAbort } from '../../api/client';
import { accountOf, entriesOf, followBatch, jobOf, openBatch, type Account } from '../../api/deliveries';
import { session } from '../../api/session';
import { readManifest, type ManifestRow } from '../../lib/csv';
import { beginUpload, sendRest } from '../../lib/tus';
import type { GivenFile } from './given';

export interface Sent {
  path: string;
  size: number;
  modified: number;
  row: string; // what is said of it; "" for nothing
  upload: string | null;
  offset: number;
  job: string | null;
  state: 'toSend' | 'sending' | 'refused' | 'waiting' | 'reading' | 'stalled' | 'stored' | 'duplicate' | 'quarantined';
  reason: string; // why it was refused, or lies in quarantine
  record: string | null;
  pages: [done: number, total: number] | null;
}

export interface Common {
  label: string;
  language: string;
  type: string;
  body: string;
  access: string;
}

interface Kept {
  batch: string;
  common: Common;
  files: Sent[];
}

export const MOST_FILES = 5000; // of one delivery through the page
const AT_ONCE = 2;
const LOOKED_AT = 3; // files whose pages are told while they are read
const KEEP_EVERY = 500; // milliseconds

function keyOf(owner: string): string {
  return `diwan.delivery.${owner}`;
}

function whoAsks(): string {
  return session.value?.account ?? '';
}

export function commonRow(common: Common): Record<string, string> {
  const { type, body, access, language } = common;
  const given = { type, body, access, language: language === 'auto' ? '' : language };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

// The row of a file: by its path, by its path in the folder that was given, by its bare name.
export function rowFor(rows: Map<string, ManifestRow>, path: string): ManifestRow | null {
  const inFolder = path.slice(path.indexOf('/') + 1);
  const bare = path.slice(path.lastIndexOf('/') + 1);
  return rows.get(path) ?? rows.get(inFolder) ?? rows.get(bare) ?? null;
}

function sentOf({ path, file }: GivenFile, row: string): Sent {
  return {
    path, row, size: file.size, modified: file.lastModified, upload: null, offset: 0, job: null, state: 'toSend', reason: '', record: null, pages: null,
  };
}

export class Delivery {
  readonly files = signal<Sent[]>([]);
  readonly account = signal<Account | null>(null);
  readonly failure = signal<unknown>(null);
  private readonly blobs = new Map<string, File>();
  private readonly stop = new AbortController();
  private unfollow: (() => void) | null = null;
  private senders = 0;
  private keepTimer: ReturnType<typeof setTimeout> | null = null;

  private constructor(
    readonly owner: string, // the account whose it is
    readonly batch: string,
    readonly common: Common,
  ) {}

  // Throws ManifestProblem before anything is sent, and what the server says to the opening.
  static async begin(common: Common, given: GivenFile[], manifest: string | null): Promise<Delivery> {
    const said = commonRow(common);
    const rows = manifest === null ? new Map<string, ManifestRow>() : readManifest(manifest, said);
    const alone = Object.keys(said).length > 0 ? JSON.stringify(said) : '';
    const batch = await openBatch(common.label);
    const delivery = new Delivery(whoAsks(), batch.id, common);
    delivery.files.value = given.map((each) => sentOf(each, rowFor(rows, each.path)?.row ?? alone));
    for (const { path, file } of given) delivery.blobs.set(path, file);
    delivery.goOn();
    return delivery;
  }

  // The one that this browser keeps for this account, or null.
  static kept(): Delivery | null {
    try {
      const kept = JSON.parse(localStorage.getItem(keyOf(whoAsks())) ?? 'null') as Kept | null;
      if (!kept) return null;
      const delivery = new Delivery(whoAsks(), kept.batch, kept.common);
      delivery.files.value = kept.files.map((each) => (each.state === 'sending' ? { ...each, state: 'toSend' } : each));
      delivery.goOn();
      return delivery;
    } catch {
      return null; // storage is shut off, or what is in it is not ours
    }
  }

  get missing(): Sent[] {
    return this.files.value.filter((each) => each.state === 'toSend' && !this.blobs.has(each.path));
  }

  get done(): boolean {
    return this.files.value.every(({ state }) => ['refused', 'stored', 'duplicate', 'quarantined'].includes(state));
  }

  // Files that were chosen once more; returns how many of them are no part of this delivery.
  giveAgain(given: GivenFile[]): number {
    const fits = ({ path, file }: GivenFile, each: Sent) => each.size === file.size && each.path.split('/').at(-1) === path.split('/').at(-1);
    let others = 0;
    for (const one of given) {
      const mine = this.missing.find((each) => each.path === one.path && fits(one, each)) ?? this.missing.find((each) => fits(one, each));
      if (mine) this.blobs.set(mine.path, one.file);
      else others += 1;
    }
    this.files.value = [...this.files.value];
    this.goOn();
    return others;
  }

  get isMine(): boolean {
    return this.owner === whoAsks();
  }

  // After the session had ended, and one has signed in again; or because what stood in the way may be gone.
  resume(options: { refused?: boolean } = {}): void {
    if (options.refused) {
      this.files.value = this.files.value.map((each) => (each.state === 'refused' ? { ...each, state: 'toSend', reason: '' } : each));
    }
    this.goOn();
  }

  close(): void {
    this.keepNow();
    this.stop.abort();
    this.unfollow?.();
  }

  forget(): void {
    this.close();
    localStorage.removeItem(keyOf(this.owner));
  }

  private goOn(): void {
    this.keepNow();
    while (this.senders < AT_ONCE && this.nextToSend()) void this.sendOne();
    if (this.files.value.some((each) => each.job !== null)) this.follow();
  }

  private nextToSend(): Sent | null {
    return this.files.value.find((each) => each.state === 'toSend' && this.blobs.has(each.path)) ?? null;
  }

  private set(path: string, change: Partial<Sent>): void {
    this.files.value = this.files.value.map((each) => (each.path === path ? { ...each, ...change } : each));
    this.keepTimer ??= setTimeout(() => this.keepNow(), KEEP_EVERY);
  }

  private keepNow(): void {
    if (this.keepTimer !== null) clearTimeout(this.keepTimer);
    this.keepTimer = null;
    if (this.stop.signal.aborted) return;
    const kept: Kept = { batch: this.batch, common: this.common, files: this.files.value };
    try {
      localStorage.setItem(keyOf(this.owner), JSON.stringify(kept));
    } catch {
      // then it lasts as long as the page
    }
  }

  private async sendOne(): Promise<void> {
    const next = this.nextToSend();
    const file = next && this.blobs.get(next.path);
    if (!next || !file) return;
    let ended = false; // the session; `resume` goes on
    this.senders += 1;
    this.set(next.path, { state: 'sending' });
    try {
      const job = await this.sendWhole(next, file);
      this.set(next.path, { state: 'waiting', job, offset: next.size });
      this.blobs.delete(next.path);
    } catch (error) {
      ended = error instanceof ApiProblem && error.status === 401;
      if (ended) this.set(next.path, { state: 'toSend' });
      else if (!isAbort(error)) this.refused(next.path, error);
    }
    this.senders -= 1;
    if (!this.stop.signal.aborted && !ended) this.goOn();
  }

  private async sendWhole(sent: Sent, file: File): Promise<string> {
    const send = async (known: string | null) => {
      const upload = known ?? (await this.beginOne(sent));
      if (!known) {
        this.set(sent.path, { upload });
        this.keepNow();
      }
      return sendRest(file, upload, this.stop.signal, (offset) => this.set(sent.path, { offset }));
    };
    try {
      return await send(sent.upload);
    } catch (error) {
      if (sent.upload === null || !(error instanceof ApiProblem) || error.status !== 404) throw error;
      return send(null); // it had waited too long, and was removed
    }
  }

  private beginOne(sent: Sent): Promise<string> {
    const { language } = this.common;
    return beginUpload(sent.size, { filename: sent.path, batch: this.batch, language, row: sent.row });
  }

  private refused(path: string, error: unknown): void {
    const reason = error instanceof ApiProblem ? error.detail || error.title : String(error);
    this.set(path, { state: 'refused', reason });
  }

  private follow(): void {
    if (this.unfollow) return;
    void this.look();
    this.unfollow = followBatch(this.batch, (account, ended) => {
      this.account.value = account;
      if (ended) this.unfollow = null;
      void this.look();
    });
  }

  // What became of each file, and how far the first of those that are read are.
  private async look(): Promise<void> {
    try {
      const entries = new Map((await entriesOf(this.batch)).map((entry) => [entry.job, entry]));
      this.files.value = this.files.value.map((each) => {
        const entry = each.job === null ? undefined : entries.get(each.job);
        if (!entry || entry.outcome === 'waiting') return each;
        return { ...each, state: entry.outcome, reason: entry.reason ?? '', record: entry.record, pages: null };
      });
      const open = this.files.value.filter((each) => each.job !== null && ['waiting', 'reading', 'stalled'].includes(each.state));
      for (const each of open.slice(0, LOOKED_AT)) await this.lookAt(each);
      this.account.value = await accountOf(this.batch);
      this.keepNow();
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) this.failure.value = error;
    }
  }

  private async lookAt({ path, job }: Sent): Promise<void> {
    const now = await jobOf(job ?? '');
    if (now.state === 'done') return;
    this.set(path, {
      state: now.state,
      reason: now.entry.reason ?? '',
      pages: now.pages_total === null ? null : [now.pages_done, now.pages_total],
    });
  }
}
