import type { ChannelProfile, RenderedCard, RenderedContent, RenderedSuggestion } from '@inthread/sdk/channel'
import { clip } from '@inthread/sdk/engine'

/**
 * The same content within a channel's limits: long texts in parts, cards in pages, cards as numbered text where a
 * channel has none. A reply is never dropped while there is room for it anywhere in the message.
 */
export function fitContent(content: RenderedContent, profile: ChannelProfile): readonly RenderedContent[] {
  if (content.kind === 'text') return fitText(content.text, content.chips, profile)
  if (!profile.cards)
    return fitText(
      writeCardsAsText(content.cards),
      [...content.cards.flatMap((card) => card.suggestions), ...content.chips],
      profile,
    )
  return fitCards(content.cards, content.chips, { profile, pageSize: profile.cards.max })
}

function fitText(
  text: string,
  chips: readonly RenderedSuggestion[],
  profile: ChannelProfile,
): readonly RenderedContent[] {
  const parts = splitText(text, profile.textLength)
  return parts.map((part, index) => ({
    kind: 'text',
    text: part,
    chips: index === parts.length - 1 ? fitSuggestions(chips, profile.chips, profile) : [],
  }))
}

interface Paging {
  readonly profile: ChannelProfile
  readonly pageSize: number
}

function fitCards(
  cards: readonly RenderedCard[],
  chips: readonly RenderedSuggestion[],
  { profile, pageSize }: Paging,
): readonly RenderedContent[] {
  const pages: RenderedCard[][] = []
  for (let start = 0; start < cards.length; start += pageSize) pages.push(cards.slice(start, start + pageSize))
  return pages.map((page, index) => {
    const last = index === pages.length - 1
    const overflow = page.flatMap((card) => card.suggestions.slice(profile.cardSuggestions))
    return {
      kind: 'cards',
      cards: page.map((card) => fitCard(card, profile)),
      chips: fitSuggestions([...overflow, ...(last ? chips : [])], profile.chips, profile),
    }
  })
}

function fitCard(card: RenderedCard, profile: ChannelProfile): RenderedCard {
  return {
    title: clip(card.title, profile.titleLength),
    description: card.description === undefined ? undefined : clip(card.description, profile.descriptionLength),
    suggestions: fitSuggestions(card.suggestions, profile.cardSuggestions, profile),
  }
}

/**
 * Labels within their length and each only once in a list: of two that would read the same, the second gets a number.
 */
function fitSuggestions(
  list: readonly RenderedSuggestion[],
  limit: number,
  profile: ChannelProfile,
): readonly RenderedSuggestion[] {
  const seen = new Set<string>()
  return list.slice(0, limit).map((suggestion) => {
    const label = freeLabel(clip(suggestion.label, profile.labelLength), seen, profile.labelLength)
    seen.add(label)
    return { ...suggestion, label }
  })
}

function freeLabel(label: string, seen: ReadonlySet<string>, limit: number): string {
  if (!seen.has(label)) return label
  for (let number = 2; ; number += 1) {
    const numbered = `${clip(label, limit - 3)} ${number}`
    if (!seen.has(numbered)) return numbered
  }
}

/** At line ends where there are any, so that no part begins in the middle of a sentence without need. */
function splitText(text: string, limit: number): readonly string[] {
  const points = [...text]
  if (points.length <= limit) return [text]
  const cut = points.slice(0, limit).lastIndexOf('\n')
  const at = cut > limit / 2 ? cut : limit
  return [points.slice(0, at).join(''), ...splitText(points.slice(at).join('').trimStart(), limit)]
}

function writeCardsAsText(cards: readonly RenderedCard[]): string {
  let number = 0
  return cards
    .map((card) => {
      const replies = card.suggestions
        .filter((suggestion) => suggestion.kind === 'reply')
        .map(({ label }) => `  ${(number += 1)} ${label}`)
      return [card.title, card.description, ...replies].filter((line) => line !== undefined && line !== '').join('\n')
    })
    .join('\n\n')
}
