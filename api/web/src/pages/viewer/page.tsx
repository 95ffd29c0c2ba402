// One record, one page of it: the paper beside its text and what is known of it.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { get } from '../../api/client';
import { may } from '../../api/session';
import type { ArchivePage, ArchiveRecord, Box, Field, Place } from '../../api/types';
import { t, type Key } from '../../i18n';
import { showNumber } from '../../lib/digits';
import { address, goTo, lastSearch, place, recordAddress } from '../../lib/router';
import { useAsked } from '../../lib/use_asked';
import type { Parts } from '../../routes';
import { AccessLevel } from '../../ui/access_level';
import { CorrectWord } from '../../ui/correct_word';
import { Icon } from '../../ui/icons';
import { Failure, Loading } from '../../ui/states';
import { FileName } from '../../ui/text';
import { PaperTitle } from '../search/result';
import { History } from './history';
import { PageImageView } from './page_image';
import { PageStrip } from './page_strip';
import { PageText } from './page_text';
import { RecordFields } from './record_fields';
import { Relations } from './relations';
import { CopyCitation, Downloads } from './take_away';
import './viewer.css';

interface Matches {
  pages: { page: number; boxes: Box[] }[];
}

interface Hit {
  page: number;
  box: Box;
}

type Tab = 'text' | 'fields' | 'relations' | 'history';
const TABS: readonly Tab[] = ['text', 'fields', 'relations', 'history'];
const NO_BOXES: Box[] = [];

function usePaper(id: string, number: number, words: string) {
  const record = useAsked(id, (signal) => get<ArchiveRecord>(`/v1/records/${encodeURIComponent(id)}`, {}, signal));
  const page = useAsked(`${id} ${number}`, (signal) =>
    get<ArchivePage>(`/v1/records/${encodeURIComponent(id)}/pages/${number}`, {}, signal),
  );
  const matches = useAsked(words ? `${id} ${words}` : null, (signal) =>
    get<Matches>(`/v1/records/${encodeURIComponent(id)}/matches`, { q: words }, signal),
  );
  return { record, page, matches };
}

function HitSteps({ hits, at, onStep }: { hits: Hit[]; at: number; onStep: (to: number) => void }) {
  if (hits.length === 0) return null;
  const step = (by: number) => onStep((at + by + hits.length) % hits.length);
  return (
    <div class="steps" role="group" aria-label={t('hits.title')}>
      <button type="button" class="button button-quiet button-icon" aria-label={t('hits.previous')} onClick={() => step(-1)}>
        <Icon name="back" flips />
      </button>
      <span class="small" role="status">
        {t('hits.at', { at: showNumber(at + 1), all: showNumber(hits.length) })}
      </span>
      <button type="button" class="button button-quiet button-icon" aria-label={t('hits.next')} onClick={() => step(1)}>
        <Icon name="forward" flips />
      </button>
    </div>
  );
}

function PageSteps({ number, count, to }: { number: number; count: number; to: (page: number) => string }) {
  if (count < 2) return null;
  return (
    <nav class="steps" aria-label={t('pages.title')}>
      {number > 1 && (
        <a class="button button-quiet button-icon" href={to(number - 1)} aria-label={t('pages.previous')}>
          <Icon name="back" flips />
        </a>
      )}
      <span class="small">{t('pages.at', { at: showNumber(number), all: showNumber(count) })}</span>
      {number < count && (
        <a class="button button-quiet button-icon" href={to(number + 1)} aria-label={t('pages.next')}>
          <Icon name="forward" flips />
        </a>
      )}
    </nav>
  );
}

function Tabs({ tab, onChoose }: { tab: Tab; onChoose: (tab: Tab) => void }) {
  const onKey = (event: KeyboardEvent) => {
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const at = (TABS.indexOf(tab) + (event.key === forward ? 1 : TABS.length - 1)) % TABS.length;
    onChoose(TABS[at] ?? 'text');
    document.getElementById(`tab-${TABS[at]}`)?.focus();
    event.preventDefault();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('viewer.about')} onKeyDown={onKey}>
      {TABS.map((each) => (
        <button
          key={each}
          id={`tab-${each}`}
          type="button"
          role="tab"
          aria-selected={each === tab}
          aria-controls="panel"
          tabIndex={each === tab ? 0 : -1}
          onClick={() => onChoose(each)}
        >
          {t(`tab.${each}` as Key)}
        </button>
      ))}
    </div>
  );
}

// The image as it is printed: the whole of it, loaded when the reader prints, not before.
function PrintedPage({ page }: { page: ArchivePage }) {
  const [wanted, setWanted] = useState('');
  const print = () => {
    if (!page.image_url || wanted === page.image_url) window.print();
    else setWanted(page.image_url);
  };
  return (
    <>
      <button type="button" class="button button-quiet" onClick={print}>
        <Icon name="print" /> {t('take.print')}
      </button>
      {wanted !== '' && wanted === page.image_url && (
        <img class="printed-page" src={wanted} alt={t('viewer.image', { number: String(page.number) })} onLoad={() => window.print()} />
      )}
    </>
  );
}

