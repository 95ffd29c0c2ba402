// What narrows the results: type, body, language, years in the reader's calendar; each value with its count.
import { useEffect, useState } from 'preact/hooks';
import type { FacetValue, SearchAnswer } from '../../api/types';
import { t, type Key } from '../../i18n';
import { showDay, yearIn } from '../../lib/dates';
import { showDigits, showNumber, toLatin } from '../../lib/digits';
import { languageName, typeName } from '../../lib/paper';
import { calendar } from '../../lib/settings';
import { firstDay, lastDay } from '../../lib/years';
import { isNarrowed, type Search } from './question';

const SHOWN_VALUES = 8;

type Many = 'type' | 'body' | 'language';

// Values that were chosen stay, also where nothing has them any more.
function withChosen(values: FacetValue[], chosen: string[]): FacetValue[] {
  const missing = chosen.filter((value) => !values.some((each) => each.value === value));
  return [...missing.map((value) => ({ value, count: 0 })), ...values];
}

function Values(props: {
  title: string;
  name: Many;
  values: FacetValue[];
  chosen: string[];
  nameOf: (value: string) => string;
  onChange: (chosen: string[]) => void;
}) {
  const [all, setAll] = useState(false);
  const values = withChosen(props.values, props.chosen);
  if (values.length === 0) return null;
  const shown = all ? values : values.slice(0, Math.max(SHOWN_VALUES, props.chosen.length));
  return (
    <fieldset class="filter">
      <legend>{props.title}</legend>
      {shown.map(({ value, count }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={props.chosen.includes(value)}
            onChange={(event) =>
              props.onChange(
                event.currentTarget.checked ? [...props.chosen, value] : props.chosen.filter((each) => each !== value),
              )
            }
          />
          <bdi class="filter-name">{props.nameOf(value)}</bdi>
          <span class="count">{showNumber(count)}</span>
        </label>
      ))}
      {shown.length < values.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {t('filter.all', { n: values.length })}
        </button>
      )}
    </fieldset>
  );
}

function yearText(day: string): string {
  const year = day ? yearIn(day, calendar.value) : null;
  return year === null ? '' : showDigits(String(year));
}

// A year typed in any digits; "" for none.
function dayOfYear(text: string, end: (year: number, which: typeof calendar.value) => string): string {
  const year = toLatin(text).trim();
  return /^\d{1,4}$/.test(year) ? end(Number(year), calendar.value) : '';
}

function YearBox({ label, day, onChange }: { label: Key; day: string; onChange: (text: string) => void }) {
  const shown = yearText(day);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  return (
    <label class="year">
      <span class="small">{t(label)}</span>
      <input
        type="text"
        inputMode="numeric"
        size={5}
        dir="ltr"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

function Years({ search, values, onChange }: { search: Search; values: FacetValue[]; onChange: (search: Search) => void }) {
  const span = (from: string, to: string) => onChange({ ...search, from, to });
  const years = [...values].sort((a, b) => Number(b.value) - Number(a.value)).slice(0, SHOWN_VALUES);
  return (
    <fieldset class="filter">
      <legend>{t('filter.years', { calendar: t(`calendar.${calendar.value}`) })}</legend>
      <div class="years">
        <YearBox label="filter.from" day={search.from} onChange={(text) => span(dayOfYear(text, firstDay), search.to)} />
        <YearBox label="filter.to" day={search.to} onChange={(text) => span(search.from, dayOfYear(text, lastDay))} />
      </div>
      {(search.from || search.to) && (
        <p class="small muted">
          {search.from && <bdi>{showDay(search.from)}</bdi>} – {search.to && <bdi>{showDay(search.to)}</bdi>}
        </p>
      )}
      {years.map(({ value, count }) => {
        const [from, to] = [`${value}-01-01`, `${value}-12-31`];
        const chosen = search.from === from && search.to === to;
        return (
          <button
            key={value}
            type="button"
            class="filter-year"
            aria-pressed={chosen}
            onClick={() => (chosen ? span('', '') : span(from, to))}
          >
            <bdi class="filter-name">{yearName(value)}</bdi>
            <span class="count">{showNumber(count)}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

// The archive counts Gregorian years; where the reader's are others, the two that it lies in come first.
function yearName(year: string): string {
  const gregorian = showDigits(year);
  if (calendar.value === 'gregory') return gregorian;
  return `${yearText(`${year}-01-01`)}–${yearText(`${year}-12-31`)} (${gregorian})`;
}

export function Filters(props: { search: Search; answer: SearchAnswer | null; onChange: (search: Search) => void }) {
  const { search, onChange } = props;
  const facets = props.answer?.facets ?? {};
  const many = (name: Many) => ({
    name,
    title: t(`filter.${name}`),
    values: facets[name] ?? [],
    chosen: search[name],
    onChange: (chosen: string[]) => onChange({ ...search, [name]: chosen }),
  });
  return (
    <div class="filters">
      {isNarrowed(search) && (
        <button
          type="button"
          class="button"
          onClick={() => onChange({ ...search, type: [], body: [], language: [], from: '', to: '' })}
        >
          {t('filter.none')}
        </button>
      )}
      <Values {...many('type')} nameOf={typeName} />
      <Values {...many('body')} nameOf={(value) => value} />
      <Years search={search} values={facets.year ?? []} onChange={onChange} />
      <Values {...many('language')} nameOf={languageName} />
    </div>
  );
}
