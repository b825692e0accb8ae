/** Lodge's own icons: strokes on a grid of 16, in the colour of the text they stand beside. */

/** The path of each icon. A table, so that a name that is not here does not compile. */
const PATHS = {
  alert: 'M8 2.2 14.3 13.3H1.7ZM8 6.4v3.2M8 11.4v.2',
  arrowLeft: 'M13 8H3M7 4 3 8l4 4',
  arrowRight: 'M3 8h10M9 4l4 4-4 4',
  check: 'm3 8.5 3.3 3.2L13 4.8',
  chevronDown: 'm4 6 4 4 4-4',
  chevronRight: 'm6 4 4 4-4 4',
  clock: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2ZM8 4.8v3.4l2.3 1.4',
  close: 'm4 4 8 8M12 4l-8 8',
  column: 'M8 7a1 1 0 1 1 0 2 1 1 0 0 1 0-2Z',
  command: 'm3.5 4.5 3 3.5-3 3.5M8.5 11.5h4',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  database:
    'M13 3.8c0 1-2.2 1.8-5 1.8s-5-.8-5-1.8S5.2 2 8 2s5 .8 5 1.8ZM3 3.8v8.4c0 1 2.2 1.8 5 1.8s5-.8 5-1.8V3.8M3 8c0 1 2.2 1.8 5 1.8s5-.8 5-1.8',
  details: 'M2 3h12v10H2ZM10 3v10',
  document:
    'M6 2.5c-2 0-1.5 2-1.5 3S4 8 2.8 8c1.2 0 1.7 1.4 1.7 2.5s-.5 3 1.5 3M10 2.5c2 0 1.5 2 1.5 3s.5 2.5 1.7 2.5c-1.2 0-1.7 1.4-1.7 2.5s.5 3-1.5 3',
  eye: 'M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8ZM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Z',
  eyeOff:
    'M6.3 4.1c.5-.2 1.1-.3 1.7-.3C12 3.8 14.5 8 14.5 8a11 11 0 0 1-1.9 2.3M10 11.9c-.6.2-1.3.3-2 .3C4 12.2 1.5 8 1.5 8a11 11 0 0 1 2.4-2.8M2.5 2.5l11 11',
  filter: 'M2.5 4h11M4.5 8h7M6.5 12h3',
  function: 'M11.5 3.2c-.8-.8-2.5-.6-2.8 1.3L7.3 11.5c-.3 1.9-2 2.1-2.8 1.3M5.5 7h5',
  history: 'M3 8a5 5 0 1 0 1.5-3.6M3 2.2v2.6h2.6M8 5v3.2l2.2 1.3',
  key: 'M6 7.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4ZM8 8.1 13.5 2.6M11.3 4.8l1.9 1.9',
  lock: 'M3.5 7.2h9v6.3h-9ZM5.5 7.2V5a2.5 2.5 0 0 1 5 0v2.2',
  moon: 'M13 9.7A5.5 5.5 0 0 1 6.3 3 5.5 5.5 0 1 0 13 9.7Z',
  play: 'M4.5 3v10l8-5Z',
  plug: 'M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9v2a4.5 4.5 0 0 1-9 0ZM8 12v2.5',
  plus: 'M8 3v10M3 8h10',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.2v2.6h-2.6',
  save: 'M2.5 2.5h8.5l2.5 2.5v8.5h-11ZM5 2.5v3.8h5V2.5M5 13.5V9.6h6v3.9',
  schema: 'M2.5 4.5v8h11v-7H8L6.5 3h-4Z',
  script: 'M4 2.5h6l2.5 2.5v8.5H4ZM10 2.5V5h2.5M6 7.5l1.8 1.6L6 10.7M8.6 11h2',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM10.3 10.3l3.2 3.2',
  sequence: 'M3.5 3.5v9M3.5 3.5 2 4.6M7 5h6.5M7 8h6.5M7 11h6.5',
  // How a database is reached: over the internet, through a connector in its network, or not at all.
  globe:
    'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2ZM2.2 8h11.6M8 2.2c-2 1.6-2.6 3.6-2.6 5.8s.6 4.2 2.6 5.8M8 2.2c2 1.6 2.6 3.6 2.6 5.8s-.6 4.2-2.6 5.8',
  connector: 'M2 6.2h4.2v3.6H2ZM9.8 3h4.2v3.6H9.8ZM9.8 9.4h4.2V13H9.8ZM6.2 8h1.8M8 4.8v6.4M8 4.8h1.8M8 11.2h1.8',
  unreachable: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2ZM4 12 12 4',
  external: 'M6.5 3.5h-3v9h9v-3M9 2.5h4.5V7M13.2 2.8 7.5 8.5',
  endpoint: 'M2.5 8h7M6.8 5l3 3-3 3M12.5 3.5v9',
  account: 'M2 13.5h12M3.5 13.5v-9L8 2.2l4.5 2.3v9M6.2 7h.1M9.8 7h.1M6.2 10h.1M9.8 10h.1',
  share:
    'M11.5 2.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6ZM4.5 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6ZM11.5 10.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6ZM6.1 7.1l3.8-2.2M6.1 8.9l3.8 2.2',
  parameters: 'M4.2 5.2h.1M4.2 10.8h.1M7.5 4h6M7.5 8h6M7.5 12h4M2.5 8h2',
  sidebar: 'M2 3h12v10H2ZM6 3v10',
  signOut: 'M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3',
  sun: 'M8 5.3a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4ZM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  system: 'M2 3h12v8H2ZM6 13.5h4',
  table: 'M2 3h12v10H2ZM2 6.3h12M6.3 6.3V13',
  tab: 'M2 4.5h12v8H2ZM2 4.5V3h5v1.5',
  type: 'M3 4V3h10v1M8 3v10M6 13h4',
  user: 'M8 2.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4ZM3 13.5c.6-2.6 2.5-4 5-4s4.4 1.4 5 4',
  view: 'M2 3h12v10H2ZM2 6.3h12M5 9.7s1-1.4 3-1.4 3 1.4 3 1.4-1 1.4-3 1.4-3-1.4-3-1.4Z',
  chevronUp: 'm4 10 4-4 4 4',
  download: 'M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.5 13.5h11',
  format: 'M2.5 3.5h11M5.5 6.5h8M5.5 9.5h5M2.5 12.5h11',
  more: 'M3.2 8h.1M8 8h.1M12.8 8h.1',
  playAll: 'M2.5 3.5v9L8 8ZM8.5 3.5v9L14 8Z',
  sliders:
    'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2ZM6 9.4a1.6 1.6 0 1 1 0 3.2 1.6 1.6 0 0 1 0-3.2Z',
  sortDown: 'M8 3v10M4.5 9.5 8 13l3.5-3.5',
  sortUp: 'M8 13V3M4.5 6.5 8 3l3.5 3.5',
  stop: 'M4 4h8v8H4Z',
  wrap: 'M2.5 3.5h11M2.5 8h9a2 2 0 0 1 0 4H8.5M10 10.3 8.3 12 10 13.7M2.5 12.5h3',
} as const;

export type IconName = keyof typeof PATHS;

/** Decorative: what an icon means is said by text or by the label of its button. */
export function Icon({
  name,
  size = 16,
  className,
}: {
  name: IconName;
  size?: number;
  className?: string | undefined;
}) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
