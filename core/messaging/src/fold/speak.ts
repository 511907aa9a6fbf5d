import type { RenderedCard, RenderedContent, RenderedSuggestion } from '@inthread/sdk/channel'
import { type Card, cleanWords, type Content, type Suggestion, type TextRef } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import type { Speaker } from './turn.ts'

export interface Writing {
  readonly speaker: Speaker
  readonly writeText: (text: TextRef) => string
  /** The postback of the n-th reply of the message. */
  readonly writeToken: (option: number) => string
}

/** A message written out: texts in the user's language, replies as tokens, the speaker's signature in front. */
export function writeContent(content: Content<unknown>, writing: Writing): RenderedContent {
  const replies = { count: 0 }
  // Nobody but the core opens a signature: not a merchant's wording, and not a text of a bank's plugin.
  const write = (text: TextRef): string => cleanWords(writing.writeText(text))
  const suggest = (list: readonly Suggestion<unknown>[]): RenderedSuggestion[] =>
    list.map((suggestion) => writeSuggestion(suggestion, write, () => writing.writeToken(replies.count++)))
  const card = ({ title, description, suggestions }: Card<unknown>): RenderedCard => ({
    title: write(title),
    description: description && write(description),
    suggestions: suggest(suggestions ?? []),
  })
  if (content.kind === 'text')
    return sign(writing.speaker, { kind: 'text', text: write(content.text), chips: suggest(content.chips) })
  const cards = content.kind === 'card' ? [card(content.card)] : content.cards.map(card)
  return sign(writing.speaker, { kind: 'cards', cards, chips: suggest(content.chips) })
}

/** `【name】` in front of the first visible string: how every reader, on every phone, sees who speaks. */
export function sign(speaker: Speaker, content: RenderedContent): RenderedContent {
  if (speaker.signature === undefined) return content
  const signed = (text: string): string => `【${cleanWords(speaker.signature ?? '')}】${text}`
  if (content.kind === 'text') return { ...content, text: signed(content.text) }
  const [first, ...rest] = content.cards
  return first ? { ...content, cards: [{ ...first, title: signed(first.title) }, ...rest] } : content
}

function writeSuggestion(
  suggestion: Suggestion<unknown>,
  write: (text: TextRef) => string,
  token: () => string,
): RenderedSuggestion {
  const label = write(suggestion.label)
  switch (suggestion.kind) {
    case 'reply':
      return { kind: 'reply', label, postback: token() }
    case 'open':
      if (!mayOpen(suggestion.url)) throw new Fault('text.refused', { data: { part: 'url' } })
      return { kind: 'open', label, url: suggestion.url }
    case 'dial':
      return { kind: 'dial', label, number: suggestion.number }
    case 'place':
      return { kind: 'place', label, latitude: suggestion.latitude, longitude: suggestion.longitude }
    case 'event':
      return {
        kind: 'event',
        label,
        title: write(suggestion.title),
        startsAt: suggestion.startsAt,
        endsAt: suggestion.endsAt,
      }
  }
}

/**
 * https, and nothing else that leaves the machine. The sandbox's bank serves its page on this very one, where nobody
 * listens in and no phone of a user could be led.
 */
function mayOpen(url: string): boolean {
  return /^https:\/\//.test(url) || /^http:\/\/127\.0\.0\.1:[0-9]{1,5}\/page\//.test(url)
}
