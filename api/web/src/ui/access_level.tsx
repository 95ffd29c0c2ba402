// For whom a record is: shown, and for those who may edit, changed.
import { useState } from 'preact/hooks';
import { LEVELS, type Level } from '../api/accounts';
import { changeFields, type Versioned } from '../api/doubts';
import { may, session } from '../api/session';
import { t } from '../i18n';
import { accessName } from '../lib/names';
import { Select } from './select';
import { Failure } from './states';

interface AccessLevelProps<R extends Versioned> {
  url: string; // "/v1/records/ID"
  version: number;
  level: Level;
  onChanged: (record: R) => void;
}

export function AccessLevel<R extends Versioned>({ url, version, level, onChanged }: AccessLevelProps<R>) {
  const [wanted, setWanted] = useState<Level>(level);
  const [failure, setFailure] = useState<unknown>(null);
  if (!may('edit')) return <span class="badge badge-plain">{accessName(level)}</span>;
  const sees = LEVELS.indexOf(session.value?.clearance.level ?? 'public');
  const save = (event: Event) => {
    event.preventDefault();
    setFailure(null);
    changeFields(url, version, [{ do: 'set', name: 'access', value: wanted }]).then(({ value }) => onChanged(value as R), setFailure);
  };
  return (
    <form onSubmit={save}>
      <Select
        label={t('access.title')}
        name="access"
        value={wanted}
        choices={LEVELS.map((value) => ({ value, name: accessName(value) }))}
        onChange={setWanted}
      />
      {LEVELS.indexOf(wanted) > sees && <p class="mistake">{t('access.beyond')}</p>}
      {failure !== null && <Failure error={failure} />}
      <button type="submit" class="button" disabled={wanted === level}>
        {t('access.save')}
      </button>
    </form>
  );
}
