import type { Part } from '..';
import type { viewer as keys } from '../en/viewer';

export const viewer: Part<typeof keys> = {};
