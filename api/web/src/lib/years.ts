// Years of a calendar as spans of Gregorian days, by what Intl says of each day.
import { yearIn } from './dates';
import type { Calendar } from './settings';

const MS_PER_DAY = 86_400_000;
// Where a year begins and how long it is, roughly, in Gregorian years.
const BEGIN: Record<Calendar, number> = { gregory: 0, persian: 621.220, 'islamic-umalqura': 621.540 };
const LENGTH: Record<Calendar, number> = { gregory: 1, persian: 1, 'islamic-umalqura': 0.970224 };

function normalOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

// The first day of the year; "" for a year that can't be one.
export function firstDay(year: number, calendar: Calendar): string {
  if (!Number.isInteger(year) || year < 1 || year > 2400) return '';
  if (calendar === 'gregory') return `${String(year).padStart(4, '0')}-01-01`;
  const about = BEGIN[calendar] + (year - 1) * LENGTH[calendar] + 1;
  let day = Date.UTC(Math.floor(about), 0, 1) + (about % 1) * 365.242_2 * MS_PER_DAY - 40 * MS_PER_DAY;
  day -= day % MS_PER_DAY;
  for (let i = 0; i < 90; ++i, day += MS_PER_DAY) {
    const found = yearIn(normalOf(day), calendar);
    if (found !== null && found >= year) return normalOf(day);
  }
  return '';
}

export function lastDay(year: number, calendar: Calendar): string {
  const next = firstDay(year + 1, calendar);
  return next ? normalOf(Date.parse(next) - MS_PER_DAY) : '';
}
