import { Fault, type Said } from '@inthread/sdk/fault'
import { sayChange as say } from '../saying/say-change.ts'

/** What may become of what, as data. Whatever is not listed is refused. */
export type Machine<S extends string> = Readonly<Record<S, readonly S[]>>

export const packageStates = ['uploaded', 'scanned', 'verified', 'reviewed', 'listed', 'suspended', 'revoked'] as const
export type PackageState = (typeof packageStates)[number]

/** Scanned: the manifest has no problems. Verified: publisher, digest and signature belong together. */
export const packageMachine: Machine<PackageState> = {
  uploaded: ['scanned', 'revoked'],
  scanned: ['verified', 'revoked'],
  verified: ['reviewed', 'revoked'],
  reviewed: ['listed', 'revoked'],
  listed: ['suspended', 'revoked'],
  suspended: ['listed', 'revoked'],
  revoked: [],
}

export const installationStates = [
  'requested',
  'granted',
  'configured',
  'installing',
  'active',
  'paused',
  'upgrading',
  'draining',
  'removed',
  'erased',
] as const
export type InstallationState = (typeof installationStates)[number]

/** Whoever comes again after a removal begins anew. */
export const installationMachine: Machine<InstallationState> = {
  requested: ['granted', 'removed'],
  granted: ['configured', 'removed'],
  configured: ['installing', 'removed'],
  installing: ['active', 'removed'],
  active: ['paused', 'upgrading', 'draining'],
  paused: ['active', 'upgrading', 'draining'],
  upgrading: ['active', 'paused', 'draining'],
  draining: ['removed', 'active'],
  removed: ['erased', 'requested'],
  erased: ['requested'],
}

/** New runs begin only in these. */
export const runningStates: ReadonlySet<InstallationState> = new Set(['active', 'upgrading'])

/** What is wrong with a step, in a sentence that names what would be allowed; undefined when it is right. */
export function findMoveProblem<S extends string>(machine: Machine<S>, from: S, to: S): Said | undefined {
  const allowed = machine[from]
  if (allowed.includes(to)) return undefined
  if (allowed.length === 0) return say('move.none', { from, to })
  return say('move.other', { from, to, allowed: allowed.join(', ') })
}

/** Follows a path of states; the one at its end. */
export function assertMoves<S extends string>(machine: Machine<S>, from: S, path: readonly S[]): S {
  let state = from
  for (const next of path) {
    const reason = findMoveProblem(machine, state, next)
    if (reason !== undefined)
      throw new Fault('lifecycle.move_refused', { data: { from: state, to: next, reason: reason.message } })
    state = next
  }
  return state
}
