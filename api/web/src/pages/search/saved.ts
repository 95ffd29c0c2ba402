// Searches that the reader keeps, in this browser, each account its own. The server knows nothing of them.
import { signal } from '@preact/signals';
import { session } from '../../api/session';

export interface Saved {
  name: string;
  address: string; // of this page
}

const MOST = 50;
const changed = signal(0);

function key(): string {
  return `diwan.searches.${session.value?.account ?? ''}`;
}

export function savedSearches(): Saved[] {
  void changed.value;
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key()) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.filter((each: Partial<Saved> | null): each is Saved => {
      return typeof each?.name === 'string' && typeof each.address === 'string' && each.address.startsWith('/?');
    });
  } catch {
    return [];
  }
}

function keep(searches: Saved[]): void {
  try {
    localStorage.setItem(key(), JSON.stringify(searches.slice(0, MOST)));
  } catch {
    // storage is shut off; nothing is kept
  }
  changed.value += 1;
}

export function saveSearch(search: Saved): void {
  keep([search, ...savedSearches().filter((each) => each.address !== search.address)]);
}

export function dropSearch(address: string): void {
  keep(savedSearches().filter((each) => each.address !== address));
}
