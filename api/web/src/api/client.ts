// The one door to the server: JSON in, JSON out, the session's CSRF token with each change, and every failure as an
// ApiProblem with a title and a way out in the reader's language.
import { language } from '../lib/settings';
import { forgetSession, session } from './session';

export class ApiProblem extends Error {
  constructor(
    readonly status: number, // 0: the server was not reached
    readonly code: string,
    readonly title: string,
    readonly explanation: string,
    readonly detail: string,
    readonly retryAfter: number | null = null,
  ) {
    super(detail || title);
  }
}

interface Asking {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown; // sent as JSON; a Blob as it is
  ifMatch?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answer<T> {
  value: T;
  etag: string | null;
}

function addressOf(path: string, query: Asking['query']): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === null || value === undefined || value === '') continue;
    given.set(name, typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value));
  }
  const tail = given.toString();
  return tail ? `${path}?${tail}` : path;
}

function headersOf(asking: Asking): Headers {
  const headers = new Headers({ 'Accept-Language': language.value });
  if (asking.body !== undefined && !(asking.body instanceof Blob)) headers.set('Content-Type', 'application/json');
  for (const [name, value] of Object.entries(asking.headers ?? {})) headers.set(name, value);
  if (asking.ifMatch) headers.set('If-Match', asking.ifMatch);
  const token = session.value?.csrf_token;
  if ((asking.method ?? 'GET') !== 'GET' && token) headers.set('X-CSRF-Token', token);
  return headers;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const told = (await response.json().catch(() => ({}))) as Record<string, string>;
  const wait = Number(response.headers.get('Retry-After'));
  return new ApiProblem(
    response.status,
    told['code'] ?? 'internal',
    told['title'] ?? response.statusText,
    told['explanation'] ?? '',
    told['detail'] ?? '',
    wait > 0 ? wait : null,
  );
}

// Throws ApiProblem; an aborted request throws the browser's AbortError.
export async function send(path: string, asking: Asking = {}): Promise<Response> {
  const body = asking.body === undefined || asking.body instanceof Blob ? asking.body : JSON.stringify(asking.body);
  let response: Response;
  try {
    response = await fetch(addressOf(path, asking.query), {
      method: asking.method ?? 'GET',
      headers: headersOf(asking),
      body: body ?? null,
      signal: asking.signal ?? null,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, 'unreachable', '', '', '');
  }
  if (!response.ok) {
    if (response.status === 401) forgetSession();
    throw await problemOf(response);
  }
  return response;
}

export async function ask<T>(path: string, asking: Asking = {}): Promise<Answer<T>> {
  const response = await send(path, asking);
  const value = (response.status === 204 ? null : await response.json()) as T;
  return { value, etag: response.headers.get('ETag') };
}

export async function get<T>(path: string, query: Asking['query'] = {}, signal?: AbortSignal): Promise<T> {
  return (await ask<T>(path, signal ? { query, signal } : { query })).value;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

// Somebody has changed meanwhile what was to be changed; nothing was stored.
export function isConflict(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'conflict';
}
