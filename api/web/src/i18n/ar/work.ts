import type { Part } from '..';
import type { work as keys } from '../en/work';

export const work: Part<typeof keys> = {};
