// What persons look at and decide: the queue, changes of fields and words, and taking them back.
import { ask, get, type Answer } from './client';

export type DoubtKind = 'numbers' | 'fields' | 'words';
export type BoxOf = [number, number, number, number];

export interface Doubt {
  record: string;
  external_id: string | null;
  file_name: string | null;
  title: string | null;
  number: string | null;
  language: string | null;
  url: string;
  version: number;
  field: string | null;
  word: number | null;
  value: string;
  printed: string | null;
  confidence: number;
  alternatives: string[];
  page: number | null;
  boxes: BoxOf[];
  passage: string | null;
  image_url: string | null;
}

export interface QueuePart {
  doubts: Doubt[];
  next: string | null;
}

export interface Versioned {
  version: number;
  fields?: { name: string; value: string; state: 'proposed' | 'confirmed' }[]; // of a record
  words?: { text: string; alternatives?: string[] }[]; // of a page
}

export function listDoubts(kind: DoubtKind, cursor: string | null, limit = 20, least = 0): Promise<QueuePart> {
  return get<QueuePart>('/v1/queue', { kind, cursor, limit, least: least || null });
}

// As it is stored now.
export function lookAgain(url: string): Promise<Versioned> {
  return get<Versioned>(url);
}

const match = (version: number) => `"${version}"`;

export interface FieldChange {
  do: 'confirm' | 'set' | 'remove';
  name: string;
  value?: string;
  was?: string;
}

export function changeFields(url: string, version: number, fields: FieldChange[]): Promise<Answer<Versioned>> {
  return ask<Versioned>(url, { method: 'PATCH', ifMatch: match(version), body: { fields } });
}

export function changeWord(url: string, version: number, first: number, text: string): Promise<Answer<Versioned>> {
  return ask<Versioned>(url, { method: 'PATCH', ifMatch: match(version), body: { words: [{ first, text }] } });
}

// The last change of the record or page at `url`.
export function takeBack(url: string, version: number): Promise<Answer<Versioned>> {
  return ask<Versioned>(`${url}/take-back`, { method: 'POST', ifMatch: match(version), body: {} });
}
