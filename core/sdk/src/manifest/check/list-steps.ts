import type { ManifestRoute, ManifestStep } from '../manifest-schema.ts'

export interface Target {
  readonly to: string
  /** The outcome that leads there; empty where there is but one way. */
  readonly by: string
}

/** Where a step may lead, and by which outcome. */
export function listTargets(step: ManifestStep): readonly Target[] {
  switch (step.kind) {
    case 'ask':
      return [
        { to: targetOf(step.next), by: 'answer' },
        { to: step.timeout.to, by: 'time-out' },
        ...(step.giveUp === undefined ? [] : [{ to: step.giveUp, by: 'no answer it can read' }]),
      ]
    case 'branch':
      return [...step.when.map((to, index) => ({ to, by: `case ${index + 1}` })), { to: step.otherwise, by: 'else' }]
    case 'end':
      return []
    default:
      if ('next' in step) return [{ to: step.next, by: '' }]
      return Object.entries(step.on).map(([by, route]: [string, ManifestRoute]) => ({ to: targetOf(route), by }))
  }
}

export function targetOf(route: ManifestRoute): string {
  return typeof route === 'string' ? route : route.to
}

const atOnce: ReadonlySet<ManifestStep['kind']> = new Set([
  ...(['say', 'emit', 'branch', 'read', 'write', 'reserve', 'take', 'release'] as const),
])

/** Whether a run goes on from it in the same turn, whatever anybody does. */
export function isAtOnce(step: ManifestStep): boolean {
  return atOnce.has(step.kind)
}
