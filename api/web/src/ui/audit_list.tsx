// Entries of the audit trail, as a list that stays readable on a phone.
import { t } from '../i18n';
import { showDigits } from '../lib/digits';
import { actionName } from '../lib/names';
import { address, recordAddress } from '../lib/router';
import './audit_list.css';
import { Moment } from './text';

export interface AuditNote {
  number: number;
  at: string;
  who: string;
  action: string;
  subject: string | null;
  what: string | null;
  why: string | null;
  previous: string;
  hash: string;
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DIGESTS = /\b([0-9a-f]{12})[0-9a-f]{52}\b/g;

// Where the thing is shown that an entry is about; null for what has no page.
function pageOf({ action, subject }: AuditNote): string | null {
  if (!subject || !ID.test(subject)) return null;
  if (/^(batch|file)\./.test(action)) return address('/jobs', { batch: subject });
  return /^(record|page|field|relation)\./.test(action) ? recordAddress(subject) : null;
}

function Subject({ note, subject }: { note: AuditNote; subject: string }) {
  const page = pageOf(note);
  const name = ID.test(subject) ? subject.slice(-12) : subject.replace(DIGESTS, '$1…');
  if (!page) return <bdi>{name}</bdi>;
  return (
    <a href={page}>
      <bdi dir="ltr">{name}</bdi>
    </a>
  );
}

function Note({ note }: { note: AuditNote }) {
  return (
    <li>
      <p class="audit-head">
        <bdi class="muted small" dir="ltr">
          {showDigits(String(note.number))}
        </bdi>
        <strong>{actionName(note.action)}</strong>
        <bdi dir="ltr">{note.who}</bdi>
        {note.subject && <Subject note={note} subject={note.subject} />}
        <span class="muted small audit-when">
          <Moment at={note.at} />
        </span>
      </p>
      {note.what && (
        <p class="audit-what">
          <bdi>{note.what.replace(DIGESTS, '$1…')}</bdi>
        </p>
      )}
      {note.why && (
        <p class="audit-what">
          {t('audit.why')} <bdi>{note.why}</bdi>
        </p>
      )}
    </li>
  );
}

export function AuditList({ notes }: { notes: readonly AuditNote[] }) {
  return (
    <ol class="plain audit">
      {notes.map((note) => (
        <Note key={note.number} note={note} />
      ))}
    </ol>
  );
}
