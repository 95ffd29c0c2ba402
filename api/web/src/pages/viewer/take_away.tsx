// What a reader takes away: a citation to paste, files, a print.
import { useRef, useState } from 'preact/hooks';
import type { ArchivePage, ArchiveRecord } from '../../api/types';
import { t } from '../../i18n';
import { showDay } from '../../lib/dates';
import { typeName } from '../../lib/paper';
import { Icon } from '../../ui/icons';
import { Menu } from '../../ui/menu';

function sentenceOf(record: ArchiveRecord): string {
  const day = record.date?.printed ?? showDay(record.date?.normal);
  const parts = [
    [typeName(record.type), record.number && `\u2066${record.number}\u2069`].filter(Boolean).join(' '),
    record.title,
    record.body,
    day,
  ];
  const told = parts.filter(Boolean).join('، ') || (record.source?.file_name ?? record.id);
  return `${told}\n${location.origin}/records/${record.id}`;
}

export function CopyCitation({ record }: { record: ArchiveRecord }) {
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const text = sentenceOf(record);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      box.current?.select(); // no clipboard without TLS: then the keyboard copies what is selected
    }
    setCopied(true);
  };
  return (
    <div class="copy-citation">
      <textarea ref={box} readOnly rows={3} dir="auto" aria-label={t('take.citation')} value={text} />
      <button type="button" class="button" onClick={() => void copy()}>
        <Icon name="copy" /> <span role="status">{t(copied ? 'take.copied' : 'take.copy')}</span>
      </button>
    </div>
  );
}

export function Downloads({ record, page }: { record: ArchiveRecord; page: ArchivePage | null }) {
  const address = `/v1/records/${record.id}`;
  const name = record.source?.file_name ?? record.id;
  const plain = name.replace(/\.[^.]{1,5}$/, '');
  const files: [string, string, string][] = [
    ...(page?.image_url
      ? ([
          [t('take.pdf'), `${address}?format=pdf`, `${plain}.pdf`],
          [t('take.pagePdf'), `${address}/pages/${page.number}?format=pdf`, `${plain}-${page.number}.pdf`],
        ] as [string, string, string][])
      : []),
    ...(record.source ? [[t('take.source'), record.source.url, name] as [string, string, string]] : []),
    ...(page?.image_url ? [[t('take.image'), page.image_url, `${plain}-${page.number}`] as [string, string, string]] : []),
    [t('take.text'), `${address}?format=text`, `${name}.txt`],
    [t('take.alto'), `${address}?format=alto`, `${name}.alto.xml`],
    [t('take.hocr'), `${address}?format=hocr`, `${name}.hocr.html`],
  ];
  return (
    <Menu label={t('take.download')} icon={<Icon name="download" />} className="menu-end">
      {(close) => (
        <ul class="plain">
          {files.map(([label, url, file]) => (
            <li key={url}>
              <a class="menu-item" href={url} download={file} onClick={close}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Menu>
  );
}
