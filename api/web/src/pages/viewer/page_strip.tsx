// All pages of the record in small, in the direction that the page is read in; those with hits are marked.
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { showDigits } from '../../lib/digits';

interface PageStripProps {
  id: string;
  count: number;
  number: number;
  to: (page: number) => string;
  hits: { page: number }[];
}

export function PageStrip({ id, count, number, to, hits }: PageStripProps) {
  const here = useRef<HTMLAnchorElement>(null);
  useEffect(() => here.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [number]);
  const marked = new Set(hits.map((hit) => hit.page));
  return (
    <nav class="strip" aria-label={t('pages.strip')}>
      <ol class="plain">
        {Array.from({ length: count }, (_, i) => i + 1).map((page) => (
          <li key={page}>
            <a
              ref={page === number ? here : null}
              href={to(page)}
              aria-current={page === number ? 'page' : undefined}
              aria-label={t(marked.has(page) ? 'pages.goWithHits' : 'pages.go', { number: showDigits(String(page)) })}
            >
              <img src={`/v1/records/${id}/pages/${page}/image?width=160`} alt="" loading="lazy" width="72" />
              <span class={marked.has(page) ? 'strip-number strip-hit' : 'strip-number'}>{showDigits(String(page))}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
