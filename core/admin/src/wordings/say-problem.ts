import type { ManifestProblem } from '@inthread/sdk/manifest'
import { quote, type Said } from '@inthread/sdk/fault'

/** What a plugin would have to change, to somebody who has changed its words. */
export function sayProblem({ problem, said }: ManifestProblem): Said {
  return said ?? quote(problem)
}
