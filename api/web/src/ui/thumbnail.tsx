// A page in small, with boxes outlined on it.
import type { Box } from '../api/types';

interface ThumbnailProps {
  imageUrl: string;
  width: number; // of the page's image, in pixels
  height: number;
  boxes: Box[];
  alt: string;
  pixels?: number; // width of the picture that is fetched
}

export function Thumbnail({ imageUrl, width, height, boxes, alt, pixels = 240 }: ThumbnailProps) {
  const pad = width / 90; // so that an outline does not lie on the letters
  return (
    <svg class="thumbnail" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={alt}>
      <image href={`${imageUrl}?width=${pixels}`} width={width} height={height} preserveAspectRatio="none" />
      {boxes.map(([x, y, w, h]) => (
        <rect
          key={`${x} ${y}`}
          class="outline"
          x={x - pad}
          y={y - pad}
          width={w + 2 * pad}
          height={h + 2 * pad}
          rx={pad}
          vector-effect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
