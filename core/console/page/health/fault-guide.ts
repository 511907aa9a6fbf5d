/** The operators' guide as it stands in `core/FAULTS.md`; put in when the pages are built. */
declare const operatorsGuide: string

export interface FaultGuide {
  readonly meaning: string
  readonly remedy: string
}

/** The operators' guide by fault code: its table has a row for every one. */
export function readFaultGuide(): ReadonlyMap<string, FaultGuide> {
  const rows = operatorsGuide.matchAll(/^\| `([a-z0-9_.]+)`\s*\|([^|]+)\|([^|]+)\|$/gm)
  return new Map(
    [...rows].map(([, code = '', meaning = '', remedy = '']) => {
      return [code, { meaning: plain(meaning), remedy: plain(remedy) }]
    }),
  )
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').trim()
}
