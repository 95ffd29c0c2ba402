// All pages on one screen: their address, what loads them, the right that they need, and their words in the navigation.
// The server gives index.html at the first segment of each (api/web_files.cc has the same list).
import type { ComponentType } from 'preact';
import type { Right } from './api/session';
import type { Key } from './i18n';

export type Parts = Record<string, string>; // what ":name" of a pattern stands for
export type Page = ComponentType<{ parts: Parts }>;

export interface Route {
  pattern: string;
  load: () => Promise<{ default: Page }>;
  needs: Right | null; // null: nobody must be signed in
  title: Key;
  inNavigation?: boolean;
}

export const ROUTES: readonly Route[] = [
  { pattern: '/', load: () => import('./pages/search/page'), needs: 'read', title: 'nav.search', inNavigation: true },
  { pattern: '/records/:id', load: () => import('./pages/viewer/page'), needs: 'read', title: 'app.name' },
  { pattern: '/records/:id/:page', load: () => import('./pages/viewer/page'), needs: 'read', title: 'app.name' },
  { pattern: '/queue', load: () => import('./pages/queue/page'), needs: 'edit', title: 'nav.queue', inNavigation: true },
  { pattern: '/bring-in', load: () => import('./pages/bring_in/page'), needs: 'deliver', title: 'nav.bringIn', inNavigation: true },
  { pattern: '/jobs', load: () => import('./pages/jobs/page'), needs: 'deliver', title: 'nav.jobs', inNavigation: true },
  { pattern: '/overview', load: () => import('./pages/overview/page'), needs: 'read', title: 'nav.overview', inNavigation: true },
  { pattern: '/accounts', load: () => import('./pages/accounts/page'), needs: 'administer', title: 'nav.accounts', inNavigation: true },
  { pattern: '/audit', load: () => import('./pages/audit/page'), needs: 'administer', title: 'nav.audit', inNavigation: true },
  { pattern: '/sign-in', load: () => import('./pages/sign_in/page'), needs: null, title: 'signIn.title' },
  { pattern: '/password', load: () => import('./pages/sign_in/password_page'), needs: null, title: 'password.title' },
];

function partsOf(pattern: string, path: string): Parts | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const parts: Parts = {};
  for (const [i, segment] of wanted.entries()) {
    const value = given[i] ?? '';
    if (segment.startsWith(':')) parts[segment.slice(1)] = value;
    else if (segment !== value) return null;
  }
  return parts;
}

export function findRoute(path: string): { route: Route; parts: Parts } | null {
  for (const route of ROUTES) {
    const parts = partsOf(route.pattern, path);
    if (parts) return { route, parts };
  }
  return null;
}
