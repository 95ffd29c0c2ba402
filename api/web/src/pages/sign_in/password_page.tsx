// One's own password is changed: by wish, or at the first sign-in, when it must be.
import { useState } from 'preact/hooks';
import { session } from '../../api/session';
import { changePassword } from '../../api/sign_in';
import { t } from '../../i18n';
import { goTo } from '../../lib/router';
import { useSending } from '../../lib/use_sending';
import { TextField } from '../../ui/field';
import { Failure } from '../../ui/states';

export default function PasswordPage() {
  const [old, setOld] = useState('');
  const [wanted, setWanted] = useState('');
  const [again, setAgain] = useState('');
  const [differ, setDiffer] = useState(false);
  const { busy, failure, send } = useSending();

  const submit = (event: Event) => {
    event.preventDefault();
    setDiffer(wanted !== again);
    if (wanted !== again) return;
    void send(async () => {
      await changePassword(old, wanted);
      goTo('/', { replace: true });
    });
  };

  return (
    <form class="card card-narrow" onSubmit={submit}>
      <h1>{t('password.title')}</h1>
      {session.value?.must_change_password && <p>{t('password.must')}</p>}
      <TextField label={t('password.old')} name="old" type="password" value={old} onChange={setOld} required autoComplete="current-password" />
      <TextField label={t('password.new')} name="new" type="password" value={wanted} onChange={setWanted} required minLength={10} autoComplete="new-password" />
      <TextField
        label={t('password.again')}
        name="again"
        type="password"
        value={again}
        onChange={setAgain}
        required
        autoComplete="new-password"
        {...(differ ? { mistake: t('password.differ') } : {})}
      />
      {failure !== null && <Failure error={failure} />}
      <button type="submit" class="button button-main" disabled={busy}>
        {t('password.do')}
      </button>
    </form>
  );
}
