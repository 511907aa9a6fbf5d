import type { Said } from '../../fault/saying.ts'
import type { Manifest } from '../manifest-schema.ts'

/**
 * What has to happen before an installation gets the new version. `silent`: nothing. `notify`: the tenant is told.
 * `consent`: the tenant agrees again. `review`: the bank looks at it again. `refused`: it cannot be.
 */
export const verdicts = ['silent', 'notify', 'consent', 'review', 'refused'] as const
export type Verdict = (typeof verdicts)[number]

/** One difference between two versions, the verdict that it alone would bring, and why. */
export interface Difference {
  readonly path: string
  readonly verdict: Verdict
  readonly reason: Said
}

export interface Versions {
  readonly before: Manifest
  readonly after: Manifest
  /** Flows and revisions that still have open runs; undefined when nobody counted them. */
  readonly openRuns: readonly OpenRuns[] | undefined
}

export interface OpenRuns {
  readonly flow: string
  readonly revision: number
  readonly runs: number
}

/** Whether two parts of manifests say the same, in whatever order their names stand. */
export function isSame(left: unknown, right: unknown): boolean {
  return writeSorted(left) === writeSorted(right)
}

function writeSorted(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1)))
        : item,
    ) ?? ''
  )
}

export interface Named<T> {
  readonly name: string
  readonly before: T | undefined
  readonly after: T | undefined
}

/** The members of two tables side by side, those that changed. */
export function pairChanged<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): Named<T>[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const get = (table: Readonly<Record<string, T>>, name: string): T | undefined =>
    Object.hasOwn(table, name) ? table[name] : undefined
  return names
    .map((name) => ({ name, before: get(before, name), after: get(after, name) }))
    .filter((pair) => !isSame(pair.before, pair.after))
}
