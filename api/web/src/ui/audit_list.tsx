// Entries of the audit trail, as a list that stays readable on a phone.
import { t } from '../i18n';
import { showDigits } from '../lib/digits';
import { actionName } from '../lib/names';
import { recordAddress } from '../lib/router';
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

const RECORD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function Subject({ subject }: { subject: string }) {
  if (!RECORD_ID.test(subject)) return <bdi>{subject}</bdi>;
  return (
    <a href={recordAddress(subject)}>
      <bdi dir="ltr">{subject.slice(-12)}</bdi>
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
        {note.subject && <Subject subject={note.subject} />}
        <span class="muted small audit-when">
          <Moment at={note.at} />
        </span>
      </p>
      {note.what && (
        <p class="audit-what" dir="auto">
          {note.what}
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
