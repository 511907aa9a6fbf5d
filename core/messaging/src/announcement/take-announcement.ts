import { cleanWords } from '@inthread/sdk/engine'
import type { TurnDraft } from '../fold/draft.ts'
import { isBusy } from '../stack/open-runs.ts'
import { assertRates } from '../text/assert-rates.ts'

/**
 * Something that a merchant tells its user unasked. It waits until nobody is in the middle of anything, the bank least
 * of all; who wants no announcements any more by then hears nothing.
 */
export function takeAnnouncement(draft: TurnDraft, text: string): void {
  if (draft.input.conversation.stopped !== 0) return
  if (isBusy(draft) || draft.deskCase !== null) return void (draft.parked = true)
  draft.messages.push({
    voice: 'merchant',
    content: assertRates({ kind: 'text', text: cleanWords(text), chips: [] }),
  })
}
