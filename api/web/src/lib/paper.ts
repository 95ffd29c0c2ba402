// What a paper is called, out of what is known of it.
import type { PaperFields } from '../api/types';
import { isKey, t } from '../i18n';

export function typeName(type: string | null): string {
  if (!type) return '';
  const key = `type.${type}`;
  return isKey(key) ? t(key) : type;
}

export function languageName(language: string): string {
  const key = `language.${language}`;
  return isKey(key) ? t(key) : language;
}

// Values that may be wrong: proposed, and surer of being another one than a reader should rely on.
const SURE = 70;

export function isDoubtful(paper: Pick<PaperFields, 'unconfirmed'>, name: string): boolean {
  const confidence = paper.unconfirmed[name];
  return confidence !== undefined && confidence < SURE;
}
