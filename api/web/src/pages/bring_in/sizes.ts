import { showNumber } from '../../lib/digits';

const UNITS = ['kilobyte', 'megabyte', 'gigabyte'] as const;

// "3.4 MB" in the reader's language and digits.
export function showSize(bytes: number): string {
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return showNumber(value, { style: 'unit', unit: UNITS[unit] ?? 'kilobyte', maximumFractionDigits: value < 10 ? 1 : 0 });
}
