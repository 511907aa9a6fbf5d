import type { Manifest } from '../manifest-schema.ts'
import { findCapabilityProblems } from './find-capability-problems.ts'
import { findContractProblems } from './find-contract-problems.ts'
import { findDataProblems } from './find-data-problems.ts'
import { findFlowProblems } from './find-flow-problems.ts'
import { findLocaleProblems, findSizeProblems, findTextProblems } from './find-text-problems.ts'
import { findWordProblems } from './find-word-problems.ts'
import type { Check, ManifestProblem } from './problem.ts'

const checks: readonly Check[] = [
  findContractProblems,
  findCapabilityProblems,
  findDataProblems,
  findLocaleProblems,
  findTextProblems,
  findSizeProblems,
  findWordProblems,
  findFlowProblems,
]

/**
 * What is wrong with a plugin that the compiler cannot see, each with its place and its remedy. A plugin with problems
 * is neither listed nor loaded. Conflicts with other plugins are for {@link listConflicts}, changes for
 * `compareManifests`.
 */
export function listManifestProblems(manifest: Manifest): readonly ManifestProblem[] {
  return checks.flatMap((check) => check(manifest))
}
