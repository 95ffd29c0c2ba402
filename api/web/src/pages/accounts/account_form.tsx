// What an account is: name, role, clearance; made or changed.
import { useState } from 'preact/hooks';
import { LEVELS, ROLES, addAccount, changeAccount, newPassword, type Level, type Person, type PersonEdits, type Role } from '../../api/accounts';
import { t } from '../../i18n';
import { accessName, roleName } from '../../lib/names';
import { TextField } from '../../ui/field';
import { Select } from '../../ui/select';
import { Failure } from '../../ui/states';

interface Given {
  display: string;
  role: Role;
  level: Level;
  bodies: string; // parted by semicolons
}

function editsOf(given: Given): Required<Pick<PersonEdits, 'display_name' | 'role' | 'clearance'>> {
  const bodies = given.bodies.split(/[;؛\n]/).map((body) => body.trim()).filter(Boolean);
  return { display_name: given.display.trim(), role: given.role, clearance: { level: given.level, bodies } };
}

function Fields({ given, onChange }: { given: Given; onChange: (given: Given) => void }) {
  return (
    <>
      <TextField label={t('accounts.display')} name="display" value={given.display} onChange={(display) => onChange({ ...given, display })} />
      <Select
        label={t('accounts.role')}
        name="role"
        value={given.role}
        choices={ROLES.map((value) => ({ value, name: roleName(value) }))}
        onChange={(role) => onChange({ ...given, role })}
      />
      <p class="small muted">{t(`role.may.${given.role}`)}</p>
      <Select
        label={t('accounts.level')}
        name="level"
        value={given.level}
        choices={LEVELS.map((value) => ({ value, name: accessName(value) }))}
        onChange={(level) => onChange({ ...given, level })}
      />
      {given.level !== 'confidential' && (
        <TextField label={t('accounts.bodies')} name="bodies" value={given.bodies} onChange={(bodies) => onChange({ ...given, bodies })} />
      )}
    </>
  );
}

export function NewAccount({ onAdded }: { onAdded: (name: string, password: string) => void }) {
  const [name, setName] = useState('');
  const [given, setGiven] = useState<Given>({ display: '', role: 'reader', level: 'internal', bodies: '' });
  const [failure, setFailure] = useState<unknown>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    setFailure(null);
    try {
      const person = await addAccount({ name, ...editsOf(given) });
      onAdded(person.name, await newPassword(person.name));
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <TextField label={t('signIn.name')} name="account" value={name} onChange={setName} required />
      <Fields given={given} onChange={setGiven} />
      {failure !== null && <Failure error={failure} />}
      <button type="submit" class="button button-main">
        {t('accounts.make')}
      </button>
    </form>
  );
}

interface AccountFormProps {
  person: Person;
  own: boolean; // one's own account is not disabled
  onChanged: () => void;
  onPassword: (password: string) => void;
}

export function AccountForm({ person, own, onChanged, onPassword }: AccountFormProps) {
  const [given, setGiven] = useState<Given>({
    display: person.display_name,
    role: person.role,
    level: person.clearance.level,
    bodies: person.clearance.bodies.join('؛ '),
  });
  const [failure, setFailure] = useState<unknown>(null);
  const [saved, setSaved] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setFailure(null);
    setSaved(false);
    await work().catch(setFailure);
  };
  const change = (edits: PersonEdits) =>
    run(async () => {
      await changeAccount(person.name, edits);
      setSaved(true);
      onChanged();
    });
  return (
    <form
      class="account-form"
      onSubmit={(event) => {
        event.preventDefault();
        void change(editsOf(given));
      }}
    >
      <Fields given={given} onChange={setGiven} />
      {failure !== null && <Failure error={failure} />}
      <p class="account-buttons">
        <button type="submit" class="button button-main">
          {t('accounts.save')}
        </button>
        {!own && (
          <button type="button" class="button" onClick={() => void change({ disabled: !person.disabled })}>
            {t(person.disabled ? 'accounts.enable' : 'accounts.disable')}
          </button>
        )}
        {!own && (
          <button type="button" class="button" onClick={() => void run(async () => onPassword(await newPassword(person.name)))}>
            {t('accounts.newPassword')}
          </button>
        )}
        <span role="status">{saved && t('accounts.saved')}</span>
      </p>
    </form>
  );
}
