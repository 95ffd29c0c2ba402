// What a citation in the box names: shown above the results, since whoever pastes one wants that paper.
import { ask } from '../../api/client';
import type { LookUp } from '../../api/types';
import { t } from '../../i18n';
import { recordAddress } from '../../lib/router';
import { useAsked } from '../../lib/use_asked';
import { PaperDate, PaperTitle } from './result';
import { mayCite } from './question';

export function NamedBy({ words }: { words: string }) {
  const asked = useAsked(mayCite(words) ? words : null, async (signal) => {
    const answer = await ask<LookUp[]>('/v1/citations/resolve', { method: 'POST', body: { text: words }, signal });
    return answer.value;
  });
  const named = (asked.value ?? []).filter((each) => each.matches.length > 0).slice(0, 5);
  if (named.length === 0) return null;
  return (
    <section class="card named-by" aria-label={t('cite.title')}>
      {named.map((each) => (
        <div key={each.citation + each.normalized_citations.join()}>
          <h2>
            {t(each.status === 200 ? 'cite.one' : each.status === 300 ? 'cite.several' : 'cite.perhaps', {
              citation: each.citation,
            })}
          </h2>
          <ul class="plain">
            {each.matches.slice(0, 5).map((paper) => (
              <li key={paper.id}>
                <a href={recordAddress(paper.id)}>
                  <PaperTitle paper={paper} fallback={paper.external_id ?? t('paper.untitled')} />
                </a>{' '}
                <span class="small muted">
                  {paper.body && <bdi>{paper.body}</bdi>} <PaperDate paper={paper} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
