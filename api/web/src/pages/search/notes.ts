// What the server tells of how it took a question, in the reader's language. It tells it in English; what is not known here
// is shown as it is.
import { messagesLanguage, t, type Key } from '../../i18n';
import { showDigits } from '../../lib/digits';
import { fieldName } from '../../lib/names';

// By how it begins; what the brackets catch is a number or a field's name.
const NOTES: [RegExp, Key][] = [
  [/^the question was cut (?:to|after) (\d+)/, 'note.cut'],
  [/^AND, OR, NOT/, 'note.operator'],
  [/^only the first (\d+) words were/, 'note.words'],
  [/^\* stands for more letters/, 'note.star'],
  [/^only the first (\d+) words with \*/, 'note.stars'],
  [/^only the first (\d+) quotations/, 'note.quotations'],
  [/^there is nothing to look for/, 'note.nothing'],
  [/^'(.*)' is no value for (\w+):/, 'note.value'],
  [/^brackets that do not match/, 'note.brackets'],
  [/^~ looks no further than (\d+)/, 'note.near'],
  [/^quotation marks that do not match/, 'note.marks'],
  [/^a quotation mark was not closed/, 'note.open'],
  [/^(\w+): has no value right behind/, 'note.noValue'],
  [/^more words begin so: .* the (\d+) most/, 'note.beginnings'],
  [/^of the span of numbers, the (\d+)/, 'note.span'],
  [/^words on different pages .* in (\d+) records/, 'note.across'],
  [/^the spelling of the first (\d+) pages/, 'note.spelling'],
];

// No value where it can only be shown as it came.
export function noteText(note: string): string | null {
  if (messagesLanguage.value === 'en') return null;
  for (const [pattern, key] of NOTES) {
    const found = pattern.exec(note);
    if (!found) continue;
    const [, first = '', second] = found;
    const named = second ?? (/^[a-z]+$/.test(first) ? first : undefined);
    return t(key, { value: showDigits(first), field: named ? fieldName(named) : '' });
  }
  return null;
}
