// The account of a delivery: received = stored + duplicate + quarantined, and what needs a look.
import type { Account, Entry } from '../api/deliveries';
import { t, type Key } from '../i18n';
import { showNumber } from '../lib/digits';
import { recordAddress } from '../lib/router';
import { FileName } from './text';
import './account_of_delivery.css';

const PARTS = ['stored', 'duplicate', 'quarantined', 'waiting'] as const;

function Figure({ label, value, tone }: { label: string; value: number; tone?: string }) {
  return (
    <div class={`figure ${tone ?? ''}`}>
      <dt>{label}</dt>
      <dd>{showNumber(value)}</dd>
    </div>
  );
}

export function AccountFigures({ account }: { account: Account }) {
  const tone = { stored: 'figure-good', duplicate: '', quarantined: account.quarantined > 0 ? 'figure-bad' : '', waiting: '' };
  const adds = account.received === account.stored + account.duplicate + account.quarantined + account.waiting;
  return (
    <>
      <dl class="figures">
        <Figure label={t('delivery.received')} value={account.received} />
        {PARTS.filter((part) => part !== 'waiting' || account.waiting > 0).map((part) => (
          <Figure key={part} label={t(`delivery.${part}`)} value={account[part]} tone={tone[part]} />
        ))}
        <Figure label={t('delivery.pages')} value={account.pages} />
        {account.failed_pages > 0 && <Figure label={t('delivery.failedPages')} value={account.failed_pages} tone="figure-bad" />}
      </dl>
      <p class="small muted">
        {t(!adds ? 'delivery.addsNot' : account.waiting > 0 ? 'delivery.addsSoFar' : 'delivery.adds', {
          received: showNumber(account.received),
          stored: showNumber(account.stored),
          duplicate: showNumber(account.duplicate),
          quarantined: showNumber(account.quarantined),
          waiting: showNumber(account.waiting),
        })}
      </p>
    </>
  );
}

// The reasons that people meet, by how they begin; any other is shown as the server tells it, in English.
const REASONS: [RegExp, Key][] = [
  [/^is empty/, 'reason.empty'],
  [/^is not a TIFF, JPEG/, 'reason.kind'],
  [/needs a password/, 'reason.password'],
  [/^has the same bytes as (.*), received before$/s, 'reason.twice'],
];

export function Reason({ text }: { text: string }) {
  if (!text) return null;
  const known = REASONS.find(([pattern]) => pattern.test(text));
  if (!known) {
    return (
      <bdi class="small muted reason" lang="en" dir="auto">
        {text}
      </bdi>
    );
  }
  const [pattern, key] = known;
  return <span class="small muted reason">{t(key, { name: pattern.exec(text)?.[1] ?? '' })}</span>;
}

// Files that were refused, pages that could not be read, rows that were left.
export function Troubles({ entries }: { entries: Entry[] }) {
  const troubles = entries.filter((entry) => entry.outcome === 'quarantined' || entry.failed_pages > 0 || entry.row_left);
  if (troubles.length === 0) return null;
  const what = (entry: Entry): Key =>
    entry.outcome === 'quarantined' ? 'delivery.is.quarantined' : entry.failed_pages > 0 ? 'delivery.is.failedPages' : 'delivery.is.rowLeft';
  return (
    <>
      <h2>{t('delivery.troubles')}</h2>
      <ul class="plain files">
        {troubles.map((entry) => (
          <li key={entry.number}>
            <span class="file-name">
              {entry.record && entry.outcome !== 'quarantined' ? (
                <a href={recordAddress(entry.record)}>
                  <FileName name={entry.file_name} />
                </a>
              ) : (
                <FileName name={entry.file_name} />
              )}
            </span>
            <span class="badge badge-bad">{t(what(entry), { n: entry.failed_pages })}</span>
            <Reason text={entry.reason ?? ''} />
          </li>
        ))}
      </ul>
    </>
  );
}
