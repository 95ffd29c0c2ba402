// What a page shows while it waits, when it has nothing, and when something failed.
import type { ComponentChildren } from 'preact';
import { ApiProblem } from '../api/client';
import { t } from '../i18n';

export function Loading() {
  return (
    <p class="state state-loading" role="status">
      {t('app.loading')}
    </p>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="state" role="status">
      <p class="state-title">{title}</p>
      {children}
    </div>
  );
}

// A failure, the way out of it, and, small, the exact reason for whoever is asked for help.
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = error instanceof ApiProblem ? error : null;
  const reached = problem !== null && problem.status !== 0;
  return (
    <div class="state state-failure" role="alert">
      <p class="state-title">{reached ? problem.title : t('app.unreachable')}</p>
      <p>{reached ? problem.explanation : t('app.unreachable.way')}</p>
      {problem?.detail && (
        <p class="small muted">
          <bdi lang="en" dir="ltr">
            {problem.detail}
          </bdi>
        </p>
      )}
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {t('app.retry')}
        </button>
      )}
    </div>
  );
}
