// The part of a page's image around some boxes, with these outlined. Coordinates are those of paper, so nothing here
// turns with the page's direction.
import { useState } from 'preact/hooks';
import type { BoxOf } from '../api/doubts';
import './crop.css';

interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

// Wide enough to read the words beside it, never narrower than a line of print.
function regionAround(boxes: readonly BoxOf[]): Region {
  const x = Math.min(...boxes.map((box) => box[0]));
  const y = Math.min(...boxes.map((box) => box[1]));
  const right = Math.max(...boxes.map((box) => box[0] + box[2]));
  const bottom = Math.max(...boxes.map((box) => box[1] + box[3]));
  const tallest = Math.max(...boxes.map((box) => box[3]));
  const across = Math.max(tallest * 5, (right - x) * 0.6);
  const down = tallest * 1.2;
  const begin = Math.max(0, Math.floor(x - across));
  const top = Math.max(0, Math.floor(y - down));
  return { x: begin, y: top, width: Math.ceil(right + across) - begin, height: Math.ceil(bottom + down) - top };
}

export function Crop({ image, boxes, label }: { image: string; boxes: readonly BoxOf[]; label: string }) {
  const region = regionAround(boxes);
  const source = `${image}?region=${region.x},${region.y},${region.width},${region.height}`;
  const [shown, setShown] = useState<{ source: string; width: number; height: number } | null>(null);
  const [failed, setFailed] = useState('');
  const ready = shown?.source === source ? shown : null;
  if (failed === source) return null;
  return (
    <figure class="crop" dir="ltr">
      <span class="crop-sheet">
        <img
          key={source}
          src={source}
          alt={label}
          onLoad={({ currentTarget: part }) => setShown({ source, width: part.naturalWidth, height: part.naturalHeight })}
          onError={() => setFailed(source)}
        />
        {ready && (
          <svg viewBox={`0 0 ${ready.width} ${ready.height}`} aria-hidden="true" focusable="false">
            {boxes.map(([x, y, width, height]) => (
              <rect key={`${x},${y}`} x={x - region.x - 3} y={y - region.y - 3} width={width + 6} height={height + 6} rx="3" />
            ))}
          </svg>
        )}
      </span>
    </figure>
  );
}
