// The page's image, close up: OpenSeadragon with tiles that the server cuts, and outlines over them.
import type OpenSeadragon from 'openseadragon';
import type { Box } from '../../api/types';

const TILE = 512;

export interface PageImage {
  url: string;
  width: number;
  height: number;
}

export interface Outline {
  box: Box;
  kind: 'hit' | 'hit hit-current' | 'place';
}

export interface DeepZoom {
  show(image: PageImage): void;
  outline(outlines: Outline[]): void;
  lookAt(box: Box): void;
  zoom(factor: number): void;
  fit(): void;
  rotate(): void;
  destroy(): void;
}

// Each level is half as wide as the next; the tiles of the last one have the image's own pixels.
function tilesOf(image: PageImage) {
  const maxLevel = Math.max(0, Math.ceil(Math.log2(Math.max(image.width, image.height) / TILE)));
  return {
    width: image.width,
    height: image.height,
    tileSize: TILE,
    minLevel: 0,
    maxLevel,
    getTileUrl: (level: number, x: number, y: number) => {
      const scale = 2 ** (maxLevel - level);
      const side = TILE * scale;
      const width = Math.min(side, image.width - x * side);
      const height = Math.min(side, image.height - y * side);
      const region = [x * side, y * side, width, height].join(',');
      return `${image.url}?region=${region}&width=${Math.max(1, Math.ceil(width / scale))}`;
    },
  };
}

// OpenSeadragon writes a style sheet into the page, which the policy forbids, unless it finds an element that says that it
// is there. This one is no HTML element, and has no style.
function keepStylesOut(): void {
  const name = 'data-openseadragon-mobile-css';
  if (document.querySelector(`style[${name}]`)) return;
  const there = document.createElementNS('urn:diwan', 'style');
  there.setAttribute(name, 'true');
  document.head.append(there);
}

export async function openDeepZoom(element: HTMLElement, label: string): Promise<DeepZoom> {
  keepStylesOut();
  const { default: Seadragon } = await import('openseadragon');
  const viewer: OpenSeadragon.Viewer = Seadragon({
    element,
    drawer: 'canvas',
    showNavigationControl: false,
    animationTime: 0.4,
    visibilityRatio: 0.5,
    maxZoomPixelRatio: 4,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    preserveImageSizeOnResize: true,
  } as OpenSeadragon.Options);
  viewer.canvas.setAttribute('role', 'img');
  viewer.canvas.setAttribute('aria-label', label);
  viewer.addHandler('canvas-key', (event) => {
    const pressed = (event.originalEvent as KeyboardEvent).key;
    if (pressed === 'f' || pressed === 'F') event.preventDefaultAction = true; // a page is never shown mirrored
  });

  let shown: PageImage | null = null;
  let wanted: Outline[] = [];
  let look: Box | null = null;

  const rectangle = ([x, y, width, height]: Box) => viewer.viewport.imageToViewportRectangle(x, y, width, height);

  const draw = () => {
    viewer.clearOverlays();
    if (!shown || viewer.world.getItemCount() === 0) return;
    const pad = Math.max(2, Math.round(shown.width / 400)); // so that the line does not lie on the letters
    for (const { box, kind } of wanted) {
      const outline = document.createElement('div');
      outline.className = `outline ${kind}`;
      outline.dataset['box'] = box.join(',');
      const [x, y, width, height] = box;
      viewer.addOverlay({ element: outline, location: rectangle([x - pad, y - pad, width + 2 * pad, height + 2 * pad]) });
    }
  };

  const goToBox = () => {
    if (!look || !shown || viewer.world.getItemCount() === 0) return;
    const [x, y, width, height] = look;
    look = null;
    const wide = Math.max(width * 3, shown.width * 0.5);
    const high = wide * 0.75;
    const around: Box = [
      Math.max(0, Math.min(shown.width - wide, x + width / 2 - wide / 2)),
      Math.max(0, Math.min(shown.height - high, y + height / 2 - high / 2)),
      wide,
      high,
    ];
    viewer.viewport.fitBounds(rectangle(around));
  };

  viewer.addHandler('open', () => {
    draw();
    goToBox();
  });

  return {
    show(image) {
      if (shown?.url === image.url) return;
      shown = image;
      wanted = [];
      viewer.open({ tileSource: tilesOf(image) } as unknown as OpenSeadragon.TileSourceSpecifier);
    },
    outline(outlines) {
      wanted = outlines;
      draw();
    },
    lookAt(box) {
      look = box;
      goToBox();
    },
    zoom(factor) {
      viewer.viewport.zoomBy(factor);
      viewer.viewport.applyConstraints();
    },
    fit: () => viewer.viewport.goHome(),
    rotate: () => viewer.viewport.setRotation((viewer.viewport.getRotation() + 90) % 360),
    destroy: () => viewer.destroy(),
  };
}
