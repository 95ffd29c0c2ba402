// Days and times as the reader's calendar, language and digits say them.
import { calendar, digits, language, type Calendar } from './settings';

const DAY = /^(-?\d{1,4})-(\d{2})-(\d{2})$/;

// A Gregorian day "2019-03-12" at noon UTC; null for anything else.
export function dayOf(normal: string | null | undefined): Date | null {
  const parts = DAY.exec(normal ?? '');
  if (!parts) return null;
  const day = new Date(0);
  day.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  day.setUTCHours(12);
  return day;
}

function locale(which: Calendar): string {
  return `${language.value}-u-ca-${which}-nu-${digits.value}`;
}

// "١٢ مارس ٢٠١٩"; "" for what is no day.
export function showDay(normal: string | null | undefined, which: Calendar = calendar.value): string {
  const day = dayOf(normal);
  if (!day) return '';
  return new Intl.DateTimeFormat(locale(which), { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}

// A moment "2026-11-23T00:31:00Z" in the reader's time zone.
export function showTime(moment: string): string {
  const time = new Date(moment);
  if (Number.isNaN(time.getTime())) return moment;
  return new Intl.DateTimeFormat(locale(calendar.value), { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}

// The year of a Gregorian day in a calendar, in Latin digits.
export function yearIn(normal: string, which: Calendar): number | null {
  const day = dayOf(normal);
  if (!day) return null;
  const parts = new Intl.DateTimeFormat(`en-u-ca-${which}-nu-latn`, { year: 'numeric', timeZone: 'UTC' });
  const year = parts.formatToParts(day).find((part) => part.type === 'year');
  return year ? Number.parseInt(year.value, 10) : null;
}
