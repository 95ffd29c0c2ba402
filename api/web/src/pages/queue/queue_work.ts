// The queue as one person works through it: the doubt that is looked at, what was decided, and the way back.
import { signal } from '@preact/signals';
import { ApiProblem, isConflict } from '../../api/client';
import {
  changeFields,
  changeWord,
  listDoubts,
  lookAgain,
  takeBack,
  type Doubt,
  type DoubtKind,
  type QueuePart,
  type Versioned,
} from '../../api/doubts';

export type Notice = 'confirmed' | 'changed' | 'removed' | 'undone' | 'changedByOthers' | 'gone';

interface Decision {
  doubt: Doubt;
  moved: number; // by how many places the words behind it went
}

const AHEAD = 5; // so few are left when the next part is fetched

export class QueueWork {
  readonly items = signal<Doubt[]>([]);
  readonly at = signal(0);
  readonly loading = signal(true);
  readonly busy = signal(false);
  readonly failure = signal<unknown>(null);
  readonly notice = signal<{ kind: Notice; doubt: Doubt; value: string } | null>(null);
  readonly decided = signal<Decision[]>([]);
  readonly more = signal(true);
  private cursor: string | null = null;
  private readonly versions = new Map<string, number>(); // that our own changes made

  constructor(readonly kind: DoubtKind) {}

  get current(): Doubt | null {
    return this.items.value[this.at.value] ?? null;
  }

  // Until there is something to look at, or the end.
  async load(): Promise<void> {
    this.loading.value = true;
    this.failure.value = null;
    try {
      const wanted = this.at.value + AHEAD;
      while (this.more.value && this.items.value.length <= wanted) this.take(await listDoubts(this.kind, this.cursor));
    } catch (error) {
      this.failure.value = error;
    }
    this.loading.value = false;
  }

  private take(part: QueuePart): void {
    this.items.value = [...this.items.value, ...part.doubts];
    this.cursor = part.next;
    this.more.value = part.next !== null;
  }

  go(step: 1 | -1): void {
    if (this.busy.value) return;
    this.at.value = Math.min(Math.max(this.at.value + step, 0), this.items.value.length);
    this.notice.value = null;
    this.failure.value = null;
    if (this.more.value && !this.loading.value && this.items.value.length - this.at.value < AHEAD) void this.load();
  }

  again(): void {
    this.items.value = [];
    this.at.value = 0;
    this.cursor = null;
    this.more.value = true;
    void this.load();
  }

  // `text` is what stands in the box of `doubt`: as proposed, it is confirmed. A key that was meant for a doubt that is
  // gone already does nothing.
  async decide(doubt: Doubt, text: string): Promise<void> {
    const value = text.trim();
    if (doubt !== this.current || this.busy.value || value === '') return;
    const same = value === (doubt.printed ?? doubt.value) || value === doubt.value;
    await this.change(doubt, same ? 'confirmed' : 'changed', value, () => this.sent(doubt, same, value));
  }

  // There is no such value on the paper.
  async remove(doubt: Doubt): Promise<void> {
    if (doubt !== this.current || doubt.field === null || this.busy.value) return;
    const edit = { do: 'remove', name: doubt.field, was: doubt.value } as const;
    await this.change(doubt, 'removed', doubt.value, async () =>
      (await changeFields(doubt.url, this.versionOf(doubt), [edit])).value,
    );
  }

  async undo(): Promise<void> {
    const last = this.decided.value.at(-1);
    if (!last || this.busy.value) return;
    await this.guarded(last.doubt, async () => {
      const { value: now } = await takeBack(last.doubt.url, this.versionOf(last.doubt));
      this.versions.set(last.doubt.url, now.version);
      this.decided.value = this.decided.value.slice(0, -1);
      this.move(last.doubt, -last.moved);
      const [before, behind] = [this.items.value.slice(0, this.at.value), this.items.value.slice(this.at.value)];
      this.items.value = [...before, last.doubt, ...behind];
      this.notice.value = { kind: 'undone', doubt: last.doubt, value: last.doubt.value };
    });
  }

  private versionOf(doubt: Doubt): number {
    return Math.max(doubt.version, this.versions.get(doubt.url) ?? 0);
  }

  private async sent(doubt: Doubt, same: boolean, value: string): Promise<Versioned> {
    const version = this.versionOf(doubt);
    if (doubt.field === null) return (await changeWord(doubt.url, version, doubt.word ?? 0, value)).value;
    const edit = same
      ? ({ do: 'confirm', name: doubt.field, was: doubt.value } as const)
      : ({ do: 'set', name: doubt.field, value, was: doubt.value } as const);
    return (await changeFields(doubt.url, version, [edit])).value;
  }

  private async change(doubt: Doubt, kind: Notice, value: string, send: () => Promise<Versioned>): Promise<void> {
    await this.guarded(doubt, async () => {
      this.versions.set(doubt.url, (await send()).version);
      const moved = doubt.word === null ? 0 : value.split(/\s+/).length - 1;
      this.drop(doubt);
      this.move(doubt, moved);
      this.decided.value = [...this.decided.value, { doubt, moved }];
      this.notice.value = { kind, doubt, value };
    });
    if (this.more.value && !this.loading.value && this.items.value.length - this.at.value < AHEAD) void this.load();
  }

  private async guarded(doubt: Doubt, work: () => Promise<void>): Promise<void> {
    this.busy.value = true;
    this.failure.value = null;
    this.notice.value = null;
    try {
      await work();
    } catch (error) {
      const stale = isConflict(error) || (error instanceof ApiProblem && error.status === 404);
      if (!stale) this.failure.value = error;
      if (stale || (error instanceof ApiProblem && error.code === 'invalid')) await this.refresh(doubt, stale);
    }
    this.busy.value = false;
  }

  // Somebody, or an earlier change of the same paper, was there before: the doubt is shown as it stands now, or dropped.
  private async refresh(doubt: Doubt, byOthers: boolean): Promise<void> {
    const now = await lookAgain(doubt.url).catch(() => null);
    const open =
      doubt.field === null
        ? now?.words?.[doubt.word ?? 0]?.text === doubt.value
        : now?.fields?.some(({ name, value, state }) => name === doubt.field && value === doubt.value && state === 'proposed');
    if (now) this.versions.set(doubt.url, now.version);
    if (!open) {
      this.drop(doubt);
      this.failure.value = null;
      this.notice.value = { kind: 'gone', doubt, value: doubt.value };
    } else if (byOthers) {
      this.notice.value = { kind: 'changedByOthers', doubt, value: doubt.value };
    }
  }

  private drop(doubt: Doubt): void {
    this.items.value = this.items.value.filter((item) => item !== doubt);
  }

  // Words that were parted or joined move those behind them on the page.
  private move(from: Doubt, by: number): void {
    if (by === 0) return;
    for (const item of this.items.value) {
      if (item.url === from.url && item.word !== null && from.word !== null && item.word > from.word) item.word += by;
    }
  }
}
