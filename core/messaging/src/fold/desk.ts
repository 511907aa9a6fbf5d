import { cleanWords } from '@inthread/sdk/engine'
import type { ItemBody } from '../inbox/item.ts'
import { platformTexts } from '../text/platform-texts.ts'
import { caseIdOf, sayAsPlatform, type TurnDraft } from './draft.ts'
import { suggest } from './menu.ts'
import { sign } from './speak.ts'

/** The user wants a person. From now on that person reads along, unless the tenant has nobody who could take over. */
export function handOver(draft: TurnDraft): void {
  const { tenancy } = draft.input
  const texts = platformTexts(tenancy.locale)
  if (draft.deskCase !== null) return sayWithBot(draft, texts.withHuman)
  draft.cases.push('user_asked')
  if (tenancy.handsOver === false) return sayAsPlatform(draft, texts.human)
  draft.deskCase = caseIdOf(draft, draft.cases.length - 1)
  draft.callsAgent = true
  sayWithBot(draft, texts.humanComing)
}

/** The user has enough of waiting or of talking. */
export function leaveDesk(draft: TurnDraft): void {
  draft.closedCase = draft.deskCase ?? undefined
  draft.deskCase = null
  sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).backToBot)
}

/** What a person at the desk did, or that nobody has come. Late words of a case that is over are nobody's. */
export function takeDesk(draft: TurnDraft, { act, caseId, text }: Extract<ItemBody, { kind: 'desk' }>): void {
  const texts = platformTexts(draft.input.tenancy.locale)
  const present = draft.deskCase === caseId
  switch (act) {
    case 'handed_over':
    case 'claimed':
      if (draft.deskCase !== null && !present) {
        // Its user has asked for a person at the same moment: of two cases one stands in the queue.
        if (act === 'handed_over') draft.closedCase = caseId
        return
      }
      draft.deskCase = caseId
      return sayWithBot(draft, texts.humanThere)
    case 'said':
      if (present) sayAsAgent(draft, text)
      return
    case 'back':
    case 'unclaimed':
      if (!present) return
      draft.deskCase = null
      return sayAsPlatform(draft, act === 'back' ? texts.backToBot : texts.humanLate)
  }
}

/** The merchant's voice, signed so that everybody sees that a person speaks; it opens no other signature. */
function sayAsAgent(draft: TurnDraft, text: string): void {
  const speaker = { voice: 'merchant', signature: platformTexts(draft.input.tenancy.locale).agent } as const
  draft.messages.push({
    voice: 'merchant',
    content: sign(speaker, { kind: 'text', text: cleanWords(text), chips: [] }),
  })
}

/** With the way back as a button. */
export function sayWithBot(draft: TurnDraft, text: string): void {
  const { bot } = platformTexts(draft.input.tenancy.locale).words
  sayAsPlatform(draft, text, [suggest(draft.input, bot, { kind: 'word', word: 'bot' })])
}
