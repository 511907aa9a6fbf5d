/** Builders of message list members, for tests and for looking at the phone. */

export interface Suggested {
  readonly label: string
  readonly data?: string
  /** Fields of an action; without them the suggestion is a reply. */
  readonly action?: object
}

export interface CardInput {
  readonly title?: string
  readonly description?: string
  readonly media?: object
  readonly suggestions?: readonly Suggested[]
}

export function textItem(text: string): object {
  return { contentType: 'text/plain', contentEncoding: 'utf8', contentText: text }
}

export function cardItem(card: CardInput, layout: object = { cardOrientation: 'VERTICAL' }): object {
  return jsonItem('botmessage', { message: { generalPurposeCard: { layout, content: buildCard(card) } } })
}

export function carouselItem(cards: readonly CardInput[], cardWidth = 'MEDIUM_WIDTH'): object {
  const carousel = { layout: { cardWidth }, content: cards.map(buildCard) }
  return jsonItem('botmessage', { message: { generalPurposeCardCarousel: carousel } })
}

export function chipsItem(suggestions: readonly Suggested[]): object {
  return jsonItem('botsuggestion', { suggestions: suggestions.map(buildSuggestion) })
}

export function openUrl(url: string): object {
  return { urlAction: { openUrl: { url, application: 'browser' } } }
}

export function dial(phoneNumber: string): object {
  return { dialerAction: { dialPhoneNumber: { phoneNumber } } }
}

export function buildSuggestion({ label, data, action }: Suggested): object {
  const shown = { displayText: label, ...(data === undefined ? {} : { postback: { data } }) }
  return action ? { action: { ...shown, ...action } } : { reply: shown }
}

function buildCard({ suggestions, ...card }: CardInput): object {
  return suggestions ? { ...card, suggestions: suggestions.map(buildSuggestion) } : card
}

function jsonItem(kind: 'botmessage' | 'botsuggestion', body: object): object {
  const contentType = `application/vnd.gsma.${kind}.v1.0+json`
  return { contentType, contentEncoding: 'utf8', contentText: body }
}
