// What is known of the record, each value with its state; a click shows the place on paper that it was read from.
import type { ArchiveRecord, Field } from '../../api/types';
import { isKey, t } from '../../i18n';
import { showDay } from '../../lib/dates';
import { showNumber } from '../../lib/digits';
import { languageName, typeName } from '../../lib/paper';
import { CALENDARS } from '../../lib/settings';
import { PaperNumber } from '../../ui/text';

const ORDER = ['type', 'number', 'date', 'title', 'body', 'court', 'department', 'chamber', 'session', 'session_date', 'case'];
const NUMBERS = new Set(['number', 'year', 'session', 'case', 'parcel']);

function fieldName(name: string): string {
  const key = `field.${name}`;
  return isKey(key) ? t(key) : name;
}

function Value({ field }: { field: Field }) {
  if (field.name === 'type') return <bdi>{typeName(field.value)}</bdi>;
  if (field.name === 'language') return <bdi>{languageName(field.value)}</bdi>;
  if (NUMBERS.has(field.name)) return <PaperNumber value={field.value} />;
  if (field.name === 'date' || field.name === 'session_date') {
    const days = CALENDARS.map((calendar) => showDay(field.value, calendar)).filter(Boolean);
    if (days.length > 0) {
      return (
        <>
          {days.map((day) => (
            <bdi class="day" key={day}>
              {day}
            </bdi>
          ))}
        </>
      );
    }
  }
  return <bdi>{field.value}</bdi>;
}

function State({ field }: { field: Field }) {
  if (field.state === 'confirmed') return <span class="badge badge-good">{t('state.confirmed')}</span>;
  const unsure = field.confidence < 70;
  return (
    <span class={unsure ? 'badge badge-warn' : 'badge badge-plain'}>
      {t('state.proposed', { sure: showNumber(field.confidence / 100, { style: 'percent' }) })}
    </span>
  );
}

function inOrder(fields: Field[]): Field[] {
  const place = (field: Field) => (ORDER.indexOf(field.name) + ORDER.length + 1) % (ORDER.length + 1);
  return [...fields].sort((a, b) => place(a) - place(b));
}

interface RecordFieldsProps {
  record: ArchiveRecord;
  chosen: Field | null;
  onChoose: (field: Field) => void;
}

export function RecordFields({ record, chosen, onChoose }: RecordFieldsProps) {
  return (
    <dl class="fields">
      {inOrder(record.fields).map((field) => {
        const onPaper = field.page !== null && (field.boxes?.length ?? 0) > 0;
        const printed = field.printed && field.printed !== field.value;
        return (
          <div key={`${field.name} ${field.value}`} class={field === chosen ? 'field-row field-chosen' : 'field-row'}>
            <dt>{fieldName(field.name)}</dt>
            <dd>
              <span class="field-value">
                <Value field={field} />
              </span>
              {printed && (
                <span class="small muted">
                  {t('field.printed')} <bdi>{field.printed}</bdi>
                </span>
              )}
              <span class="field-foot">
                <State field={field} />
                {onPaper && (
                  <button type="button" class="link small" aria-pressed={field === chosen} onClick={() => onChoose(field)}>
                    {t('field.show', { name: fieldName(field.name) })}
                  </button>
                )}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
