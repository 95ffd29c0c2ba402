// Signing in and out. Each answer replaces `session`.
import { ask, get } from './client';
import { session, type Session } from './session';

export async function loadSession(): Promise<void> {
  session.value = await get<Session>('/v1/session');
}

export async function signIn(name: string, password: string): Promise<void> {
  session.value = (await ask<Session>('/v1/session', { method: 'POST', body: { name, password } })).value;
}

export async function changePassword(password: string, next: string): Promise<void> {
  const body = { password, new_password: next };
  session.value = (await ask<Session>('/v1/session/password', { method: 'PUT', body })).value;
}

export async function signOut(): Promise<void> {
  await ask<null>('/v1/session', { method: 'DELETE' });
  await loadSession();
}
