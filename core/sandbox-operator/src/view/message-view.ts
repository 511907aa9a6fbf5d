import type { StoredMessage } from '../threads/message.store.ts'
import type { StateChange } from '../threads/state.store.ts'
import type { MessageView, SealedView, StateView } from '../views.ts'
import { buildContent, buildSuggestions } from './content-view.ts'
import type { Content } from './content-view.ts'
import { readSealed, readSealedText } from './read-sealed.ts'
import { readSpeaker } from './speaker.ts'
import type { Spoken } from './speaker.ts'

export interface MessageSource {
  readonly message: StoredMessage
  readonly states: readonly StateChange[]
  /** Places among its suggestions that the user has tapped. */
  readonly used: ReadonlySet<number>
  readonly chatbotName: string
}

export function buildMessage({ message, states, used, chatbotName }: MessageSource): MessageView {
  const content = buildContent(message.parts)
  const frame = {
    id: message.messageId,
    direction: message.direction,
    at: new Date(message.at).toISOString(),
    contentTypes: message.parts.map(({ contentType }) => contentType),
    suggestions: buildSuggestions(message.parts, used),
    states: states.map(buildState),
    trafficType: message.trafficType,
    ...buildAnswers(message),
  }
  if (message.direction === 'out') return { ...frame, ...content }
  // A short message keeps its signature in the text: that is how phones show it.
  if (message.owner === 'sms') return { ...frame, ...content, speaker: { party: 'merchant', name: chatbotName } }
  const spoken = readSpeaker(findFirstString(content), message.trafficType, chatbotName)
  const bare = replaceFirstString(content, spoken)
  if (spoken.speaker.party !== 'bank') return { ...frame, ...bare, speaker: spoken.speaker }
  const sealed = buildSealed(bare, frame.suggestions)
  return { ...frame, ...bare, speaker: spoken.speaker, ...(sealed ? { sealed } : {}) }
}

export function buildState({ status, at, errorCode, errorMessage }: StateChange): StateView {
  return {
    status,
    at: new Date(at).toISOString(),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(errorMessage === undefined ? {} : { errorMessage }),
  }
}

function buildAnswers({ answersId, answersIndex }: StoredMessage): Pick<MessageView, 'answers'> {
  if (answersId === undefined || answersIndex === undefined) return {}
  return { answers: { messageId: answersId, index: answersIndex } }
}

function findFirstString({ text, card, carousel }: Content): string {
  return text ?? card?.title ?? carousel?.cards[0]?.title ?? ''
}

function replaceFirstString(content: Content, { text: bare }: Spoken): Content {
  const { text, card, carousel } = content
  if (text !== undefined) return { ...content, text: bare }
  if (card?.title !== undefined) return { ...content, card: { ...card, title: bare } }
  const [first, ...rest] = carousel?.cards ?? []
  if (!carousel || first?.title === undefined) return content
  return { ...content, carousel: { ...carousel, cards: [{ ...first, title: bare }, ...rest] } }
}

function buildSealed({ text, card }: Content, suggestions: MessageView['suggestions']): SealedView | undefined {
  if (text !== undefined) return readSealedText(text)
  if (!card) return undefined
  const asks = suggestions.some(({ kind, place }) => kind === 'reply' && place === 'card')
  return readSealed(card.title ?? '', card.description ?? '', asks)
}

/** Gives each question of the bank what the user answered first, and the bank's latest later word on the same order. */
export function addOutcomes(messages: readonly MessageView[]): MessageView[] {
  return messages.map((message, place) => {
    const { sealed } = message
    if (!sealed?.asks) return message
    const later = messages.slice(place + 1)
    const answer = later.find(({ answers }) => answers?.messageId === message.id)?.answers?.index
    const outcome = findOutcome(sealed, later)
    return {
      ...message,
      sealed: { ...sealed, ...(answer === undefined ? {} : { answer }), ...(outcome ? { outcome } : {}) },
    }
  })
}

function findOutcome({ order }: SealedView, later: readonly MessageView[]): SealedView['outcome'] {
  if (order === undefined) return undefined
  const last = later.findLast(({ sealed }) => sealed && !sealed.asks && sealed.order === order)
  if (!last?.sealed) return undefined
  const { action, amount, result = 'other' } = last.sealed
  return { title: amount === undefined ? action : `${action} ${amount}`, kind: result, messageId: last.id }
}
