// Deliveries, their files and the jobs that read them.
import { ask, get } from './client';

export interface Entry {
  batch: string;
  number: number;
  file_name: string;
  record: string | null;
  outcome: 'waiting' | 'stored' | 'duplicate' | 'quarantined';
  reason: string | null;
  pages: number;
  failed_pages: number;
  row_left: boolean;
  job: string | null;
}

export interface Batch {
  id: string;
  label: string;
  opened_at: string;
}

export interface Account extends Batch {
  received: number;
  stored: number;
  duplicate: number;
  quarantined: number;
  waiting: number;
  stalled: number;
  pages: number;
  pages_known: number;
  failed_pages: number;
  entries?: Entry[];
  next?: string | null;
}

export interface Job {
  id: string;
  state: 'waiting' | 'reading' | 'stalled' | 'done';
  pages_done: number;
  pages_total: number | null;
  entry: Entry;
}

export async function openBatch(label: string): Promise<Batch> {
  return (await ask<Batch>('/v1/batches', { method: 'POST', query: { label } })).value;
}

export function accountOf(batch: string, signal?: AbortSignal): Promise<Account> {
  return get<Account>(`/v1/batches/${batch}`, { entries: false }, signal);
}

// Every file of the delivery.
export async function entriesOf(batch: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor: string | null = null;
  do {
    const part: Account = await get<Account>(`/v1/batches/${batch}`, { limit: 1000, cursor });
    entries.push(...(part.entries ?? []));
    cursor = part.next ?? null;
  } while (cursor !== null);
  return entries;
}

export function jobOf(id: string): Promise<Job> {
  return get<Job>(`/v1/jobs/${id}`);
}

// Tells of each change until nothing waits any more. The browser comes again by itself after a broken line.
export function followBatch(batch: string, onChange: (account: Account, ended: boolean) => void): () => void {
  const source = new EventSource(`/v1/batches/${batch}/events`);
  const told = (ended: boolean) => (event: MessageEvent<string>) => {
    if (ended) source.close();
    onChange(JSON.parse(event.data) as Account, ended);
  };
  source.addEventListener('progress', told(false));
  source.addEventListener('end', told(true));
  return () => source.close();
}
