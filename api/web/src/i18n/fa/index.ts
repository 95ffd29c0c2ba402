import type { Messages } from '..';
import { common } from './common';
import { search } from './search';
import { viewer } from './viewer';
import { work } from './work';

const messages: Messages = { ...common, ...search, ...viewer, ...work };
export default messages;
