import type { RenderedContent, RenderedSuggestion } from '@inthread/sdk/channel'
import { lintCredit } from '@inthread/sdk/credit'
import { Fault } from '@inthread/sdk/fault'

/**
 * Whoever speaks: a card or a text that shows a credit without its annual rate can't be sent. Each card is read by
 * itself, because a user sees one at a time.
 */
export function assertRates(content: RenderedContent): RenderedContent {
  const read = (words: readonly (string | undefined)[], buttons: readonly RenderedSuggestion[]): void => {
    if (lintCredit([...words, ...buttons.map(({ label }) => label)].join('\n'))) throw new Fault('text.credit_bare')
  }
  if (content.kind === 'text') read([content.text], content.chips)
  else for (const { title, description, suggestions } of content.cards) read([title, description], suggestions)
  return content
}
