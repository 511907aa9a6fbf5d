import guide from '../../../FAULTS.md?raw'

export interface FaultGuide {
  readonly meaning: string
  readonly remedy: string
}

/** The operators' guide by fault code: its table has a row for every one. */
export function readFaultGuide(): ReadonlyMap<string, FaultGuide> {
  const rows = guide.matchAll(/^\| `([a-z0-9_.]+)`\s*\|([^|]+)\|([^|]+)\|$/gm)
  return new Map(
    [...rows].map(([, code = '', meaning = '', remedy = '']) => [
      code,
      { meaning: plain(meaning), remedy: plain(remedy) },
    ]),
  )
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').trim()
}
