// What the reader chose, kept in this browser: language, digits, calendar. Signals, so that all that shows them follows.
import { computed, signal } from '@preact/signals';

export type Language = 'ar' | 'fa' | 'en';
export type Digits = 'arab' | 'arabext' | 'latn';
export type Calendar = 'gregory' | 'persian' | 'islamic-umalqura';

interface Settings {
  language: Language;
  digits: Digits | null; // null: those of the language
  calendar: Calendar | null;
}

export const LANGUAGES: readonly Language[] = ['ar', 'fa', 'en'];
export const DIGITS: readonly Digits[] = ['arab', 'arabext', 'latn'];
export const CALENDARS: readonly Calendar[] = ['gregory', 'persian', 'islamic-umalqura'];

const KEY = 'diwan.settings';
const USUAL_DIGITS: Record<Language, Digits> = { ar: 'arab', fa: 'arabext', en: 'latn' };
const USUAL_CALENDAR: Record<Language, Calendar> = { ar: 'gregory', fa: 'persian', en: 'gregory' };

function oneOf<T extends string>(choices: readonly T[], value: unknown): T | null {
  return choices.find((choice) => choice === value) ?? null;
}

function languageOfBrowser(): Language {
  for (const tag of navigator.languages) {
    const known = oneOf(LANGUAGES, tag.slice(0, 2));
    if (known) return known;
  }
  return 'ar';
}

function stored(): Settings {
  let kept: Partial<Record<keyof Settings, unknown>> = {};
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as typeof kept;
  } catch {
    // storage is shut off, or what is in it is not ours
  }
  return {
    language: oneOf(LANGUAGES, kept?.language) ?? languageOfBrowser(),
    digits: oneOf(DIGITS, kept?.digits),
    calendar: oneOf(CALENDARS, kept?.calendar),
  };
}

const settings = signal<Settings>(stored());

export const language = computed(() => settings.value.language);
export const direction = computed(() => (language.value === 'en' ? 'ltr' : 'rtl'));
export const digits = computed(() => settings.value.digits ?? USUAL_DIGITS[language.value]);
export const calendar = computed(() => settings.value.calendar ?? USUAL_CALENDAR[language.value]);

export function choose(change: Partial<Settings>): void {
  settings.value = { ...settings.value, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(settings.value));
  } catch {
    // then it lasts as long as the page
  }
}
