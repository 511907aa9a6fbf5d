export interface TurnReport {
  readonly n: number
  /** What was done, as a line. */
  readonly act: string
  readonly seen: readonly { readonly speaker: string; readonly text: string; readonly buttons: readonly string[] }[]
  /** Empty when everything was as written. */
  readonly problems: readonly string[]
  readonly tookMs: number
}

/** How a story went: its turns up to the first that did not go as written, and what did not hold at the end. */
export interface StoryReport {
  readonly id: string
  readonly title: string
  readonly passed: boolean
  readonly tookMs: number
  readonly turns: readonly TurnReport[]
  readonly final: readonly string[]
}

const widest = 120

/** A turn in lines: what was done, what was heard, what was wrong. */
export function renderTurn({ n, act, seen, problems, tookMs }: TurnReport): string[] {
  const mark = problems.length === 0 ? 'ok    ' : 'FAILED'
  return [
    `${mark} ${String(n).padStart(2)} ${act}  (${Math.round(tookMs)} ms)`,
    ...seen.map(({ speaker, text, buttons }) => {
      const line = [clip(text), ...buttons.map((label) => `[${label}]`)].join(' ')
      return `          ${speaker.padEnd(8)} ${line}`
    }),
    ...problems.map((problem) => `       ! ${problem}`),
  ]
}

/** The end of a story in lines. */
export function renderEnd({ passed, turns, final, tookMs }: StoryReport): string[] {
  const seconds = `${Math.round(tookMs / 100) / 10} s`
  const count = `${turns.length} turn${turns.length === 1 ? '' : 's'}`
  return [
    ...final.map((problem) => `       ! at the end: ${problem}`),
    passed ? `Passed: ${count} in ${seconds}.` : `Failed after ${count}, ${seconds}.`,
  ]
}

function clip(text: string): string {
  const letters = [...text]
  return letters.length <= widest ? text : `${letters.slice(0, widest - 1).join('')}…`
}
