// Deliveries: all of them, or with ?batch= the account of one, followed while its files are read.
import { useEffect, useState } from 'preact/hooks';
import { get } from '../../api/client';
import { accountOf, entriesOf, followBatch, type Account, type Batch, type Entry } from '../../api/deliveries';
import { t } from '../../i18n';
import { useAsked } from '../../lib/use_asked';
import { address, place } from '../../lib/router';
import { AccountFigures, Troubles } from '../../ui/account_of_delivery';
import { Empty, Failure, Loading } from '../../ui/states';
import { Moment } from '../../ui/text';

function Name({ batch }: { batch: Batch }) {
  return batch.label ? <bdi>{batch.label}</bdi> : <>{t('delivery.unnamed')}</>;
}

function OneDelivery({ batch }: { batch: string }) {
  const [account, setAccount] = useState<Account | null>(null);
  const [entries, setEntries] = useState<Entry[]>([]);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    let unfollow = () => {};
    const load = async () => {
      const now = await accountOf(batch);
      setAccount(now);
      setEntries(await entriesOf(batch));
      if (now.waiting === 0) return;
      unfollow = followBatch(batch, (told, ended) => {
        setAccount(told);
        if (ended) entriesOf(batch).then(setEntries, setFailure);
      });
    };
    load().catch(setFailure);
    return () => unfollow();
  }, [batch]);

  if (failure !== null) return <Failure error={failure} />;
  if (!account) return <Loading />;
  return (
    <>
      <h1>
        <Name batch={account} />
      </h1>
      <p class="muted">
        <Moment at={account.opened_at} />
      </p>
      <AccountFigures account={account} />
      {account.stalled > 0 && <p class="mistake">{t('delivery.stalled', { n: account.stalled })}</p>}
      <Troubles entries={entries} />
      <p>
        <a href="/jobs">{t('delivery.all')}</a>
      </p>
    </>
  );
}

function Row({ batch }: { batch: Batch }) {
  const { value } = useAsked<Account>(batch.id, (signal) => accountOf(batch.id, signal));
  return (
    <li>
      <span class="file-name">
        <a href={address('/jobs', { batch: batch.id })}>
          <Name batch={batch} />
        </a>{' '}
        <span class="small muted">
          <Moment at={batch.opened_at} />
        </span>
      </span>
      {value && <span>{t('delivery.files', { n: value.received })}</span>}
      {value && value.quarantined > 0 && <span class="badge badge-bad">{t('delivery.count.quarantined', { n: value.quarantined })}</span>}
      {value && value.waiting > 0 ? (
        <span class="badge">{t('delivery.count.waiting', { n: value.waiting })}</span>
      ) : (
        value && <span class="badge badge-good">{t('delivery.finished')}</span>
      )}
    </li>
  );
}

const AT_ONCE = 20;

function AllDeliveries() {
  const [batches, setBatches] = useState<Batch[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [loaded, setLoaded] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const load = async (cursor: string | null) => {
    setFailure(null);
    const part = await get<{ batches: Batch[]; next: string | null }>('/v1/batches', { cursor, limit: 1000 });
    setBatches((before) => [...[...part.batches].reverse(), ...before]);
    setNext(part.next);
    if (part.next !== null) return load(part.next); // the newest are at the end of the list
    return setLoaded(true);
  };
  useEffect(() => void load(null).catch(setFailure), []);
  const [shown, setShown] = useState(AT_ONCE);

  if (failure !== null) return <Failure error={failure} onRetry={() => void load(next).catch(setFailure)} />;
  if (!loaded) return <Loading />;
  return (
    <>
      <h1>{t('nav.jobs')}</h1>
      {batches.length === 0 && (
        <Empty title={t('delivery.none')}>
          <a class="button" href="/bring-in">
            {t('nav.bringIn')}
          </a>
        </Empty>
      )}
      <ul class="plain files">
        {batches.slice(0, shown).map((batch) => (
          <Row key={batch.id} batch={batch} />
        ))}
      </ul>
      {shown < batches.length && (
        <button type="button" class="button" onClick={() => setShown(shown + AT_ONCE)}>
          {t('delivery.more')}
        </button>
      )}
    </>
  );
}

export default function JobsPage() {
  const batch = place.value.query.get('batch');
  return batch ? <OneDelivery key={batch} batch={batch} /> : <AllDeliveries />;
}
