// What was done to the record, newest first.
import { get } from '../../api/client';
import type { Version } from '../../api/types';
import { isKey, t } from '../../i18n';
import { showDigits } from '../../lib/digits';
import { useAsked } from '../../lib/use_asked';
import { Failure, Loading } from '../../ui/states';
import { Moment } from '../../ui/text';

export function actionName(action: string | null): string {
  const key = `action.${action ?? 'first'}`;
  return isKey(key) ? t(key) : (action ?? '');
}

export function History({ id }: { id: string }) {
  const asked = useAsked(id, (signal) => get<{ versions: Version[] }>(`/v1/records/${id}/history`, { limit: 1000 }, signal));
  if (asked.failure !== null) return <Failure error={asked.failure} onRetry={asked.again} />;
  if (!asked.value) return <Loading />;
  return (
    <ol class="plain list">
      {[...asked.value.versions].reverse().map((version) => (
        <li key={version.version}>
          <strong>{t('history.version', { number: showDigits(String(version.version)) })}</strong>{' '}
          <bdi>{actionName(version.action)}</bdi>
          {version.what && <bdi class="history-what">{version.what}</bdi>}
          <span class="small muted relation-foot">
            <Moment at={version.at} />
            {version.who && <bdi>{version.who}</bdi>}
            {version.why && <bdi>{version.why}</bdi>}
          </span>
        </li>
      ))}
    </ol>
  );
}
