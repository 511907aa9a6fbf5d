import type { Part } from '../threads/message.store.ts'
import type { CardView, CarouselView, MediaView, SuggestionView } from '../views.ts'
import { buildSuggestion } from './suggestion-view.ts'
import type { WireSuggestion } from './suggestion-view.ts'

interface WireMedia {
  readonly mediaUrl: string
  readonly mediaContentType: string
  readonly height: MediaView['height']
  readonly thumbnailUrl?: string
  readonly contentDescription?: string
}

interface WireCard {
  readonly title?: string
  readonly description?: string
  readonly media?: WireMedia
  readonly suggestions?: readonly WireSuggestion[]
}

interface WireLayout {
  readonly cardOrientation?: 'VERTICAL' | 'HORIZONTAL'
  readonly imageAlignment?: 'LEFT' | 'RIGHT'
  readonly cardWidth?: CarouselView['width']
  readonly titleFontStyle?: readonly string[]
  readonly descriptionFontStyle?: readonly string[]
}

interface WireBody {
  readonly message?: {
    readonly generalPurposeCard?: { readonly layout: WireLayout; readonly content: WireCard }
    readonly generalPurposeCardCarousel?: { readonly layout: WireLayout; readonly content: readonly WireCard[] }
  }
  readonly suggestions?: readonly WireSuggestion[]
  readonly response?: { readonly reply?: { displayText: string }; readonly action?: { displayText: string } }
}

export interface Content {
  readonly text?: string
  readonly card?: CardView
  readonly carousel?: CarouselView
}

function listBodies(parts: readonly Part[]): WireBody[] {
  return parts.filter(({ content }) => typeof content === 'object').map(({ content }) => content as WireBody)
}

/** What is to be drawn, without suggestions. A tap reads as the label that was tapped. */
export function buildContent(parts: readonly Part[]): Content {
  const bodies = listBodies(parts)
  const plain = parts.find(({ content }) => typeof content === 'string')?.content
  const tapped = bodies.map(({ response }) => (response?.reply ?? response?.action)?.displayText).find(Boolean)
  const text = typeof plain === 'string' ? plain : tapped
  const single = bodies.find(({ message }) => message?.generalPurposeCard)?.message?.generalPurposeCard
  const many = bodies.find(({ message }) => message?.generalPurposeCardCarousel)?.message?.generalPurposeCardCarousel
  return {
    ...(text === undefined ? {} : { text }),
    ...(single ? { card: buildCard(single.content, single.layout) } : {}),
    ...(many ? { carousel: buildCarousel(many.content, many.layout) } : {}),
  }
}

function buildCarousel(content: readonly WireCard[], layout: WireLayout): CarouselView {
  return { width: layout.cardWidth ?? 'MEDIUM_WIDTH', cards: content.map((card) => buildCard(card, layout)) }
}

function buildCard({ title, description, media }: WireCard, layout: WireLayout): CardView {
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(media ? { media: buildMedia(media) } : {}),
    orientation: layout.cardOrientation ?? 'VERTICAL',
    ...(layout.imageAlignment ? { imageAlignment: layout.imageAlignment } : {}),
    titleStyle: layout.titleFontStyle ?? [],
    descriptionStyle: layout.descriptionFontStyle ?? [],
  }
}

function buildMedia({ mediaUrl, mediaContentType, height, thumbnailUrl, contentDescription }: WireMedia): MediaView {
  return {
    url: mediaUrl,
    contentType: mediaContentType,
    height,
    ...(thumbnailUrl === undefined ? {} : { thumbnailUrl }),
    ...(contentDescription === undefined ? {} : { description: contentDescription }),
  }
}

type Found = { readonly wire: WireSuggestion; readonly place: 'card' | 'chip'; readonly card?: number }

/** All suggestions of a message in the order in which a tap counts them. */
export function listWireSuggestions(parts: readonly Part[]): Found[] {
  const bodies = listBodies(parts)
  const cards = bodies.flatMap(({ message }) => {
    const single = message?.generalPurposeCard?.content
    return single ? [single] : [...(message?.generalPurposeCardCarousel?.content ?? [])]
  })
  const inCards = cards.flatMap((card, place) =>
    (card.suggestions ?? []).map((wire) => ({ wire, place: 'card' as const, card: place })),
  )
  const chips = bodies.flatMap(({ suggestions }) => suggestions ?? [])
  return [...inCards, ...chips.map((wire) => ({ wire, place: 'chip' as const }))]
}

export function buildSuggestions(parts: readonly Part[], used: ReadonlySet<number>): SuggestionView[] {
  return listWireSuggestions(parts).map(({ wire, ...placed }, index) =>
    buildSuggestion(wire, { ...placed, index, used: used.has(index) }),
  )
}
