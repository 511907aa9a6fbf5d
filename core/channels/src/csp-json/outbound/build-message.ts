import type { Outbound, RenderedCard, RenderedContent, RenderedSuggestion, Voice } from '@inthread/sdk/channel'
import { buildSuggestion } from './build-suggestion.ts'

export interface MessagePart {
  readonly contentType: string
  readonly contentEncoding: 'utf8'
  readonly contentText: string | object
}

export type MessageBody = ReturnType<typeof buildMessage>

/** The bank's messages reach a user who opted out of the merchant's: they are about money that moves. */
const trafficTypes: Readonly<Record<Voice, string>> = { merchant: 'premium', bank: 'payment', platform: 'premium' }

/** The body of `POST …/messages`: several parts make a multipart message, chips are a part of their own. */
export function buildMessage(message: Outbound, chatbotId: string) {
  return {
    messageId: message.id,
    messageList: buildParts(message.content),
    destinationAddress: [`tel:${message.to}`],
    senderAddress: chatbotId,
    conversationId: message.conversationRef,
    contributionId: message.contributionRef,
    ...(message.inReplyTo === undefined ? {} : { inReplyTo: message.inReplyTo }),
    serviceCapability: [{ capabilityId: 'ChatbotSA', version: '+g.gsma.rcs.botversion="#=1"' }],
    trafficType: trafficTypes[message.voice],
    smsSupported: false,
    storeSupported: true,
    ...(message.content.kind === 'text' ? { imFormat: 'IM' } : {}),
    reportRequest: ['sent', 'failed', 'delivered', 'displayed', 'deliveredToNetwork'],
  }
}

function buildParts(content: RenderedContent): readonly MessagePart[] {
  const first = content.kind === 'text' ? buildPart('text/plain', content.text) : buildCards(content.cards)
  return content.chips.length === 0 ? [first] : [first, buildChips(content.chips)]
}

function buildCards(cards: readonly RenderedCard[]): MessagePart {
  const [first] = cards
  const message =
    first && cards.length === 1
      ? { generalPurposeCard: { layout: { cardOrientation: 'VERTICAL' }, content: buildCard(first) } }
      : { generalPurposeCardCarousel: { layout: { cardWidth: 'MEDIUM_WIDTH' }, content: cards.map(buildCard) } }
  return buildPart('application/vnd.gsma.botmessage.v1.0+json', { message })
}

/** Empty fields are left out: the rules ask for at least one character, or one suggestion, where a field is present. */
function buildCard({ title, description, suggestions }: RenderedCard): object {
  return {
    title,
    ...(description ? { description } : {}),
    ...(suggestions.length > 0 ? { suggestions: suggestions.map(buildSuggestion) } : {}),
  }
}

function buildChips(chips: readonly RenderedSuggestion[]): MessagePart {
  return buildPart('application/vnd.gsma.botsuggestion.v1.0+json', { suggestions: chips.map(buildSuggestion) })
}

function buildPart(contentType: string, contentText: string | object): MessagePart {
  return { contentType, contentEncoding: 'utf8', contentText }
}
