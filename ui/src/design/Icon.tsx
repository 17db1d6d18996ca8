/** Line icons on a 20-unit grid, drawn for this application. Decorative: the control carries the name. */
const PATHS = {
  ask: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM13 13l4 4',
  conversations: 'M4 4h12v9H9.5L6 16v-3H4ZM7 7.5h6M7 10h4',
  library: 'M4 4v12M8 4v12M11.5 4.6l4 11.2M4 4h4M4 16h4',
  audit: 'M5 3h7l3 3v11H5ZM12 3v3h3M7.5 10h5M7.5 13.5h5',
  people:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.5 16.5c0-3 2-4.5 5-4.5s5 1.5 5 4.5M13 4a3 3 0 0 1 0 5.4M14.5 12.3c1.9.5 3 1.9 3 4.2',
  account: 'M10 9.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5ZM4 17c0-3.3 2.4-5 6-5s6 1.7 6 5',
  plus: 'M10 4v12M4 10h12',
  close: 'M5 5l10 10M15 5L5 15',
  send: 'M10 16V4M5 9l5-5 5 5',
  stop: 'M6 6h8v8H6Z',
  again: 'M15.5 8A6 6 0 1 0 16 11.5M16 4v4h-4',
  edit: 'M4 16l1-4 8-8 3 3-8 8-4 1ZM11.5 5.5l3 3',
  copy: 'M7 7h9v9H7ZM13 7V4H4v9h3',
  check: 'M4 10.5l4 4 8-9',
  up: 'M5 12l5-5 5 5',
  down: 'M5 8l5 5 5-5',
  open: 'M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7',
  download: 'M10 3v10M6 9.5l4 4 4-4M4 17h12',
  link: 'M8.5 11.5l3-3M9 6.5l2-2a3.2 3.2 0 0 1 4.5 4.5l-2 2M11 13.5l-2 2A3.2 3.2 0 0 1 4.5 11l2-2',
  file: 'M5 3h7l3 3v11H5ZM12 3v3h3',
  upload: 'M10 14V4M6 7.5l4-4 4 4M4 17h12',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.7 11h7.6L14.5 6M8.5 9v5M11.5 9v5',
  warn: 'M10 3.5L17.5 16.5h-15ZM10 8.5v3.5M10 14.2v.1',
  info: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM10 9v4.5M10 6.5v.1',
  receipt: 'M5 3h10v14l-2.5-1.5L10 17l-2.5-1.5L5 17ZM7.5 7h5M7.5 10.5h5',
  larger: 'M10 5v10M5 10h10',
  smaller: 'M5 10h10',
  filter: 'M3 5h14M6 10h8M8.5 15h3',
  waiting: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM10 6.5V10l2.5 1.5',
  back: 'M12 5l-5 5 5 5',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  leave: 'M8 4H4v12h4M8 10h9M14 7l3 3-3 3',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
