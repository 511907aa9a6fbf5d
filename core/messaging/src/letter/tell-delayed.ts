import { speakerOf, type TurnDraft } from '../fold/draft.ts'
import { ask, type Folding } from '../fold/need.ts'
import { sign } from '../fold/speak.ts'
import type { RunRow } from '../schema/tables.ts'
import { lateTexts } from './late-texts.ts'
import { rootOf, type Letter } from './letter.ts'

/**
 * The end of what the bank had accepted for later is not late because its scene is over by then: it is a result like
 * any other, and the bank tells it. False where somebody may have to hand something over for it: a person looks then.
 */
export function* tellDelayed(draft: TurnDraft, dialogue: RunRow, { id, outcome }: Letter): Folding<boolean> {
  const { tenancy } = draft.input
  const standing = yield* ask({ kind: 'standing', order: { scope: tenancy.scope, orderId: id } })
  if (standing?.owed !== false || (standing.state !== 'succeeded' && standing.state !== 'failed')) return false
  const holder = rootOf(dialogue)
  const succeeded = outcome?.name === 'succeeded'
  if (succeeded && (yield* ask({ kind: 'locked', tenantId: tenancy.scope.tenantId, holder }))) return false
  const { number, pays, state, amount } = standing
  const text = lateTexts(tenancy.locale).delayed[state]({ number, amount: pays === false ? undefined : amount })
  const speaker = speakerOf(draft.input, dialogue.bank_id ?? undefined)
  const card = { ...text, suggestions: [] }
  draft.messages.push({ voice: 'bank', content: sign(speaker, { kind: 'cards', cards: [card], chips: [] }) })
  return true
}
