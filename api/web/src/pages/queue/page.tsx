// What was read with doubt, one after the other, worked with the keyboard alone: Enter says that the value in the box is
// right, whether it was proposed or typed.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Doubt, DoubtKind } from '../../api/doubts';
import { t } from '../../i18n';
import { dayOf } from '../../lib/dates';
import { showDigits, showNumber } from '../../lib/digits';
import { fieldName, valueName } from '../../lib/names';
import { address, place, recordAddress } from '../../lib/router';
import { Crop } from '../../ui/crop';
import { Alternatives, ReadingBox } from '../../ui/reading';
import { Day, FileName, Piece, PaperNumber } from '../../ui/text';
import { Empty, Failure, Loading } from '../../ui/states';
import { Bulk } from './bulk';
import { QueueWork } from './queue_work';
import './queue.css';

const KINDS: readonly DoubtKind[] = ['numbers', 'fields', 'words'];

function Tabs({ kind }: { kind: DoubtKind }) {
  return (
    <nav class="queue-tabs" aria-label={t('queue.kinds')}>
      {KINDS.map((each) => (
        <a key={each} href={address('/queue', { kind: each })} aria-current={each === kind ? 'page' : undefined}>
          {t(`queue.kind.${each}`)}
        </a>
      ))}
    </nav>
  );
}

function Said({ work }: { work: QueueWork }) {
  const said = work.notice.value;
  return (
    <p class="queue-said" role="status">
      {said && t(`queue.said.${said.kind}`, { what: said.doubt.field ? fieldName(said.doubt.field) : t('queue.word'), value: showDigits(said.value) })}
    </p>
  );
}

function Where({ doubt }: { doubt: Doubt }) {
  return (
    <p class="queue-where">
      <a href={recordAddress(doubt.record, doubt.page ?? 1)}>
        {doubt.title ? <Piece>{doubt.title}</Piece> : <FileName name={doubt.file_name ?? doubt.external_id ?? doubt.record} />}
      </a>
      {doubt.number && doubt.field !== 'number' && (
        <>
          {t('app.between')}
          <PaperNumber value={doubt.number} />
        </>
      )}
      {doubt.page !== null && t('app.between') + t('queue.page', { n: doubt.page })}
    </p>
  );
}

// The passage with the value in it marked, where it stands there as it was printed.
function Passage({ doubt }: { doubt: Doubt }) {
  const text = doubt.passage;
  const printed = doubt.printed ?? doubt.value;
  if (!text) return null;
  const at = text.indexOf(printed);
  return (
    <blockquote class="queue-passage" dir="auto">
      {at < 0 ? text : (
        <>
          {text.slice(0, at)}
          <mark>{printed}</mark>
          {text.slice(at + printed.length)}
        </>
      )}
    </blockquote>
  );
}

function Meaning({ doubt }: { doubt: Doubt }) {
  if (doubt.field === 'type' || doubt.field === 'language') return <bdi>{valueName(doubt.field, doubt.value)}</bdi>;
  return dayOf(doubt.value) ? <Day normal={doubt.value} /> : <PaperNumber value={doubt.value} />;
}

function NormalForm({ doubt }: { doubt: Doubt }) {
  const coded = doubt.field === 'type' || doubt.field === 'language';
  if (doubt.field === null || (!coded && (doubt.printed === null || doubt.printed === doubt.value))) return null;
  return (
    <p class="queue-normal muted" id="queue-normal">
      {t('queue.means')} <Meaning doubt={doubt} />
    </p>
  );
}

// Each doubt has a box of its own, so that nothing typed for one is taken for the next.
function keyOf({ url, field, word, value }: Doubt): string {
  return `${url} ${field ?? word} ${value}`;
}

interface DeskProps {
  work: QueueWork;
  doubt: Doubt;
}

