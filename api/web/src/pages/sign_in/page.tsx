// Name and password. Afterwards the reader is where they wanted to go.
import { useState } from 'preact/hooks';
import { ApiProblem } from '../../api/client';
import { signIn } from '../../api/sign_in';
import { t } from '../../i18n';
import { goTo, place } from '../../lib/router';
import { useSending } from '../../lib/use_sending';
import { TextField } from '../../ui/field';
import { Failure } from '../../ui/states';

// Only an address of this page: nobody is sent elsewhere by a link to the sign-in.
export function nextPlace(wanted: string | null): string {
  return wanted && /^\/(?![/\\])/.test(wanted) ? wanted : '/';
}

export default function SignInPage() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, send } = useSending();
  const next = place.value.query.get('next');
  const wrong = failure instanceof ApiProblem && (failure.status === 401 || failure.status === 403);

  const submit = (event: Event) => {
    event.preventDefault();
    void send(async () => {
      await signIn(name, password);
      goTo(nextPlace(next), { replace: true });
    });
  };

  return (
    <form class="card card-narrow" onSubmit={submit}>
      <h1>{t('signIn.title')}</h1>
      <TextField label={t('signIn.name')} name="name" value={name} onChange={setName} required autoComplete="username" autoFocus />
      <TextField
        label={t('signIn.password')}
        name="password"
        type="password"
        value={password}
        onChange={setPassword}
        required
        autoComplete="current-password"
      />
      {wrong && (
        <p class="mistake" role="alert">
          {t('signIn.wrong')}
        </p>
      )}
      {failure !== null && !wrong && <Failure error={failure} />}
      <button type="submit" class="button button-main" disabled={busy}>
        {t(busy ? 'signIn.doing' : 'signIn.do')}
      </button>
    </form>
  );
}
