import { existsSync, readFileSync } from 'node:fs'

export interface Phase {
  readonly name: string
  readonly tookMs: number
  readonly result: string
}

/** A suite that did not run, as `test/kit/requirements.ts` notes it. */
export interface Skipped {
  readonly suite: string
  readonly need: string
  readonly optional: boolean
  readonly reason: string
}

export interface Summary {
  readonly phases: readonly Phase[]
  readonly said: readonly string[]
  readonly seed: number
  readonly skipped: readonly Skipped[]
}

export function readSkipped(path: string): Skipped[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line)).filter(isSkipped)
}

function isSkipped(value: unknown): value is Skipped {
  return typeof value === 'object' && value !== null && 'suite' in value && 'reason' in value
}

export function renderSummary({ phases, said, seed, skipped }: Summary): string {
  const lines = [
    ...phases.map(({ name, tookMs, result }) => row(name, `${renderSeconds(tookMs).padStart(8)}  ${result}`)),
    ...said.map((text, index) => row(index === 0 ? 'with' : '', text)),
    row('seed', `${seed}  (again: INTHREAD_TEST_SEED=${seed} npm test)`),
    ...renderSkipped(skipped),
  ]
  return `\n${lines.join('\n')}\n`
}

function renderSkipped(skipped: readonly Skipped[]): string[] {
  if (skipped.length === 0) return [row('skipped', 'no suite')]
  const byReason = Map.groupBy(skipped, ({ reason }) => reason)
  return [...byReason].flatMap(([reason, suites]) => [
    row('skipped', `${suites.length} ${suites.length === 1 ? 'suite' : 'suites'}, ${reason}`),
    ...suites.map(({ suite }) => row('', `  ${suite}`)),
  ])
}

const row = (name: string, text: string): string => ` ${name.padEnd(12)} ${text}`

function renderSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`
}
