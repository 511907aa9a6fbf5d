import { sign } from '../fold/speak.ts'
import { speakerOf, type TurnDraft } from '../fold/draft.ts'
import type { ItemBody } from '../inbox/item.ts'
import { lateTexts } from './late-texts.ts'

/**
 * People have given money back, and no run waits to hear of it: the bank says what became of it, beside whatever is
 * going on. One that the bank did not carry out is seen by a person.
 */
export function takeRefund(draft: TurnDraft, { bankId, ...told }: Extract<ItemBody, { kind: 'refund' }>): void {
  const card = { ...lateTexts(draft.input.tenancy.locale).given[told.outcome](told), suggestions: [] }
  const speaker = speakerOf(draft.input, bankId)
  draft.messages.push({ voice: 'bank', content: sign(speaker, { kind: 'cards', cards: [card], chips: [] }) })
  if (told.outcome === 'declined') draft.cases.push('refund_not_done')
}
