// Digits in the reader's choice of set. Only for what this page or a normal form says; what is printed stays printed.
import { digits, language, type Digits } from './settings';

const ZERO: Record<Digits, number> = { arab: 0x660, arabext: 0x6f0, latn: 0x30 };
const ANY_DIGIT = /[0-9\u0660-\u0669\u06f0-\u06f9]/g;

// "١٢٣" and "۱۲۳" as "123".
export function toLatin(text: string): string {
  return text.replace(ANY_DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf));
}

export function inDigits(text: string, set: Digits): string {
  return text.replace(ANY_DIGIT, (digit) => String.fromCharCode(ZERO[set] + (digit.charCodeAt(0) & 0xf)));
}

export function showDigits(text: string): string {
  return inDigits(text, digits.value);
}

export function showNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(language.value, { numberingSystem: digits.value, ...options }).format(value);
}
