// What is shown before anything is searched: how much there is, what may be typed, searches that were kept.
import { get } from '../../api/client';
import type { Stats } from '../../api/types';
import { t, type Key } from '../../i18n';
import { useAsked } from '../../lib/use_asked';
import { Icon } from '../../ui/icons';
import { dropSearch, savedSearches } from './saved';

const HINTS: readonly Key[] = ['start.hint.words', 'start.hint.number', 'start.hint.date', 'start.hint.citation'];

export function SavedSearches() {
  const saved = savedSearches();
  if (saved.length === 0) return null;
  return (
    <section class="saved">
      <h2>{t('saved.title')}</h2>
      <ul class="plain">
        {saved.map((search) => (
          <li key={search.address}>
            <a href={search.address}>
              <Icon name="star" /> <bdi>{search.name}</bdi>
            </a>
            <button
              type="button"
              class="button button-quiet button-icon"
              aria-label={t('saved.drop', { name: search.name })}
              onClick={() => dropSearch(search.address)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <p class="small muted">{t('saved.where')}</p>
    </section>
  );
}

// Pages that no search finds yet are told of, so that nobody takes silence for "there is none".
export function Coverage({ stats }: { stats: Pick<Stats, 'pages_without_text' | 'files_waiting' | 'changes_waiting'> }) {
  return (
    <>
      {stats.files_waiting > 0 && <p class="note">{t('coverage.filesWaiting', { n: stats.files_waiting })}</p>}
      {stats.pages_without_text > 0 && <p class="note">{t('coverage.withoutText', { n: stats.pages_without_text })}</p>}
    </>
  );
}

export function Start() {
  const stats = useAsked('stats', (signal) => get<Stats>('/v1/stats', {}, signal));
  return (
    <div class="start">
      {stats.value && (
        <p class="start-count">
          {t('start.records', { n: stats.value.records })}
          {t('app.between')}
          {t('start.pages', { n: stats.value.pages })}
        </p>
      )}
      {stats.value && <Coverage stats={stats.value} />}
      <section>
        <h2>{t('start.hints')}</h2>
        <ul class="hints">
          {HINTS.map((hint) => (
            <li key={hint}>{t(hint)}</li>
          ))}
        </ul>
      </section>
      <SavedSearches />
    </div>
  );
}
