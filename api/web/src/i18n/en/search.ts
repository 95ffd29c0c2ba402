import type { Plural } from '..';

export const search = {} satisfies Record<string, string | Plural>;
