// Papers are brought in: dropped or chosen, said once what they are, sent, followed until each is accounted for.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../../i18n';
import { Delivery } from './delivery';
import { Prepare } from './prepare';
import { Progress } from './progress';
import './bring_in.css';

// Goes on while the reader is on another page.
const delivery = signal<Delivery | null>(null);

export default function BringInPage() {
  useEffect(() => {
    if (delivery.value?.isMine) delivery.value.resume();
    else {
      delivery.value?.close();
      delivery.value = Delivery.kept();
    }
    const leave = (event: BeforeUnloadEvent) => {
      if (delivery.value?.files.value.some(({ state }) => state === 'sending' || state === 'toSend')) event.preventDefault();
    };
    addEventListener('beforeunload', leave);
    return () => removeEventListener('beforeunload', leave);
  }, []);
  const current = delivery.value;
  return (
    <>
      <h1>{t('nav.bringIn')}</h1>
      {current ? (
        <Progress
          delivery={current}
          onEnd={() => {
            current.forget();
            delivery.value = null;
          }}
        />
      ) : (
        <Prepare onBegun={(begun) => (delivery.value = begun)} />
      )}
    </>
  );
}
