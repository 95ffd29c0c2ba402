// Names that the server says in English, in the reader's language; as they are where the page has no word for them.
import { isKey, t } from '../i18n';

function named(group: string, name: string): string {
  const key = `${group}.${name}`;
  return isKey(key) ? t(key) : name;
}

export const fieldName = (name: string) => named('field', name);
export const typeName = (name: string) => named('type', name);
export const valueName = (field: 'type' | 'language', value: string) => named(field, value);
export const accessName = (name: string) => named('access', name);
export const roleName = (name: string) => named('role', name);
export const rightName = (name: string) => named('right', name);
export const actionName = (name: string) => named('act', name.replaceAll('.', '_'));
