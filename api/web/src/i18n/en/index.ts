// Every key that there is, by the pages that say them. A value may have plural forms, see `Plural`.
import { common } from './common';
import { search } from './search';
import { viewer } from './viewer';
import { work } from './work';

export default { ...common, ...search, ...viewer, ...work };
