// The page's words: one folder for each language, the present one loaded. English is the list of all keys; the others
// are checked against it by the compiler.
import { signal } from '@preact/signals';
import { digits, language, type Language } from '../lib/settings';
import { inDigits, showNumber } from '../lib/digits';
import type en from './en';

// A sentence, or one for each plural form that the language has (Intl.PluralRules), chosen by `n`.
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Key = keyof typeof en;
export type Part<Keys> = Record<keyof Keys, string | Plural>; // the same keys in another language
export type Messages = Record<Key, string | Plural>;

const LOADERS: Record<Language, () => Promise<{ default: Messages }>> = {
  ar: () => import('./ar'),
  fa: () => import('./fa'),
  en: () => import('./en'),
};

const messages = signal<Messages | null>(null);
export const messagesLanguage = signal<Language | null>(null);

export async function loadMessages(wanted: Language): Promise<void> {
  const loaded = await LOADERS[wanted]();
  messages.value = loaded.default;
  messagesLanguage.value = wanted;
}

// What is put into a sentence keeps its own direction and can't turn the rest: U+2068 … U+2069 isolate it.
function isolated(value: string): string {
  return `\u2068${value}\u2069`;
}

function valueOf(value: string | number): string {
  return typeof value === 'number' ? showNumber(value) : isolated(value);
}

// The sentence of `key`, with {name} filled in. Numbers are shown in the reader's digits.
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const found = messages.value?.[key];
  if (found === undefined) return '';
  const count = typeof values['n'] === 'number' ? values['n'] : 0;
  const form = new Intl.PluralRules(language.value).select(count);
  const sentence = typeof found === 'string' ? found : (found[form] ?? found.other);
  const shown = inDigits(sentence, digits.value);
  return shown.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : valueOf(value);
  });
}

// Whether there is such a sentence: for words that the server says.
export function isKey(key: string): key is Key {
  return messages.value !== null && Object.hasOwn(messages.value, key);
}
