import type { TextRef } from '../plugin/text.ts'

/**
 * What a bot says, in our neutral model: leaf strings are references to texts, never finished strings, so that a
 * tenant can reword them, the platform can translate them, and nobody can build a message that forges amount, payee or
 * speaker.
 *
 * `V` is the type of the values that replies carry: in a question it is the type of the slot that is asked for.
 */
export type Content<V = never> = TextContent<V> | CardContent<V> | CarouselContent<V>

export interface TextContent<V = never> {
  readonly kind: 'text'
  readonly text: TextRef
  readonly chips: readonly Suggestion<V>[]
}

export interface CardContent<V = never> {
  readonly kind: 'card'
  readonly card: Card<V>
  readonly chips: readonly Suggestion<V>[]
}

/** 2 to 12 cards; the platform turns one card into a plain card and more than a channel takes into pages. */
export interface CarouselContent<V = never> {
  readonly kind: 'carousel'
  readonly cards: readonly Card<V>[]
  readonly chips: readonly Suggestion<V>[]
}

/** Title up to 200 characters, description up to 2,000, at most four suggestions (RCC.07). */
export interface Card<V = never> {
  readonly title: TextRef
  readonly description?: TextRef
  readonly suggestions?: readonly Suggestion<V>[]
}

export type Suggestion<V = never> = Reply<V> | OpenUrl | Dial | ShowPlace | AddEvent

/** A button that answers the open question with `value`. Its label has at most 25 characters. */
export interface Reply<V> {
  readonly kind: 'reply'
  readonly label: TextRef
  readonly value: V
}

export interface OpenUrl {
  readonly kind: 'open'
  readonly label: TextRef
  /** https only. */
  readonly url: string
}

export interface Dial {
  readonly kind: 'dial'
  readonly label: TextRef
  /** E.164, like `+864001234567`. */
  readonly number: string
}

export interface ShowPlace {
  readonly kind: 'place'
  readonly label: TextRef
  readonly latitude: number
  readonly longitude: number
}

export interface AddEvent {
  readonly kind: 'event'
  readonly label: TextRef
  readonly title: TextRef
  /** RFC 3339. */
  readonly startsAt: string
  readonly endsAt: string
}

export function textMessage<V = never>(text: TextRef, chips: readonly Suggestion<V>[] = []): TextContent<V> {
  return { kind: 'text', text, chips }
}

export function cardMessage<V = never>(card: Card<V>, chips: readonly Suggestion<V>[] = []): CardContent<V> {
  return { kind: 'card', card, chips }
}

export function carousel<V = never>(
  cards: readonly Card<V>[],
  chips: readonly Suggestion<V>[] = [],
): CarouselContent<V> {
  return { kind: 'carousel', cards, chips }
}

export function reply<V>(label: TextRef, value: V): Reply<V> {
  return { kind: 'reply', label, value }
}

export function openUrl(label: TextRef, url: string): OpenUrl {
  return { kind: 'open', label, url }
}

export function dial(label: TextRef, number: string): Dial {
  return { kind: 'dial', label, number }
}

export function addEvent(label: TextRef, event: Pick<AddEvent, 'title' | 'startsAt' | 'endsAt'>): AddEvent {
  return { kind: 'event', label, ...event }
}