function Desk({ work, doubt }: DeskProps) {
  const proposed = doubt.printed ?? doubt.value;
  const [text, setText] = useState(proposed);
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (matchMedia('(hover: hover)').matches) input.current?.focus({ preventScroll: true });
  }, []);

  const onKey = (event: KeyboardEvent) => {
    const choice = event.altKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined;
    const alternative = choice === undefined ? undefined : doubt.alternatives[Number(choice) - 1];
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') work.go(1);
    else if (event.key === 'ArrowUp') work.go(-1);
    else if (event.altKey && event.key === 'Delete') void work.remove(doubt);
    else if ((event.ctrlKey || event.metaKey) && event.code === 'KeyZ' && text === proposed) void work.undo();
    else if (alternative !== undefined) setText(alternative);
    else return;
    event.preventDefault();
  };
  const label = doubt.field === null ? t('queue.word') : fieldName(doubt.field);

  return (
    <form
      class="card queue-desk"
      onKeyDown={onKey}
      onSubmit={(event) => {
        event.preventDefault();
        void work.decide(doubt, text);
      }}
    >
      <Where doubt={doubt} />
      {doubt.image_url && <Crop image={doubt.image_url} boxes={doubt.boxes} label={t('queue.crop', { what: label })} />}
      <Passage doubt={doubt} />
      <div class="field">
        <label for="queue-value">
          {label} <span class="badge badge-warn">{t('queue.sure', { percent: showNumber(doubt.confidence / 100, { style: 'percent' }) })}</span>
        </label>
        <ReadingBox id="queue-value" inputRef={input} value={text} onType={setText} describedBy="queue-normal" />
        <NormalForm doubt={doubt} />
      </div>
      <Alternatives class="queue-alternatives" values={doubt.alternatives.slice(0, 9)} onTake={setText} />
      <div class="queue-buttons">
        <button type="submit" class="button button-main" disabled={work.busy.value}>
          {t(text.trim() === proposed ? 'queue.confirm' : 'queue.change')}
        </button>
        <button type="button" class="button" onClick={() => work.go(1)}>
          {t('queue.skip')}
        </button>
        <button type="button" class="button" disabled={work.at.value === 0} onClick={() => work.go(-1)}>
          {t('queue.previous')}
        </button>
        {doubt.field !== null && (
          <button type="button" class="button" onClick={() => void work.remove(doubt)}>
            {t('queue.remove')}
          </button>
        )}
      </div>
    </form>
  );
}

function Keys() {
  const rows = ['enter', 'down', 'up', 'undo', 'alternative', 'delete'] as const;
  return (
    <details class="queue-keys">
      <summary>{t('queue.keys')}</summary>
      <dl>
        {rows.map((row) => (
          <div key={row}>
            <dt>
              <kbd dir="ltr">{{ enter: 'Enter', down: '↓', up: '↑', undo: 'Ctrl+Z', alternative: 'Alt+1…9', delete: 'Alt+Delete' }[row]}</kbd>
            </dt>
            <dd>{t(`queue.key.${row}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function End({ work }: { work: QueueWork }) {
  const skipped = work.items.value.length;
  return (
    <Empty title={t(skipped > 0 ? 'queue.end' : 'queue.empty')}>
      {skipped > 0 && <p>{t('queue.skipped', { n: skipped })}</p>}
      {skipped > 0 && (
        <button type="button" class="button" onClick={() => work.again()}>
          {t('queue.again')}
        </button>
      )}
    </Empty>
  );
}

export default function QueuePage() {
  const asked = place.value.query.get('kind');
  const kind = KINDS.find((each) => each === asked) ?? 'numbers';
  const work = useMemo(() => new QueueWork(kind), [kind]);
  useEffect(() => void work.load(), [work]);
  const doubt = work.current;
  const made = work.decided.value.length;

  return (
    <>
      <h1>{t('nav.queue')}</h1>
      <Tabs kind={kind} />
      <div class="queue-bar">
        <span class="muted">{t('queue.decided', { n: made })}</span>
        <button type="button" class="button" disabled={made === 0 || work.busy.value} onClick={() => void work.undo()}>
          {t('queue.undo')}
        </button>
        {kind !== 'words' && <Bulk kind={kind} onDone={() => work.again()} />}
      </div>
      <Said work={work} />
      {work.failure.value !== null && <Failure error={work.failure.value} {...(doubt ? {} : { onRetry: () => void work.load() })} />}
      {doubt ? <Desk key={keyOf(doubt)} work={work} doubt={doubt} /> : work.loading.value ? <Loading /> : work.failure.value === null && <End work={work} />}
      <Keys />
    </>
  );
}
