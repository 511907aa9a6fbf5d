import { listManifestProblems } from '../src/manifest/check/list-manifest-problems.ts'
import type { ManifestProblem } from '../src/manifest/check/problem.ts'
import type { Manifest, ManifestStep } from '../src/manifest/manifest-schema.ts'
import { copyManifest, type Draft } from './sample-plugin.ts'

/** Spoils a copy of the sample's manifest. */
export type Spoil = (manifest: Draft<Manifest>) => void

export function listProblemsAfter(spoil: Spoil): readonly ManifestProblem[] {
  const manifest = copyManifest()
  spoil(manifest)
  return listManifestProblems(manifest)
}

/** Replaces or adds steps of its flow. */
export const put =
  (steps: Record<string, ManifestStep>): Spoil =>
  ({ flows }) =>
    Object.assign(flows['order']?.steps ?? {}, steps)
/** On to the end. */
export const next: ManifestStep = { kind: 'branch', when: [], otherwise: 'end' }
export const pay = { kind: 'call', need: 'pay', operation: 'pay' } as const
/** Every outcome, all of them ends. */
export const paid = { succeeded: 'end', declined: 'end', cancelled: 'end', expired: 'end', unknown: 'end' }
/** A question that pays when it is answered. */
export const ask = {
  kind: 'ask',
  slot: 'tea',
  reads: false,
  timeout: { afterMs: 60_000, to: 'end' },
  next: 'pay',
} as const
