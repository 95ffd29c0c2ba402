// Who is signed in. `session` is null until the server has told; pages are shown only after that.
import { computed, signal } from '@preact/signals';

export type Right = 'read' | 'deliver' | 'edit' | 'administer';

export interface Session {
  account: string | null;
  display_name: string | null;
  rights: Right[];
  clearance: { level: 'public' | 'internal' | 'confidential'; bodies: string[] };
  must_change_password: boolean;
  csrf_token: string | null;
  expires_at: string | null;
}

export const session = signal<Session | null>(null);

export const signedIn = computed(() => Boolean(session.value?.account));

export function may(right: Right): boolean {
  return session.value?.rights.includes(right) ?? false;
}

// The audit trail tells of every record, so it needs more than the right.
export function seesAll(): boolean {
  return session.value?.clearance.level === 'confidential';
}

// What the page knows when a request is told that nobody is signed in any more.
export function forgetSession(): void {
  if (session.value) session.value = { ...session.value, account: null, display_name: null, rights: [], csrf_token: null };
}
