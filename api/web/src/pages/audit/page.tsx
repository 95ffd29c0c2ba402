// The audit trail: who did what, newest first; whether its chain holds; a copy of it to keep elsewhere.
import { useEffect, useState } from 'preact/hooks';
import { ask, get, send } from '../../api/client';
import { seesAll } from '../../api/session';
import { t } from '../../i18n';
import { showNumber } from '../../lib/digits';
import { actionName } from '../../lib/names';
import { AuditList, type AuditNote } from '../../ui/audit_list';
import { TextField } from '../../ui/field';
import { Empty, Failure } from '../../ui/states';
import './audit.css';

const TOGETHER = 200; // entries fetched at once
const SEARCHED = 1000; // the same while something is looked for
const WANTED = 50;
const MOST_ASKED = 20; // requests of one click

interface Notes {
  entries: AuditNote[];
  count: number;
}

function matches(note: AuditNote, words: string[]): boolean {
  const all = [note.who, note.action, actionName(note.action), note.subject, note.what, note.why].join(' ').toLowerCase();
  return words.every((word) => all.includes(word));
}

// From the newest back, until enough was found or the beginning is reached.
function useTrail(filter: string) {
  const [notes, setNotes] = useState<AuditNote[]>([]);
  const [count, setCount] = useState(0);
  const [busy, setBusy] = useState(true);
  const [failure, setFailure] = useState<unknown>(null);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = notes.filter((note) => matches(note, words));
  const oldest = notes.at(-1)?.number ?? null;

  const more = async () => {
    setBusy(true);
    setFailure(null);
    let [before, left] = [oldest, WANTED];
    try {
      for (let asked = 0; asked < MOST_ASKED && left > 0 && before !== 0; ++asked) {
        const together: number = words.length > 0 ? SEARCHED : TOGETHER;
        const from: number | null = before === null ? null : Math.max(0, before - together);
        const limit: number = before === null || from === null ? together : before - from;
        const part: Notes = await get<Notes>('/v1/audit', { from, limit });
        const newer = [...part.entries].reverse();
        setNotes((known) => [...known, ...newer]);
        setCount(part.count);
        before = newer.at(-1)?.number ?? 0;
        left -= newer.filter((note) => matches(note, words)).length;
      }
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };
  useEffect(() => void more(), []);
  return { found, looked: notes.length, count, busy, failure, more, ended: oldest === 0 || count === 0 };
}

interface Check {
  ok: boolean;
  entries: number;
  head: string;
  problem_count: number;
  problems: string[];
}

const KNOWN = 'diwan.audit';

function known(): { entries: number; head: string } | null {
  try {
    return JSON.parse(localStorage.getItem(KNOWN) ?? 'null') as { entries: number; head: string } | null;
  } catch {
    return null;
  }
}

function Verify() {
  const [check, setCheck] = useState<Check | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const verify = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const before = known();
      const query = before ? { entries: before.entries, head: before.head } : {};
      const { value } = await ask<Check>('/v1/audit/verify', { method: 'POST', query });
      if (value.ok) localStorage.setItem(KNOWN, JSON.stringify({ entries: value.entries, head: value.head }));
      setCheck(value);
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };
  return (
    <>
      <button type="button" class="button" disabled={busy} onClick={() => void verify()}>
        {t(busy ? 'audit.verifying' : 'audit.verify')}
      </button>
      {check && (
        <div class={check.ok ? 'audit-check audit-good' : 'audit-check audit-bad'} role="status">
          <p>{check.ok ? t('audit.holds', { n: check.entries }) : t('audit.broken', { n: check.problem_count })}</p>
          {check.problems.map((problem) => (
            <p key={problem} class="small" lang="en" dir="ltr">
              {problem}
            </p>
          ))}
          <p class="small">
            {t('audit.head')}{' '}
            <code dir="ltr" class="audit-hash">
              {check.head}
            </code>
          </p>
        </div>
      )}
      {failure !== null && <Failure error={failure} />}
    </>
  );
}

// All of it, fetched in parts, as one file.
async function exportTrail(onPart: (entries: number) => void): Promise<void> {
  const parts: string[] = [];
  let address: string | null = '/v1/audit/export';
  let entries = 0;
  while (address !== null) {
    const response: Response = await send(address);
    const text = await response.text();
    parts.push(text);
    entries += text.split('\n').length - 1;
    onPart(entries);
    address = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('Link') ?? '')?.[1] ?? null;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(parts, { type: 'application/jsonl' }));
  link.download = 'audit.jsonl';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function Export() {
  const [entries, setEntries] = useState<number | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const run = () => {
    setFailure(null);
    setEntries(0);
    exportTrail(setEntries)
      .catch(setFailure)
      .finally(() => setEntries(null));
  };
  return (
    <>
      <button type="button" class="button" disabled={entries !== null} onClick={run}>
        {entries === null ? t('audit.export') : t('audit.exported', { n: entries })}
      </button>
      {failure !== null && <Failure error={failure} />}
    </>
  );
}

export default function AuditPage() {
  if (!seesAll()) {
    return (
      <Empty title={t('app.notAllowed')}>
        <p>{t('audit.needsAll')}</p>
      </Empty>
    );
  }
  return <Trail />;
}

function Trail() {
  const [filter, setFilter] = useState('');
  const trail = useTrail(filter);
  return (
    <>
      <h1>{t('nav.audit')}</h1>
      <div class="audit-tools">
        <Verify />
        <Export />
      </div>
      <form
        class="audit-filter"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (trail.found.length < WANTED && !trail.ended) void trail.more();
        }}
      >
        <TextField label={t('audit.filter')} name="filter" value={filter} onChange={setFilter} />
      </form>
      <p class="muted small" role="status">
        {t('audit.looked', { found: showNumber(trail.found.length), looked: showNumber(trail.looked), all: showNumber(trail.count) })}
      </p>
      {trail.failure !== null && <Failure error={trail.failure} onRetry={() => void trail.more()} />}
      {trail.found.length === 0 && !trail.busy && trail.failure === null && <Empty title={t('audit.nothing')} />}
      <AuditList notes={trail.found} />
      {!trail.ended && (
        <button type="button" class="button" disabled={trail.busy} onClick={() => void trail.more()}>
          {t('audit.older')}
        </button>
      )}
    </>
  );
}
