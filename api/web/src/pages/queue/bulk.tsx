// What was read for certain, confirmed at once: counted first, asked, then record by record; and taken back in the same
// way.
import { useRef, useState } from 'preact/hooks';
import { ApiProblem, isConflict } from '../../api/client';
import { changeFields, listDoubts, takeBack, type Doubt, type DoubtKind } from '../../api/doubts';
import { t } from '../../i18n';
import { showNumber } from '../../lib/digits';
import { fieldName } from '../../lib/names';
import { Dialog } from '../../ui/dialog';
import { Failure } from '../../ui/states';

const LEAST = [90, 95, 98] as const;
const MOST_RECORDS = 1000; // at one time

type Papers = Map<string, Doubt[]>; // by their addresses

async function certainOnes(kind: DoubtKind, least: number, signal: () => boolean): Promise<Papers> {
  const papers: Papers = new Map();
  let cursor: string | null = null;
  do {
    const part = await listDoubts(kind, cursor, 100, least);
    for (const doubt of part.doubts) papers.set(doubt.url, [...(papers.get(doubt.url) ?? []), doubt]);
    cursor = part.next;
  } while (cursor !== null && papers.size < MOST_RECORDS && signal());
  return papers;
}

interface Report {
  confirmed: number;
  papers: number;
  left: number; // changed by somebody meanwhile
  made: { url: string; version: number }[];
}

async function confirmAll(papers: Papers, onStep: (done: number) => void): Promise<Report> {
  const report: Report = { confirmed: 0, papers: 0, left: 0, made: [] };
  let done = 0;
  for (const [url, doubts] of papers) {
    const edits = doubts.map((doubt) => ({ do: 'confirm', name: doubt.field ?? '', was: doubt.value }) as const);
    try {
      const { value } = await changeFields(url, doubts[0]?.version ?? 0, edits);
      report.made.push({ url, version: value.version });
      report.confirmed += doubts.length;
      report.papers += 1;
    } catch (error) {
      if (!(error instanceof ApiProblem) || (!isConflict(error) && error.status !== 404)) throw error;
      report.left += doubts.length;
    }
    onStep(++done);
  }
  return report;
}

function Counts({ papers }: { papers: Papers }) {
  const counts = new Map<string, number>();
  for (const doubt of [...papers.values()].flat()) counts.set(doubt.field ?? '', (counts.get(doubt.field ?? '') ?? 0) + 1);
  return (
    <ul>
      {[...counts].map(([name, count]) => (
        <li key={name}>
          {fieldName(name)}: {showNumber(count)}
        </li>
      ))}
    </ul>
  );
}

function countOf(papers: Papers): number {
  return [...papers.values()].reduce((sum, doubts) => sum + doubts.length, 0);
}

function BulkSteps({ kind }: { kind: DoubtKind }) {
  const [least, setLeast] = useState<number>(95);
  const [papers, setPapers] = useState<Papers | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [undone, setUndone] = useState<number | null>(null);
  const [step, setStep] = useState<number | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const current = useRef(0);

  const run = async (work: () => Promise<void>) => {
    setFailure(null);
    setStep(0);
    await work().catch(setFailure);
    setStep(null);
  };
  const count = () =>
    run(async () => {
      const mine = ++current.current;
      setPapers(await certainOnes(kind, least, () => current.current === mine));
    });
  const confirm = () => run(async () => setReport(await confirmAll(papers ?? new Map(), setStep)));
  const undo = () =>
    run(async () => {
      let back = 0;
      for (const { url, version } of report?.made ?? []) {
        const taken = await takeBack(url, version).then(() => true, (error: unknown) => {
          if (isConflict(error)) return false;
          throw error;
        });
        if (taken) setStep(++back);
      }
      setUndone(back);
    });
  const busy = step !== null;

  return (
    <>
      <p>{t('bulk.what')}</p>
      {!report && (
        <div class="field">
          <label for="bulk-least">{t('bulk.least')}</label>
          <select
            id="bulk-least"
            value={least}
            disabled={busy}
            onChange={(event) => {
              setLeast(Number(event.currentTarget.value));
              setPapers(null);
            }}
          >
            {LEAST.map((each) => (
              <option key={each} value={each}>
                {showNumber(each / 100, { style: 'percent' })}
              </option>
            ))}
          </select>
        </div>
      )}
      {!papers && (
        <button type="button" class="button button-main" disabled={busy} onClick={() => void count()}>
          {t('bulk.count')}
        </button>
      )}
      {papers && !report && (
        <>
          <p role="status">{t('bulk.found', { n: countOf(papers), papers: papers.size })}</p>
          <Counts papers={papers} />
          {papers.size > 0 && (
            <button type="button" class="button button-main" disabled={busy} onClick={() => void confirm()}>
              {t('bulk.confirm', { n: countOf(papers) })}
            </button>
          )}
        </>
      )}
      {busy && papers && <progress class="bulk-progress" max={papers.size} value={step} aria-label={t('bulk.progress')} />}
      {report && (
        <>
          <p role="status">{t('bulk.done', { n: report.confirmed, papers: report.papers })}</p>
          {report.left > 0 && <p>{t('bulk.left', { n: report.left })}</p>}
          {undone === null ? (
            report.made.length > 0 && (
              <button type="button" class="button" disabled={busy} onClick={() => void undo()}>
                {t('bulk.undo')}
              </button>
            )
          ) : (
            <p role="status">{t('bulk.undone', { n: undone })}</p>
          )}
        </>
      )}
      {failure !== null && <Failure error={failure} />}
    </>
  );
}

export function Bulk({ kind, onDone }: { kind: DoubtKind; onDone: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="button" onClick={() => setOpen(true)}>
        {t('bulk.open')}
      </button>
      {open && (
        <Dialog
          title={t('bulk.title')}
          onClose={() => {
            setOpen(false);
            onDone();
          }}
        >
          <BulkSteps kind={kind} />
        </Dialog>
      )}
    </>
  );
}
