// While files are sent and read, and the account in the end.
import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { showNumber } from '../../lib/digits';
import { address, recordAddress } from '../../lib/router';
import { AccountFigures, Reason } from '../../ui/account_of_delivery';
import { Failure } from '../../ui/states';
import type { Delivery, Sent } from './delivery';
import { DropZone } from './drop_zone';
import { FileName } from '../../ui/text';

const MOST_SHOWN = 300;
const FIRST: Record<Sent['state'], number> = {
  refused: -1, quarantined: 0, sending: 1, reading: 1, stalled: 1, waiting: 2, toSend: 3, duplicate: 4, stored: 5,
};
const TONE: Partial<Record<Sent['state'], string>> = {
  refused: 'badge-bad', quarantined: 'badge-bad', stored: 'badge-good', stalled: 'badge-warn', duplicate: 'badge-plain',
};

function Bar({ file }: { file: Sent }) {
  if (file.state === 'sending') {
    return <progress max={file.size || 1} value={file.offset} aria-label={t('bring.sent', { name: file.path })} />;
  }
  if (file.state !== 'reading' || !file.pages) return null;
  return <progress max={file.pages[1]} value={file.pages[0]} aria-label={t('bring.read', { name: file.path })} />;
}

function FileRow({ file, missing }: { file: Sent; missing: boolean }) {
  return (
    <li>
      <span class="file-name">
        {file.record && file.state !== 'quarantined' ? (
          <a href={recordAddress(file.record)}>
            <FileName name={file.path} />
          </a>
        ) : (
          <FileName name={file.path} />
        )}
      </span>
      <Bar file={file} />
      {file.pages && <span class="small muted">{t('bring.pageOf', { page: showNumber(file.pages[0]), all: showNumber(file.pages[1]) })}</span>}
      <span class={`badge ${TONE[file.state] ?? ''}`}>{t(missing ? 'bring.state.missing' : `bring.state.${file.state}`)}</span>
      {file.state !== 'duplicate' && <Reason text={file.reason} />}
    </li>
  );
}

function Overall({ delivery }: { delivery: Delivery }) {
  const files = delivery.files.value;
  const all = files.reduce((sum, { size }) => sum + size, 0);
  const sent = files.reduce((sum, { offset }) => sum + offset, 0);
  const ended = files.filter(({ state }) => FIRST[state] >= 4 || FIRST[state] <= 0).length;
  return (
    <div class="overall">
      <label for="sent-bytes">{t('bring.sentAll')}</label>
      <progress id="sent-bytes" max={all || 1} value={sent} />
      <label for="read-files">{t('bring.readAll', { n: files.length, done: showNumber(ended) })}</label>
      <progress id="read-files" max={files.length} value={ended} />
    </div>
  );
}

export function Progress({ delivery, onEnd }: { delivery: Delivery; onEnd: () => void }) {
  const [others, setOthers] = useState(0);
  const files = delivery.files.value;
  const missing = new Set(delivery.missing.map(({ path }) => path));
  const refused = files.filter(({ state }) => state === 'refused').length;
  const shown = [...files].sort((a, b) => FIRST[a.state] - FIRST[b.state]).slice(0, MOST_SHOWN);
  const done = delivery.done;

  return (
    <>
      <h2>{delivery.common.label ? <bdi>{delivery.common.label}</bdi> : t('bring.thisDelivery')}</h2>
      <p role="status">{t(done ? 'bring.finished' : missing.size > 0 ? 'bring.waitsForFiles' : 'bring.underWay')}</p>
      {delivery.failure.value !== null && <Failure error={delivery.failure.value} />}
      {!done && <Overall delivery={delivery} />}
      {missing.size > 0 && (
        <>
          <p>{t('bring.missing', { n: missing.size })}</p>
          <DropZone onGiven={(given) => setOthers(delivery.giveAgain(given))} />
          {others > 0 && <p role="status">{t('bring.others', { n: others })}</p>}
        </>
      )}
      {delivery.account.value && <AccountFigures account={delivery.account.value} />}
      {refused > 0 && (
        <p class="mistake">
          {t('bring.refused', { n: refused })}{' '}
          <button type="button" class="button" onClick={() => delivery.resume({ refused: true })}>
            {t('app.retry')}
          </button>
        </p>
      )}
      <ul class="plain files" aria-label={t('bring.files')}>
        {shown.map((file) => (
          <FileRow key={file.path} file={file} missing={missing.has(file.path)} />
        ))}
      </ul>
      {files.length > MOST_SHOWN && <p>{t('bring.andMore', { n: files.length - MOST_SHOWN })}</p>}
      <p class="drop-buttons">
        {(done || missing.size > 0) && (
          <button type="button" class={done ? 'button button-main' : 'button'} onClick={onEnd}>
            {t(done ? 'bring.next' : 'bring.giveUp')}
          </button>
        )}
        <a class="button" href={address('/jobs', { batch: delivery.batch })}>
          {t('bring.account')}
        </a>
      </p>
    </>
  );
}
