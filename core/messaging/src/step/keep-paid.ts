import type { TurnDraft } from '../fold/draft.ts'
import { ask, type Folding } from '../fold/need.ts'
import { hasOpenOrder } from '../letter/asked.ts'

/**
 * What a scene that ends has had paid, in whatever turn, and not handed over: it stays its user's, and a person hands
 * it over. Whether there is any. What the bank has not decided yet is kept for its last word.
 */
export function* keepPaid(draft: TurnDraft, sceneId: string): Folding<boolean> {
  if (hasOpenOrder(draft, sceneId)) return false
  const { tenantId } = draft.input.tenancy.scope
  if (!(yield* ask({ kind: 'locked', tenantId, holder: sceneId }))) return false
  draft.settled.push({ runId: sceneId, state: 'taken' })
  draft.cases.push('paid_without_scene')
  return true
}
