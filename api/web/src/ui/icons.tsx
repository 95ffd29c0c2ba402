// The page's few pictures: 24 by 24, drawn in the colour of the text, said by the words beside them.
const PATHS = {
  search: 'M10.5 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 20 20',
  menu: 'M4 7h16M4 12h16M4 17h16',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c5 5 5 13 0 18-5-5-5-13 0-18z',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20c1-4 4-6 7.500-6s6.500 2 7.500 6',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 13l4.500 4.500L19 7',
  zoomIn: 'M12 5v14M5 12h14',
  zoomOut: 'M5 12h14',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  rotate: 'M19 12a7 7 0 1 1-2-5M19 3v5h-5',
  forward: 'M9 5l7 7-7 7',
  back: 'M15 5l-7 7 7 7',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  print: 'M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  star: 'M12 4l2.500 5.200 5.500.800-4 4 1 5.700-5-2.700-5 2.700 1-5.700-4-4 5.500-.800z',
  text: 'M5 6h14M5 10h14M5 14h14M5 18h8',
  filter: 'M4 6h16l-6 7v6l-4-2v-4z',
} as const;

export type IconName = keyof typeof PATHS;

// `flips`: points along the line, so it turns with the page's direction.
export function Icon({ name, flips = false }: { name: IconName; flips?: boolean }) {
  return (
    <svg class={flips ? 'icon icon-flips' : 'icon'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
