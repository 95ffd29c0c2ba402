// What the record says of other papers, what they say of it, and whether it is in force for all that.
import { get } from '../../api/client';
import type { Citation, CitingCitation, Effect, Paper, Place, Status } from '../../api/types';
import { t } from '../../i18n';
import { recordAddress } from '../../lib/router';
import { useAsked } from '../../lib/use_asked';
import { Failure, Loading } from '../../ui/states';
import { StandingBadge } from '../../ui/standing';
import { PaperDate, PaperTitle } from '../search/result';

interface All {
  status: Status;
  cites: Citation[];
  citedBy: CitingCitation[];
}

async function loadAll(id: string, signal: AbortSignal): Promise<All> {
  const [status, cites, citedBy] = await Promise.all([
    get<Status>(`/v1/records/${id}/status`, {}, signal),
    get<{ citations: Citation[] }>(`/v1/records/${id}/citations`, {}, signal),
    get<{ citations: CitingCitation[] }>(`/v1/records/${id}/cited-by`, {}, signal),
  ]);
  return { status, cites: cites.citations, citedBy: citedBy.citations };
}

function CitationItem({ citation, onPlace }: { citation: Citation; onPlace: (place: Place) => void }) {
  const there = citation.resolved === 'one' ? citation.matches[0] : undefined;
  return (
    <li>
      <span class="badge badge-plain">{t(`relation.${citation.relation}`)}</span>{' '}
      {there ? (
        <a href={recordAddress(there.record)}>
          <bdi>{citation.printed}</bdi>
        </a>
      ) : (
        <bdi>{citation.printed}</bdi>
      )}
      <span class="small muted relation-foot">
        {citation.resolved === 'none' && <span>{t('relation.notHere')}</span>}
        {citation.resolved === 'several' && <span>{t('relation.several', { n: citation.matches.length })}</span>}
        {citation.state === 'confirmed' && <span>{t('state.confirmed')}</span>}
        {(citation.place.boxes?.length ?? 0) > 0 && (
          <button type="button" class="link" onClick={() => onPlace(citation.place)}>
            {t('relation.show')}
          </button>
        )}
      </span>
    </li>
  );
}

function PaperLink({ paper }: { paper: Paper }) {
  return (
    <a href={recordAddress(paper.id)}>
      <PaperTitle paper={paper} fallback={paper.external_id ?? t('paper.untitled')} />
    </a>
  );
}

function ChainPaper({ paper, effects, self }: { paper: Paper; effects: Effect[]; self: string }) {
  return (
    <li aria-current={paper.id === self ? 'true' : undefined}>
      {paper.id === self ? <strong>{t('chain.this')}</strong> : <PaperLink paper={paper} />}{' '}
      <span class="small muted">
        <PaperDate paper={paper} />
      </span>
      {effects
        .filter((effect) => effect.on === paper.id)
        .map((effect) => (
          <span class="badge badge-warn" key={effect.by}>
            {t(`chain.${effect.relation}`)}
          </span>
        ))}
    </li>
  );
}

export function Relations({ id, onPlace }: { id: string; onPlace: (place: Place) => void }) {
  const asked = useAsked(id, (signal) => loadAll(id, signal));
  if (asked.failure !== null) return <Failure error={asked.failure} onRetry={asked.again} />;
  if (!asked.value) return <Loading />;
  const { status, cites, citedBy } = asked.value;
  return (
    <div class="relations">
      <h2>{t('force.title')}</h2>
      <p>
        <StandingBadge standing={status.status} confirmed={status.confirmed} />
      </p>
      {status.chain.papers.length > 1 && (
        <>
          <h2>{t('chain.title')}</h2>
          <ol class="plain list">
            {status.chain.papers.map((paper) => (
              <ChainPaper key={paper.id} paper={paper} effects={status.chain.effects} self={id} />
            ))}
          </ol>
        </>
      )}
      <h2>{t('relation.cites')}</h2>
      {cites.length === 0 && <p class="muted">{t('relation.none')}</p>}
      <ul class="plain list">
        {cites.map((citation) => (
          <CitationItem key={citation.number_in_record} citation={citation} onPlace={onPlace} />
        ))}
      </ul>
      <h2>{t('relation.citedBy')}</h2>
      {citedBy.length === 0 && <p class="muted">{t('relation.none')}</p>}
      <ul class="plain list">
        {citedBy.map((citation) => (
          <li key={`${citation.record} ${citation.number_in_record}`}>
            <span class="badge badge-plain">{t(`relation.${citation.relation}`)}</span>{' '}
            <a href={recordAddress(citation.record, Math.max(1, citation.place.page))}>
              <bdi>{citation.place.words ?? citation.printed}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
