// How the archive stands: how much there is, how much of it is found, what waits for somebody, what is missing.
import { get } from '../../api/client';
import { may, seesAll } from '../../api/session';
import { t } from '../../i18n';
import { showNumber } from '../../lib/digits';
import { fieldName } from '../../lib/names';
import { useAsked } from '../../lib/use_asked';
import { AuditList, type AuditNote } from '../../ui/audit_list';
import { Failure, Loading } from '../../ui/states';
import { YearChart, type YearCount } from './chart';
import '../../ui/account_of_delivery.css';
import './overview.css';

interface Stats {
  records: number;
  pages: number;
  pages_without_text: number;
  pages_searchable: number;
  files_waiting: number;
}

interface Gaps {
  series: { total: number; items: { year: string | null; papers: number; missing: number }[] };
  missing: { numbers: number };
  doubled: { total: number };
  proposed_fields: { name: string; proposed: number; unsure: number }[];
  without_date: { total: number };
  without_number: { total: number };
}

const FIRST_GREGORIAN = 1700; // smaller years are Hijri ones, of the moon or the sun

function yearsOf(gaps: Gaps, wanted: (year: number) => boolean): YearCount[] {
  const years = new Map<number, YearCount>();
  for (const { year: printed, papers, missing } of gaps.series.items) {
    const year = Number(printed);
    if (!printed || !Number.isInteger(year) || !wanted(year)) continue;
    const before = years.get(year) ?? { year, papers: 0, missing: 0 };
    years.set(year, { year, papers: before.papers + papers, missing: before.missing + missing });
  }
  return [...years.values()];
}

function Figures({ stats }: { stats: Stats }) {
  const share = stats.pages === 0 ? 1 : Math.min(1, stats.pages_searchable / stats.pages);
  const rows: [string, string][] = [
    [t('overview.records'), showNumber(stats.records)],
    [t('overview.pages'), showNumber(stats.pages)],
    [t('overview.searchable'), showNumber(share, { style: 'percent', maximumFractionDigits: 1 })],
    [t('overview.withoutText'), showNumber(stats.pages_without_text)],
    [t('overview.filesWaiting'), showNumber(stats.files_waiting)],
  ];
  return (
    <dl class="figures">
      {rows.map(([label, value]) => (
        <div class="figure" key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function QueueLength({ gaps }: { gaps: Gaps }) {
  const total = gaps.proposed_fields.reduce((sum, { proposed }) => sum + proposed, 0);
  const unsure = gaps.proposed_fields.reduce((sum, each) => sum + each.unsure, 0);
  return (
    <section class="card">
      <h2>{t('overview.queue')}</h2>
      <p>
        {t('overview.proposed', { n: total })} {t('overview.unsure', { n: unsure })}
      </p>
      <ul class="plain overview-fields">
        {gaps.proposed_fields.map(({ name, proposed }) => (
          <li key={name}>
            {fieldName(name)} <span class="badge badge-plain">{showNumber(proposed)}</span>
          </li>
        ))}
      </ul>
      {may('edit') && total > 0 && (
        <a class="button" href="/queue">
          {t('overview.toQueue')}
        </a>
      )}
    </section>
  );
}

function Missing({ gaps }: { gaps: Gaps }) {
  const hijri = yearsOf(gaps, (year) => year < FIRST_GREGORIAN);
  const gregorian = yearsOf(gaps, (year) => year >= FIRST_GREGORIAN);
  return (
    <section class="card">
      <h2>{t('overview.gaps')}</h2>
      <p>
        {t('overview.numbersMissing', { n: gaps.missing.numbers })} {t('overview.doubled', { n: gaps.doubled.total })}{' '}
        {t('overview.withoutNumber', { n: gaps.without_number.total })} {t('overview.withoutDate', { n: gaps.without_date.total })}
      </p>
      {gregorian.length > 0 && <YearChart years={gregorian} title={t('overview.years.gregorian')} />}
      {hijri.length > 0 && <YearChart years={hijri} title={t('overview.years.hijri')} />}
    </section>
  );
}

function Activity() {
  const { value, failure } = useAsked('audit', (signal) => get<{ entries: AuditNote[] }>('/v1/audit', { limit: 10 }, signal));
  if (failure !== null) return <Failure error={failure} />;
  return (
    <section class="card">
      <h2>{t('overview.activity')}</h2>
      {value ? <AuditList notes={[...value.entries].reverse()} /> : <Loading />}
      <p>
        <a href="/audit">{t('nav.audit')}</a>
      </p>
    </section>
  );
}

export default function OverviewPage() {
  const stats = useAsked('stats', (signal) => get<Stats>('/v1/stats', {}, signal));
  const gaps = useAsked('gaps', (signal) => get<Gaps>('/v1/reports/gaps', { limit: 1000 }, signal));
  const failure = stats.failure ?? gaps.failure;
  if (failure !== null) return <Failure error={failure} onRetry={() => (stats.again(), gaps.again())} />;
  return (
    <>
      <h1>{t('nav.overview')}</h1>
      {stats.value ? <Figures stats={stats.value} /> : <Loading />}
      <div class="overview">
        {gaps.value && <QueueLength gaps={gaps.value} />}
        {gaps.value && <Missing gaps={gaps.value} />}
        {may('administer') && seesAll() && <Activity />}
      </div>
    </>
  );
}
