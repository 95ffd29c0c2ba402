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

interface Told {
  title: string;
  way: string;
  detail: string;
}

function tell(error: unknown): Told {
  if (error instanceof ApiProblem && error.status !== 0) {
    return { title: error.title, way: error.explanation, detail: error.detail };
  }
  if (error instanceof ApiProblem) return { title: t('app.unreachable'), way: t('app.unreachable.way'), detail: '' };
  return { title: t('app.fault'), way: t('app.fault.way'), detail: error instanceof Error ? error.message : '' };
}

// A failure, the way out of it, and, small, the exact reason for whoever is asked for help.
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { title, way, detail } = tell(error);
  return (
    <div class="state state-failure" role="alert">
      <p class="state-title">{title}</p>
      <p>{way}</p>
      {detail && (
        <p class="small muted">
          <bdi lang="en" dir="ltr">
            {detail}
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
