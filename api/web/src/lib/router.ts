// Where the reader is: the address bar says it all, so that any view can be reloaded, kept and sent.
import { computed, signal } from '@preact/signals';

export interface Place {
  path: string;
  query: URLSearchParams;
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path; // mistyped; then there is no such page
  }
}

function here(): Place {
  return { path: decoded(location.pathname), query: new URLSearchParams(location.search) };
}

const current = signal<Place>(here());

export const place = computed(() => current.value);

addEventListener('popstate', () => {
  current.value = here();
});

// Goes to an address of this page. With `replace`, Back does not come by here.
export function goTo(address: string, options: { replace?: boolean } = {}): void {
  const same = address === location.pathname + location.search;
  if (options.replace || same) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  const before = current.value.path;
  current.value = here();
  if (current.value.path !== before) scrollTo(0, 0);
}

// The search that the reader comes from, for the way back to it; "" when there was none.
export const lastSearch = signal('');

// An address, without parameters that say nothing.
export function address(path: string, query: Record<string, string | number | null | undefined> = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') given.set(name, String(value));
  }
  const tail = given.toString();
  return tail ? `${path}?${tail}` : path;
}

export function recordAddress(id: string, page = 1, query: Record<string, string | null | undefined> = {}): string {
  return address(`/records/${encodeURIComponent(id)}/${page}`, query);
}

// Links of this page are followed without loading it anew; all others, and clicks that ask for a new window, are the
// browser's.
export function followLinks(root: HTMLElement): void {
  root.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    const link = (event.target as Element).closest?.('a');
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download')) return;
    if (link.pathname.startsWith('/v1/') || link.dataset['outside'] !== undefined) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    goTo(link.pathname + link.search);
  });
}
