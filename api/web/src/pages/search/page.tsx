// The search. What is searched stands in the address bar; typing replaces it there, so that Back leads out of the
// search, and not letter by letter through it.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { get } from '../../api/client';
import type { SearchAnswer } from '../../api/types';
import { t } from '../../i18n';
import { goTo, lastSearch, place } from '../../lib/router';
import { showNumber } from '../../lib/digits';
import { useAsked } from '../../lib/use_asked';
import { Icon } from '../../ui/icons';
import { Empty, Failure, Loading } from '../../ui/states';
import { Filters } from './filters';
import { NamedBy } from './named_by';
import { noteText } from './notes';
import {
  addressOf, asksNothing, EMPTY, isNarrowed, questionOf, searchOf, SHOWN_AT_ONCE, suggestedWords, type Search, type Sort,
} from './question';
import { ResultItem } from './result';
import { SearchBox } from './search_box';
import { saveSearch, savedSearches } from './saved';
import { Coverage, Start } from './start';
import './search.css';

const PAUSE = 25; // ms without a key before the results follow: longer than between two keys pressed as one
const SORTS: readonly Sort[] = ['relevance', 'newest', 'oldest'];

function useResults(search: Search) {
  const question = questionOf(search);
  const key = asksNothing(search) ? null : JSON.stringify([question, search.sort, search.shown]);
  return useAsked(key, (signal) =>
    get<SearchAnswer>('/v1/search', { q: question, sort: search.sort, limit: search.shown, facets: true }, signal),
  );
}

function SortChoice({ search, onChange }: { search: Search; onChange: (search: Search) => void }) {
  return (
    <label class="sort">
      <span>{t('sort.title')}</span>
      <select
        value={search.sort}
        onChange={(event) => onChange({ ...search, sort: event.currentTarget.value as Sort })}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {t(`sort.${sort}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

function SaveButton({ search }: { search: Search }) {
  const address = addressOf({ ...search, shown: SHOWN_AT_ONCE });
  const saved = savedSearches().some((each) => each.address === address);
  const name = [search.words, ...search.type, ...search.body, ...search.language].filter(Boolean).join(' · ');
  return (
    <button
      type="button"
      class="button button-quiet"
      aria-pressed={saved}
      disabled={saved}
      onClick={() => saveSearch({ name: name || t('saved.unnamed'), address })}
    >
      <Icon name="star" /> {t(saved ? 'saved.is' : 'saved.save')}
    </button>
  );
}

function NothingFound({ search, onChange }: { search: Search; onChange: (search: Search) => void }) {
  return (
    <Empty title={t('nothing.title')}>
      <p>{t(isNarrowed(search) ? 'nothing.narrowed' : 'nothing.way')}</p>
      {isNarrowed(search) && search.words && (
        <button type="button" class="button" onClick={() => onChange({ ...EMPTY, words: search.words })}>
          {t('filter.none')}
        </button>
      )}
    </Empty>
  );
}

function Results(props: { search: Search; answer: SearchAnswer; waiting: boolean; onChange: (search: Search) => void }) {
  const { search, answer, onChange } = props;
  const suggestion = answer.suggestion ? suggestedWords(search, answer.suggestion) : null;
  // Made once for each answer, not for each key; the words are those that it answers.
  const items = useMemo(
    () => answer.results.map((result) => <ResultItem key={`${result.record} ${result.page}`} result={result} words={search.words} />),
    [answer],
  );
  return (
    <>
      <div class="results-head">
        <p role="status" class="results-count">
          {t('results.count', { n: answer.total })}
          <span class="small muted"> {t('results.searched', { n: answer.pages_searched })}</span>
        </p>
        <SortChoice search={search} onChange={onChange} />
        <SaveButton search={search} />
      </div>
      {suggestion && (
        <p class="note">
          {t('results.didYouMean')}{' '}
          <button type="button" class="link" onClick={() => onChange({ ...search, words: suggestion })}>
            <bdi>{suggestion}</bdi>
          </button>
        </p>
      )}
      <Coverage stats={{ ...answer, files_waiting: 0, changes_waiting: 0 }} />
      {answer.notes.map((note) => {
        const text = noteText(note);
        return (
          <p class="note small" key={note} {...(text === null ? { lang: 'en', dir: 'ltr' } : {})}>
            {text ?? note}
          </p>
        );
      })}
      <NamedBy words={search.words} />
      {answer.total === 0 && <NothingFound search={search} onChange={onChange} />}
      <ol class="plain results" aria-busy={props.waiting} aria-label={t('results.title')}>
        {items}
      </ol>
      {answer.next && search.shown < 1000 && (
        <p class="more">
          <button type="button" class="button" onClick={() => onChange({ ...search, shown: search.shown + SHOWN_AT_ONCE })}>
            {t('results.more')}
          </button>
          <span class="small muted">
            {t('results.shown', { shown: showNumber(answer.results.length), all: showNumber(answer.total) })}
          </span>
        </p>
      )}
    </>
  );
}

export default function SearchPage() {
  const { query } = place.value;
  const search = useMemo(() => searchOf(query), [query]);
  const [typed, setTyped] = useState(search.words);
  const [filtersShown, setFiltersShown] = useState(false);
  const asked = useResults(search);

  const change = (next: Search, replace = false) => goTo(addressOf(next), { replace });
  // What narrows or sorts begins at the top again; asking for more does not.
  const narrow = (next: Search) => {
    const more = next.shown > search.shown;
    change({ ...next, shown: more ? next.shown : SHOWN_AT_ONCE }, more);
  };
  // What the box itself put into the address is not put back into the box: one may have typed on meanwhile.
  const own = useRef(search.words);
  const searchFor = (words: string, replace = false) => {
    own.current = words.trim();
    change({ ...search, words: own.current, shown: SHOWN_AT_ONCE }, replace);
  };

  useEffect(() => {
    if (search.words === own.current) return;
    own.current = search.words;
    setTyped(search.words);
  }, [search.words]);
  useEffect(() => {
    lastSearch.value = asksNothing(search) ? '' : addressOf(search);
  });
  useEffect(() => {
    if (typed.trim() === search.words) return undefined;
    const timer = setTimeout(() => searchFor(typed, search.words !== ''), PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);

  const nothingAsked = asksNothing(search);
  return (
    <div class={nothingAsked ? 'search search-start' : 'search'}>
      <h1 class="visually-hidden">{t('nav.search')}</h1>
      <SearchBox typed={typed} onType={setTyped} onSearch={searchFor} />
      {nothingAsked ? (
        <Start />
      ) : (
        <div class="search-columns">
          <section class="search-filters" aria-label={t('filter.title')}>
            <button
              type="button"
              class="button filters-toggle"
              aria-expanded={filtersShown}
              aria-controls="filters"
              onClick={() => setFiltersShown(!filtersShown)}
            >
              <Icon name="filter" /> {t('filter.title')}
            </button>
            <div id="filters" class={filtersShown ? 'filters-shown' : 'filters-hidden'}>
              <Filters search={search} answer={asked.value} onChange={narrow} />
            </div>
          </section>
          <section class="search-results" aria-label={t('results.title')}>
            {asked.failure !== null ? (
              <Failure error={asked.failure} onRetry={asked.again} />
            ) : asked.value ? (
              <Results search={search} answer={asked.value} waiting={asked.waiting} onChange={narrow} />
            ) : (
              <Loading />
            )}
          </section>
        </div>
      )}
    </div>
  );
}
