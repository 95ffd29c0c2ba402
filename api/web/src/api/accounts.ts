// Accounts and tokens, as an administrator sees them.
import { ask, get } from './client';
import type { Right } from './session';

export type Role = 'reader' | 'archivist' | 'editor' | 'administrator';
export type Level = 'public' | 'internal' | 'confidential';
export const ROLES: readonly Role[] = ['reader', 'archivist', 'editor', 'administrator'];
export const LEVELS: readonly Level[] = ['public', 'internal', 'confidential'];

export interface Clearance {
  level: Level;
  bodies: string[];
}

export interface Person {
  name: string;
  display_name: string;
  role: Role;
  rights: Right[];
  clearance: Clearance;
  disabled: boolean;
  has_password: boolean;
  must_change_password: boolean;
  created_at: string;
  one_time_password?: string;
}

export interface Token {
  id: string;
  name: string;
  account: string;
  scopes: Right[];
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  token?: string;
}

export interface PersonEdits {
  display_name?: string;
  role?: Role;
  clearance?: Clearance;
  disabled?: boolean;
}

const addressOf = (name: string) => `/v1/accounts/${encodeURIComponent(name)}`;

export async function listAccounts(signal?: AbortSignal): Promise<Person[]> {
  return (await get<{ accounts: Person[] }>('/v1/accounts', {}, signal)).accounts;
}

export async function addAccount(person: PersonEdits & { name: string; role: Role }): Promise<Person> {
  return (await ask<Person>('/v1/accounts', { method: 'POST', body: person })).value;
}

export async function changeAccount(name: string, edits: PersonEdits): Promise<Person> {
  return (await ask<Person>(addressOf(name), { method: 'PATCH', body: edits })).value;
}

// One for one use, made by the server and told this once.
export async function newPassword(name: string): Promise<string> {
  const { value } = await ask<Person>(`${addressOf(name)}/password`, { method: 'PUT', body: {} });
  return value.one_time_password ?? '';
}

export async function listTokens(account: string, signal?: AbortSignal): Promise<Token[]> {
  return (await get<{ tokens: Token[] }>('/v1/tokens', { account }, signal)).tokens;
}

export async function addToken(token: { name: string; account: string; scopes: Right[]; days: number }): Promise<Token> {
  return (await ask<Token>('/v1/tokens', { method: 'POST', body: token })).value;
}

export async function revokeToken(id: string): Promise<void> {
  await ask<null>(`/v1/tokens/${id}`, { method: 'DELETE' });
}
