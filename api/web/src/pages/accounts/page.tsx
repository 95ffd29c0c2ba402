// Who may use the archive, as what, and up to which level; passwords for one use, and tokens for programs.
import { useState } from 'preact/hooks';
import { listAccounts, type Person } from '../../api/accounts';
import { session } from '../../api/session';
import { t } from '../../i18n';
import { accessName, roleName } from '../../lib/names';
import { useAsked } from '../../lib/use_asked';
import { Dialog } from '../../ui/dialog';
import { Secret } from '../../ui/secret';
import { Failure, Loading } from '../../ui/states';
import { AccountForm, NewAccount } from './account_form';
import { AccountTokens } from './tokens';
import './accounts.css';

interface Told {
  name: string;
  password: string;
}

function Summary({ person }: { person: Person }) {
  return (
    <summary>
      <span class="account-name">
        <bdi>{person.display_name || person.name}</bdi>
      </span>
      {person.display_name && person.display_name !== person.name && <bdi class="muted small">{person.name}</bdi>}
      <span class="badge">{roleName(person.role)}</span>
      <span class="badge badge-plain">{accessName(person.clearance.level)}</span>
      {person.disabled && <span class="badge badge-bad">{t('accounts.disabled')}</span>}
      {!person.has_password && <span class="badge badge-plain">{t('accounts.noPassword')}</span>}
    </summary>
  );
}

interface RowProps {
  person: Person;
  onChanged: () => void;
}

function AccountRow({ person, onChanged }: RowProps) {
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const own = person.name === session.value?.account;
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <Summary person={person} />
        {open && (
          <div class="account-body">
            <AccountForm person={person} own={own} onChanged={onChanged} onPassword={setTold} />
            {told !== null && <Secret label={t('accounts.oneTime')} value={told} onPutAway={() => setTold(null)} />}
            <AccountTokens person={person} />
          </div>
        )}
      </details>
    </li>
  );
}

export default function AccountsPage() {
  const { value: people, failure, again } = useAsked('accounts', listAccounts);
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  if (failure !== null) return <Failure error={failure} onRetry={again} />;
  if (!people) return <Loading />;
  return (
    <>
      <div class="accounts-head">
        <h1>{t('nav.accounts')}</h1>
        <button type="button" class="button button-main" onClick={() => setAdding(true)}>
          {t('accounts.add')}
        </button>
      </div>
      {told && <Secret label={t('accounts.oneTimeFor', { name: told.name })} value={told.password} onPutAway={() => setTold(null)} />}
      <ul class="plain accounts">
        {people.map((person) => (
          <AccountRow key={person.name} person={person} onChanged={again} />
        ))}
      </ul>
      {adding && (
        <Dialog title={t('accounts.add')} onClose={() => setAdding(false)}>
          <NewAccount
            onAdded={(name, password) => {
              setAdding(false);
              setTold({ name, password });
              again();
            }}
          />
        </Dialog>
      )}
    </>
  );
}
