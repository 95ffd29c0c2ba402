// One record found: what it is, its passage, its best page in small with the words outlined.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../../api/client';
import type { PaperFields, Result, Status } from '../../api/types';
import { t } from '../../i18n';
import { isDoubtful, typeName } from '../../lib/paper';
import { recordAddress } from '../../lib/router';
import { showDay } from '../../lib/dates';
import { showDigits, toLatin } from '../../lib/digits';
import { StandingBadge } from '../../ui/standing';
import { Day, FileName, PaperNumber } from '../../ui/text';
import { Thumbnail } from '../../ui/thumbnail';

// What has been seen once is not asked again while this page is open.
const known = new Map<string, Status>();
const CAN_BE_IN_FORCE = new Set(['decision', 'ruling', 'regulation', 'law', 'decree', 'circular']);

// Asked for when it comes into view, so that the results are there first.
function Standing({ record }: { record: string }) {
  const [status, setStatus] = useState<Status | null>(known.get(record) ?? null);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (status || !place.current) return undefined;
    const abort = new AbortController();
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      get<Status>(`/v1/records/${record}/status`, {}, abort.signal).then(
        (found) => {
          known.set(record, found);
          setStatus(found);
        },
        () => undefined, // the result says all else without it
      );
    });
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      abort.abort();
    };
  }, [record]);
  return (
    <span ref={place} class="standing">
      {status && status.status !== 'not_known' && (
        <StandingBadge standing={status.status} confirmed={status.confirmed} />
      )}
    </span>
  );
}

// "قرار 45/2018", or what else there is to call it by.
export function PaperTitle({ paper, fallback }: { paper: PaperFields; fallback: string }) {
  if (!paper.type && !paper.number && !paper.title) return <FileName name={fallback} />;
  return (
    <>
      {paper.type && <bdi>{typeName(paper.type)}</bdi>}{' '}
      {paper.number && (
        <span class={isDoubtful(paper, 'number') ? 'doubtful' : undefined} title={isDoubtful(paper, 'number') ? t('paper.doubtful') : undefined}>
          <PaperNumber value={paper.number} />
        </span>
      )}
      {paper.title && (
        <>
          {(paper.type || paper.number) && <span aria-hidden="true">{t('app.between')}</span>}
          <bdi>{paper.title}</bdi>
        </>
      )}
    </>
  );
}

export function PaperDate({ paper }: { paper: PaperFields }) {
  if (!paper.date) return null;
  const { printed, normal } = paper.date;
  // A day that is printed as the reader would say it is said once.
  const other = normal && toLatin(showDay(normal)) !== toLatin(printed ?? '') ? normal : null;
  return (
    <span class={isDoubtful(paper, 'date') ? 'doubtful' : undefined}>
      {printed && <bdi class="printed">{printed}</bdi>}
      {printed && other && <span aria-hidden="true"> = </span>}
      {other && <Day normal={other} />}
    </span>
  );
}

export function ResultItem({ result, words }: { result: Result; words: string }) {
  const to = recordAddress(result.record, result.page, { q: words });
  const fallback = result.file_name ?? result.external_id ?? t('paper.untitled');
  return (
    <li class="result">
      {result.image_url && result.page_width > 0 && (
        <a class="result-image" href={to} tabIndex={-1} aria-hidden="true">
          <Thumbnail
            imageUrl={result.image_url}
            width={result.page_width}
            height={result.page_height}
            boxes={result.boxes}
            alt=""
          />
        </a>
      )}
      <div class="result-text">
        <h2 class="result-title">
          <a href={to}>
            <PaperTitle paper={result} fallback={fallback} />
          </a>
        </h2>
        <p class="result-facts">
          {CAN_BE_IN_FORCE.has(result.type ?? '') && <Standing record={result.record} />}
          {result.body && (
            <bdi class={isDoubtful(result, 'body') ? 'doubtful' : undefined}>{result.body}</bdi>
          )}
          <PaperDate paper={result} />
        </p>
        {result.snippet.length > 0 && (
          <p class="snippet" dir="auto">
            {result.snippet.map((part, i) => (part.marked ? <mark key={i}>{part.text}</mark> : part.text))}
          </p>
        )}
        <p class="small muted result-foot">
          {result.guess && <span class="badge badge-warn">{t('result.guess')}</span>}
          <span>
            {t('result.page', { number: showDigits(String(result.page)) })}
            {result.more_pages > 0 && t('app.between') + t('result.morePages', { n: result.more_pages })}
          </span>
          {result.file_name && <FileName name={result.file_name} />}
        </p>
      </div>
    </li>
  );
}
