// How many numbers of each year are there, and how many are missing, as columns; the same as a table for who does not
// see them. Time runs as the page is read.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n';
import { showDigits, showNumber } from '../../lib/digits';
import { direction } from '../../lib/settings';

export interface YearCount {
  year: number;
  papers: number;
  missing: number;
}

const USUAL_WIDTH = 640;
const HEIGHT = 190;
const FOOT = 26; // for the years
const HEAD = 18; // for the greatest count
const MOST_YEARS = 40;

// As wide as there is room, so that its words keep their size on a phone.
function useWidth() {
  const room = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(USUAL_WIDTH);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(() => setWidth(room.current?.clientWidth || USUAL_WIDTH));
    if (room.current) watch.observe(room.current);
    return () => watch.disconnect();
  }, []);
  return { room, width };
}

function Columns({ years, title, wide }: { years: YearCount[]; title: string; wide: number }) {
  const tallest = Math.max(1, ...years.map(({ papers, missing }) => papers + missing));
  const step = wide / Math.max(years.length, 8);
  const every = Math.ceil(44 / step); // a year needs so many pixels
  const height = (count: number) => (count / tallest) * (HEIGHT - FOOT - HEAD);
  const start = (i: number) => (direction.value === 'rtl' ? wide - (i + 1) * step : i * step);
  return (
    <svg class="chart" width={wide} height={HEIGHT} role="img" aria-label={title}>
      {years.map(({ year, papers, missing }, i) => {
        const x = start(i) + step * 0.15;
        const width = step * 0.7;
        const ground = HEIGHT - FOOT;
        return (
          <g key={year}>
            <rect class="chart-there" x={x} width={width} y={ground - height(papers)} height={height(papers)} />
            {missing > 0 && (
              <rect class="chart-missing" x={x} width={width} y={ground - height(papers + missing)} height={height(missing)} />
            )}
            {missing > 0 && (
              <text class="chart-count" x={x + width / 2} y={ground - height(papers + missing) - 4}>
                {showNumber(missing)}
              </text>
            )}
            {i % every === 0 && (
              <text class="chart-year" x={x + width / 2} y={HEIGHT - 7}>
                {showDigits(String(year))}
              </text>
            )}
          </g>
        );
      })}
      <line class="chart-ground" x1="0" x2={wide} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
    </svg>
  );
}

export function YearChart({ years, title }: { years: YearCount[]; title: string }) {
  const { room, width } = useWidth();
  const shown = [...years].sort((a, b) => a.year - b.year).slice(-MOST_YEARS);
  return (
    <figure class="chart-figure">
      <figcaption>{title}</figcaption>
      <div class="chart-room" ref={room}>
        <Columns years={shown} title={title} wide={width} />
      </div>
      <p class="small chart-key">
        <span class="chart-key-there" /> {t('overview.there')} <span class="chart-key-missing" /> {t('overview.missing')}
      </p>
      <details>
        <summary>{t('overview.asTable')}</summary>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t('field.year')}</th>
              <th scope="col">{t('overview.there')}</th>
              <th scope="col">{t('overview.missing')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ year, papers, missing }) => (
              <tr key={year}>
                <th scope="row">{showDigits(String(year))}</th>
                <td>{showNumber(papers)}</td>
                <td>{showNumber(missing)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
