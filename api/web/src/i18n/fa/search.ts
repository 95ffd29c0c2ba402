import type { Part } from '..';
import type { search as keys } from '../en/search';

export const search: Part<typeof keys> = {};
