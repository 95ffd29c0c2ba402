// An account's tokens. The secret of a new one is shown once.
import { useState } from 'preact/hooks';
import { addToken, listTokens, revokeToken, type Person, type Token } from '../../api/accounts';
import type { Right } from '../../api/session';
import { t } from '../../i18n';
import { rightName } from '../../lib/names';
import { useAsked } from '../../lib/use_asked';
import { TextField } from '../../ui/field';
import { Secret } from '../../ui/secret';
import { Select } from '../../ui/select';
import { Failure, Loading } from '../../ui/states';
import { Moment } from '../../ui/text';

const DAYS = ['30', '90', '365', '0'] as const;

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  return (
    <li>
      <span class="token-what">
        <bdi>{token.name}</bdi> <span class="muted small">{token.scopes.map(rightName).join(t('app.between'))}</span>
        <br />
        <span class="muted small">
          {t('tokens.expires')} {token.expires_at ? <Moment at={token.expires_at} /> : t('tokens.never')}
          {t('app.between')}
          {t('tokens.used')} {token.last_used_at ? <Moment at={token.last_used_at} /> : t('tokens.notYet')}
        </span>
      </span>
      <button type="button" class="button" aria-label={t('tokens.revokeNamed', { name: token.name })} onClick={onRevoke}>
        {t('tokens.revoke')}
      </button>
    </li>
  );
}

interface NewTokenProps {
  person: Person;
  onAdded: (token: Token) => void;
  onFailure: (error: unknown) => void;
}

function NewToken({ person, onAdded, onFailure }: NewTokenProps) {
  const [name, setName] = useState('');
  const [days, setDays] = useState<(typeof DAYS)[number]>('90');
  const [scopes, setScopes] = useState<Right[]>(['read']);
  const submit = (event: Event) => {
    event.preventDefault();
    addToken({ name, account: person.name, scopes, days: Number(days) }).then((token) => {
      setName('');
      onAdded(token);
    }, onFailure);
  };
  const toggle = (right: Right) => setScopes(scopes.includes(right) ? scopes.filter((each) => each !== right) : [...scopes, right]);
  return (
    <form class="token-form" onSubmit={submit}>
      <TextField label={t('tokens.name')} name="token" value={name} onChange={setName} required />
      <Select
        label={t('tokens.days')}
        name="days"
        value={days}
        choices={DAYS.map((value) => ({ value, name: value === '0' ? t('tokens.never') : t('tokens.forDays', { n: Number(value) }) }))}
        onChange={setDays}
      />
      <fieldset class="choices">
        <legend>{t('tokens.scopes')}</legend>
        {person.rights.map((right) => (
          <label key={right}>
            <input type="checkbox" checked={scopes.includes(right)} onChange={() => toggle(right)} />
            {rightName(right)}
          </label>
        ))}
      </fieldset>
      <button type="submit" class="button" disabled={scopes.length === 0}>
        {t('tokens.make')}
      </button>
    </form>
  );
}

export function AccountTokens({ person }: { person: Person }) {
  const { value: tokens, failure, again } = useAsked(`tokens ${person.name}`, (signal) => listTokens(person.name, signal));
  const [made, setMade] = useState<Token | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  return (
    <section>
      <h2>{t('tokens.title')}</h2>
      {failure !== null && <Failure error={failure} onRetry={again} />}
      {!tokens && failure === null && <Loading />}
      {tokens?.length === 0 && <p class="muted">{t('tokens.none')}</p>}
      <ul class="plain tokens">
        {tokens?.map((token) => (
          <TokenRow key={token.id} token={token} onRevoke={() => void revokeToken(token.id).then(again, setWrong)} />
        ))}
      </ul>
      {made?.token && <Secret label={t('tokens.once', { name: made.name })} value={made.token} onPutAway={() => setMade(null)} />}
      {wrong !== null && <Failure error={wrong} />}
      {!person.disabled && (
        <NewToken
          person={person}
          onFailure={setWrong}
          onAdded={(token) => {
            setWrong(null);
            setMade(token);
            again();
          }}
        />
      )}
    </section>
  );
}