export default function ViewerPage({ parts }: { parts: Parts }) {
  const id = parts['id'] ?? '';
  const number = Math.max(1, Number.parseInt(parts['page'] ?? '1', 10) || 1);
  const words = place.value.query.get('q') ?? '';
  const { record, page, matches } = usePaper(id, number, words);
  const [tab, setTab] = useState<Tab>('text');
  const [at, setAt] = useState<number | null>(null);
  const [chosen, setChosen] = useState<Field | null>(null);
  const [spot, setSpot] = useState<{ page: number; boxes: Box[] } | null>(null);

  const [correcting, setCorrecting] = useState<{ page: number; index: number } | null>(null);
  const word = correcting?.page === number && page.value?.number === number ? page.value.words[correcting.index] : undefined;
  // The keyboard goes on from the word.
  const closeWord = () => {
    const selector = `[data-word="${correcting?.index}"]`;
    setCorrecting(null);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true }));
  };
  const afresh = () => {
    closeWord();
    record.again();
    page.again();
    matches.again();
  };

  const to = (target: number) => recordAddress(id, target, { q: words });
  const hits = useMemo(
    () => (matches.value?.pages ?? []).flatMap((each) => each.boxes.map((box): Hit => ({ page: each.page, box }))),
    [matches.value],
  );
  const here = useMemo(() => hits.filter((hit) => hit.page === number).map((hit) => hit.box), [hits, number]);
  const firstHere = Math.max(0, hits.findIndex((hit) => hit.page === number));
  const current = at === null ? null : (hits[at] ?? null);
  const spotHere = spot?.page === number ? spot.boxes : NO_BOXES;

  useEffect(() => {
    setAt(null);
    setChosen(null);
    setSpot(null);
    setCorrecting(null);
  }, [id, words]);

  const step = (next: number) => {
    setAt(next);
    const target = hits[next];
    if (target && target.page !== number) goTo(to(target.page), { replace: true });
  };
  const showPlace = (where: Pick<Place, 'page' | 'boxes'>) => {
    setSpot({ page: where.page, boxes: where.boxes ?? [] });
    if (where.page !== number) goTo(to(where.page));
  };

  if (record.failure !== null) return <Failure error={record.failure} onRetry={record.again} />;
  if (!record.value) return <Loading />;
  const paper = record.value;
  const shown = page.value;
  return (
    <article class="viewer">
      <header class="viewer-head">
        <a class="button button-quiet" href={lastSearch.value || address('/', { q: words })}>
          <Icon name="back" flips /> {t(words || lastSearch.value ? 'viewer.back' : 'nav.search')}
        </a>
        <h1>
          <PaperTitle paper={paper} fallback={paper.source?.file_name ?? paper.external_id ?? t('paper.untitled')} />
        </h1>
        <div class="viewer-steps">
          <PageSteps number={number} count={paper.page_count} to={to} />
          <HitSteps hits={hits} at={at ?? firstHere} onStep={step} />
        </div>
        <div class="viewer-take">
          <Downloads record={paper} page={shown} />
          {shown && <PrintedPage page={shown} />}
        </div>
      </header>
      <div class={paper.page_count > 1 ? 'viewer-body viewer-body-strip' : 'viewer-body'}>
        {paper.page_count > 1 && (
          <PageStrip id={paper.id} count={paper.page_count} number={number} to={to} hits={matches.value?.pages ?? []} />
        )}
        <section class="viewer-image" aria-label={t('viewer.paper')}>
          {page.failure !== null ? (
            <Failure error={page.failure} onRetry={page.again} />
          ) : shown?.image_url ? (
            <PageImageView
              page={shown}
              hits={shown.number === number ? here : NO_BOXES}
              current={current?.page === number ? current.box : null}
              place={spotHere}
            />
          ) : shown ? (
            <p class="note">{t('viewer.noImage')}</p>
          ) : (
            <Loading />
          )}
        </section>
        <section class="viewer-panel" aria-label={t('viewer.about')}>
          <Tabs tab={tab} onChoose={setTab} />
          <div id="panel" class="panel" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
            {tab === 'text' && shown && word && correcting && (
              <CorrectWord
                key={`${shown.version} ${correcting.index}`}
                url={`/v1/records/${encodeURIComponent(paper.id)}/pages/${number}`}
                version={shown.version}
                index={correcting.index}
                word={word}
                hasImage={shown.image_url !== null}
                onCorrected={afresh}
                onStale={afresh}
                onClose={closeWord}
              />
            )}
            {tab === 'text' && shown && (
              <PageText
                page={shown}
                hits={here}
                onWord={(word, index) => {
                  setSpot({ page: number, boxes: [word.box] });
                  if (may('edit')) setCorrecting({ page: number, index });
                }}
              />
            )}
            {tab === 'fields' && (
              <>
                {may('edit') && (
                  <AccessLevel
                    key={paper.version}
                    url={`/v1/records/${encodeURIComponent(paper.id)}`}
                    version={paper.version}
                    level={paper.access}
                    onChanged={record.again}
                  />
                )}
                <RecordFields
                  record={paper}
                  chosen={chosen}
                  onChoose={(field) => {
                    setChosen(field);
                    showPlace({ page: field.page ?? number, boxes: field.boxes });
                  }}
                />
                <CopyCitation record={paper} />
              </>
            )}
            {tab === 'relations' && <Relations id={paper.id} onPlace={showPlace} />}
            {tab === 'history' && <History id={paper.id} />}
          </div>
          <p class="small muted viewer-foot">
            {paper.source && <FileName name={paper.source.file_name} />}
            {paper.source && t('app.between')}
            {t(`access.${paper.access}`)}
            {shown && shown.doubtful > 0 && t('app.between') + t('viewer.doubtful', { n: shown.doubtful })}
          </p>
        </section>
      </div>
    </article>
  );
}
