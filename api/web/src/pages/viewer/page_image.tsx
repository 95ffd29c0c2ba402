// The image of a page with its tools: zoom, rotate, and outlines of what was found or asked for.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ArchivePage, Box } from '../../api/types';
import { t } from '../../i18n';
import { showDigits } from '../../lib/digits';
import { Icon, type IconName } from '../../ui/icons';
import { openDeepZoom, type DeepZoom, type Outline } from './deep_zoom';

interface PageImageProps {
  page: ArchivePage;
  hits: Box[];
  current: Box | null; // the one of them that is looked at
  place: Box[]; // where a field or a citation stands
}

function ToolButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" class="button button-quiet button-icon" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

function around(boxes: Box[]): Box | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , width]) => x + width));
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}

export function PageImageView({ page, hits, current, place }: PageImageProps) {
  const element = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState<DeepZoom | null>(null);
  const label = t('viewer.image', { number: showDigits(String(page.number)) });

  useEffect(() => {
    let gone = false;
    let opened: DeepZoom | null = null;
    void openDeepZoom(element.current as HTMLElement, label).then((made) => {
      opened = made;
      if (gone) made.destroy();
      else setZoom(made);
    });
    return () => {
      gone = true;
      opened?.destroy();
    };
  }, []);

  const url = page.image_url ?? '';
  useEffect(() => {
    zoom?.show({ url, width: page.width, height: page.height });
  }, [zoom, url]);
  useEffect(() => {
    const kindOf = (box: Box): Outline['kind'] => (box.join() === current?.join() ? 'hit hit-current' : 'hit');
    zoom?.outline([
      ...hits.map((box): Outline => ({ box, kind: kindOf(box) })),
      ...place.map((box): Outline => ({ box, kind: 'place' })),
    ]);
  }, [zoom, url, hits, current, place]);
  useEffect(() => {
    const box = around(place);
    if (box) zoom?.lookAt(box);
  }, [zoom, url, place]);
  useEffect(() => {
    if (current) zoom?.lookAt(current);
  }, [zoom, url, current]);

  return (
    <div class="page-image">
      <div class="page-image-tools" role="toolbar" aria-label={t('viewer.tools')}>
        <ToolButton icon="zoomIn" label={t('viewer.zoomIn')} onClick={() => zoom?.zoom(1.5)} />
        <ToolButton icon="zoomOut" label={t('viewer.zoomOut')} onClick={() => zoom?.zoom(1 / 1.5)} />
        <ToolButton icon="fit" label={t('viewer.fit')} onClick={() => zoom?.fit()} />
        <ToolButton icon="rotate" label={t('viewer.rotate')} onClick={() => zoom?.rotate()} />
      </div>
      <div class="page-image-canvas" ref={element} dir="ltr" />
    </div>
  );
}
