// What is searched, as the address bar has it, and the question in the language of docs/search.md that it makes.
import { address } from '../../lib/router';

export type Sort = 'relevance' | 'newest' | 'oldest';

export interface Search {
  words: string;
  type: string[];
  body: string[];
  language: string[];
  from: string; // Gregorian days, "" for open
  to: string;
  sort: Sort;
  shown: number; // how many results
}

export const SHOWN_AT_ONCE = 20;
const MOST_SHOWN = 1000;

export const EMPTY: Search = { words: '', type: [], body: [], language: [], from: '', to: '', sort: 'relevance', shown: SHOWN_AT_ONCE };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function searchOf(query: URLSearchParams): Search {
  const day = (name: string) => (DAY.test(query.get(name) ?? '') ? (query.get(name) as string) : '');
  const sort = query.get('sort');
  const shown = Number(query.get('shown'));
  return {
    words: query.get('q') ?? '',
    type: query.getAll('type'),
    body: query.getAll('body'),
    language: query.getAll('language'),
    from: day('from'),
    to: day('to'),
    sort: sort === 'newest' || sort === 'oldest' ? sort : 'relevance',
    shown: Number.isInteger(shown) && shown > SHOWN_AT_ONCE ? Math.min(shown, MOST_SHOWN) : SHOWN_AT_ONCE,
  };
}

export function addressOf(search: Search): string {
  const given = new URLSearchParams();
  if (search.words) given.set('q', search.words);
  for (const name of ['type', 'body', 'language'] as const) {
    for (const value of search[name]) given.append(name, value);
  }
  if (search.from) given.set('from', search.from);
  if (search.to) given.set('to', search.to);
  if (search.sort !== 'relevance') given.set('sort', search.sort);
  if (search.shown > SHOWN_AT_ONCE) given.set('shown', String(search.shown));
  const tail = given.toString();
  return tail ? `/?${tail}` : address('/');
}

export function asksNothing(search: Search): boolean {
  return !search.words.trim() && !isNarrowed(search);
}

export function isNarrowed(search: Search): boolean {
  return search.type.length + search.body.length + search.language.length > 0 || Boolean(search.from || search.to);
}

function quoted(value: string): string {
  return `"${value.replace(/["«»“”„‹›]/g, ' ')}"`;
}

// The fields that narrow, each value an alternative; "" without any.
export function narrowing(search: Search): string {
  const parts = [
    ...search.type.map((value) => `type:${quoted(value)}`),
    ...search.body.map((value) => `body:${quoted(value)}`),
    ...search.language.map((value) => `language:${quoted(value)}`),
  ];
  if (search.from || search.to) parts.push(`date:${search.from}..${search.to}`);
  return parts.join(' ');
}

// Words with operators among them would take the fields in between: brackets keep them together. The fields go first,
// so that a quotation that is not closed ends where the words end.
export function questionOf(search: Search): string {
  const fields = narrowing(search);
  const words = search.words.trim();
  if (!fields || !words) return fields || words;
  const simple = !/[()|&]|(^|\s)(AND|OR|NOT|\/\S+)(\s|$)/.test(words);
  return simple ? `${fields} ${words}` : `${fields} (${words})`;
}

// The words of a corrected question, without the fields that narrow it.
export function suggestedWords(search: Search, suggestion: string): string {
  const fields = narrowing(search);
  const rest = fields && suggestion.startsWith(fields) ? suggestion.slice(fields.length).trim() : suggestion;
  return fields && rest.startsWith('(') && rest.endsWith(')') ? rest.slice(1, -1) : rest;
}

// Whether it may be a citation: that has a number, and something that says what of.
export function mayCite(words: string): boolean {
  return /[0-9\u0660-\u0669\u06f0-\u06f9]/.test(words) && /\p{L}{2,}/u.test(words) && words.length <= 2000;
}

// The part of what was typed that a completion goes on from, and what comes before it.
export function splitLastWord(typed: string): [before: string, last: string] {
  const at = typed.search(/\S+$/);
  return at < 0 ? [typed, ''] : [typed.slice(0, at), typed.slice(at)];
}
