import type { Plural } from '..';

export const viewer = {} satisfies Record<string, string | Plural>;
