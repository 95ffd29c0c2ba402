import type { Plural } from '..';

export const work = {} satisfies Record<string, string | Plural>;
