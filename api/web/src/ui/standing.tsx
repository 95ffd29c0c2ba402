// Whether a paper is in force, said in a word and a colour.
import type { Standing } from '../api/types';
import { t, type Key } from '../i18n';

const LOOKS: Record<Standing, string> = {
  in_force: 'badge badge-good',
  amended: 'badge badge-warn',
  partly_repealed: 'badge badge-warn',
  repealed: 'badge badge-bad',
  replaced: 'badge badge-bad',
  not_known: 'badge badge-plain',
};

export function StandingBadge({ standing, confirmed }: { standing: Standing; confirmed: boolean }) {
  const key: Key = `standing.${standing}`;
  return (
    <span class={LOOKS[standing]} title={confirmed ? undefined : t('standing.unconfirmed')}>
      {t(key)}
      {!confirmed && standing !== 'not_known' && standing !== 'in_force' && <span aria-hidden="true">?</span>}
    </span>
  );
}
