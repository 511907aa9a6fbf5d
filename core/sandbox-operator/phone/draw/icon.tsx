/** Line icons on a 24-unit grid, drawn for this page. */
const paths = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  keyboard: [
    'M4 6h16a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 20 18H4a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 4 6z',
    'M6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M8 14.2h8',
  ].join(''),
  grid: 'M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z',
  lines: 'M6 8h12M6 12h12M6 16h12',
  send: 'M12 19V5.5M6 11.5l6-6 6 6',
  reply: 'M9.5 6L4.5 11l5 5M5 11h8.5a6 6 0 0 1 6 6v1',
  open: [
    'M13.5 4.5h6v6M19.5 4.5L11 13',
    'M17 14v4.5a1.5 1.5 0 0 1-1.5 1.5h-10A1.5 1.5 0 0 1 4 18.5v-10A1.5 1.5 0 0 1 5.5 7H10',
  ].join(''),
  dial: [
    'M8.3 4.5l1.9 4.2-2.1 1.7a12 12 0 0 0 5.5 5.5l1.7-2.1 4.2 1.9v3.3a1.6 1.6 0 0 1-1.8 1.6C10.6 20.1 3.9',
    ' 13.4 3.4 6.3A1.6 1.6 0 0 1 5 4.5z',
  ].join(''),
  map: 'M12 21s7-6.1 7-11.3A7 7 0 0 0 5 9.7C5 14.9 12 21 12 21zM12 12.2a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z',
  calendar: [
    'M5.5 5.5h13A1.5 1.5 0 0 1 20 7v11.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5V7a1.5 1.5 0 0 1',
    ' 1.5-1.5zM4 10h16M8.5 3.5v4M15.5 3.5v4',
  ].join(''),
  compose: [
    'M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v8a1.5 1.5 0 0 1-1.5 1.5H11l-4.5 3.5V16h-1A1.5 1.5 0',
    ' 0 1 4 14.5zM8 9h8M8 12h5',
  ].join(''),
  device: 'M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3zM11 18h2',
  settings: 'M4 7h9M17 7h3M4 12h3M11 12h9M4 17h7M15 17h5M15 5v4M9 10v4M13 15v4',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2.5 12.5L7 17l9-9.5M11.5 16l1 1L22 7.5',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2',
  alert: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 8v5M12 16.2h.01',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5M12 7.9h.01',
  bank: 'M4 9.5L12 4.5l8 5zM5.5 10v7M9.8 10v7M14.2 10v7M18.5 10v7M3.5 20h17',
  shield: 'M12 3.5l7 2.5v5.5c0 4.3-2.9 7.6-7 9-4.1-1.4-7-4.7-7-9V6zM8.8 12l2.3 2.3 4.2-4.6',
  copy: [
    'M9 9h9.5A1.5 1.5 0 0 1 20 10.5v8a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 9 18.5z',
    'M15 9V5.5A1.5 1.5 0 0 0 13.5 4h-8A1.5 1.5 0 0 0 4 5.5v8A1.5 1.5 0 0 0 5.5 15H9',
  ].join(''),
  code: 'M8.5 7L3.5 12l5 5M15.5 7l5 5-5 5',
  sun: [
    'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4',
    'M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  ].join(''),
  moon: 'M20 14.2A8.3 8.3 0 0 1 9.8 4 8.3 8.3 0 1 0 20 14.2z',
  power: 'M12 3.5v8M7 6.2a7.5 7.5 0 1 0 10 0',
  picture: [
    'M5 4.5h14A1.5 1.5 0 0 1 20.5 6v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5z',
    'M3.5 16l4.8-4.5 4 3.8 3.2-2.8 5 4.2M15.5 9.2h.01',
  ].join(''),
}

export type IconName = keyof typeof paths

interface IconProps {
  readonly name: IconName
  /** Edge length in pixels; default 20. */
  readonly size?: number
}

/** Decoration only: whatever carries it has a name of its own. */
export function Icon({ name, size = 20 }: IconProps) {
  const weight = name === 'more' ? 2.6 : 1.8
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} stroke-width={weight} />
    </svg>
  )
}

const sealEdge = [
  'M12 1.8l2.7 2.1 3.4-.2 1 3.3 2.8 1.9-1.2 3.2 1.2 3.2-2.8 1.9-1 3.3-3.4-.2L12 22.4',
  'l-2.7-2.1-3.4.2-1-3.3-2.8-1.9 1.2-3.2-1.2-3.2 2.8-1.9 1-3.3 3.4.2z',
].join('')

/** The mark beside the name of a chatbot whose provider the operator has checked. */
export function VerifiedMark({ label, size = 16 }: { readonly label: string; readonly size?: number }) {
  return (
    <svg class="verified" width={size} height={size} viewBox="0 0 24 24" role="img" aria-label={label}>
      <path d={sealEdge} />
      <path class="verified-check" d="M7.8 12.3l2.9 2.9 5.6-6" />
    </svg>
  )
}
