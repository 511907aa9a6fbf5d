import type { z } from 'zod'
import type { DoorRequest, HttpClient } from './message/http.ts'
import type { Clock, Instant } from './time.ts'

export type { DoorRequest, HttpClient, HttpRequest, HttpResponse } from './message/http.ts'

/**
 * A channel: one provider's protocol towards phones. It touches bytes and that provider's API, nothing else; state it
 * needs (an access token) lives in the cell it is handed.
 */
export interface ChannelDefinition<S extends z.ZodType = z.ZodType> {
  /** Named in a tenant definition: `"channel": "csp-json"`. */
  readonly id: string
  /** What an operator account must say beyond id, bot and channel. Secrets arrive resolved, as strings. */
  readonly settings: S
  /** Paths of string settings that are secrets and are written as `{ "secret": … }` in a definition. */
  readonly secrets: readonly string[]
  readonly profile: ChannelProfile
  open(settings: z.infer<S>, ports: ChannelPorts): ChannelAccount
}

export function defineChannel<S extends z.ZodType>(definition: ChannelDefinition<S>): ChannelDefinition<S> {
  return Object.freeze(definition)
}

/** What fits into one message, counted in Unicode code points. */
export interface ChannelProfile {
  readonly textLength: number
  readonly titleLength: number
  readonly descriptionLength: number
  readonly labelLength: number
  readonly postbackLength: number
  readonly cardSuggestions: number
  readonly chips: number
  /** Smallest and largest carousel; undefined where cards are unknown, which then become numbered text. */
  readonly cards: { readonly min: number; readonly max: number } | undefined
  readonly menu: { readonly top: number; readonly sub: number } | undefined
}

export interface ChannelPorts {
  readonly http: HttpClient
  readonly clock: Clock
  readonly credential: CredentialCell
}

/** One sealed row per operator account, shared by all processes. */
export interface CredentialCell {
  find(): Promise<string | undefined>
  /**
   * Replaces `stale` by what `obtain` brings. One process at a time obtains, under a lease; the others wait and read
   * what it brought, and so does the one that comes too late: `obtain` does not run when the cell no longer holds
   * `stale`.
   */
  renew(stale: string | undefined, obtain: () => Promise<Credential>): Promise<string>
}

export interface Credential {
  readonly value: string
  /** Database time, in milliseconds from now, after which `find` no longer returns it. */
  readonly livesMs: number
}

export interface ChannelAccount {
  /** Before anything is parsed. */
  verify(request: DoorRequest): Verdict
  /** Pure. Called only for what `verify` found genuine. */
  receive(request: DoorRequest): Reception
  /** Checks the message against the protocol's rules, then sends it. Never throws for what the provider says. */
  send(message: Outbound): Promise<SendOutcome>
  /** Puts the fixed menu under the thread; `unsupported` where the provider has none. */
  publishMenu(menu: readonly RenderedMenuEntry[]): Promise<SendOutcome | { readonly kind: 'unsupported' }>
  /** For `inthread doctor`: can we sign in? */
  probe(): Promise<SendOutcome>
}

/** `replayKey` names the push; together with the body's digest it tells a retry from a replay. */
export type Verdict =
  { readonly kind: 'genuine'; readonly replayKey: string | undefined } | { readonly kind: 'forged' | 'stale' }

export type Reception =
  | { readonly kind: 'items'; readonly items: readonly Inbound[] }
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'malformed'; readonly problem: string }
  | { readonly kind: 'not_found' }

export type Inbound = InboundMessage | InboundDelivery | InboundReport

interface InboundItem {
  /** Unique within (account, kind): the provider's own id of the push. */
  readonly key: string
}

export interface InboundMessage extends InboundItem {
  readonly kind: 'message'
  /** E.164. */
  readonly from: string
  readonly content: InboundContent
  /** Names of the provider that an answer has to repeat. */
  readonly conversationRef: string | undefined
  readonly contributionRef: string | undefined
}

export type InboundContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'tap'; readonly postback: string; readonly label: string }
  | {
      readonly kind: 'place'
      readonly latitude: number
      readonly longitude: number
      readonly label: string | undefined
    }
  | { readonly kind: 'file'; readonly contentType: string }
  | { readonly kind: 'other'; readonly contentType: string }

export interface InboundDelivery extends InboundItem {
  readonly kind: 'delivery'
  /** The id that `send` gave or returned. */
  readonly messageRef: string
  readonly state: DeliveryState
  readonly reason: string | undefined
}

/** Something the provider tells us about the account: an audit result, changed information, a spam report. */
export interface InboundReport extends InboundItem {
  readonly kind: 'report'
  readonly topic: string
  readonly data: Readonly<Record<string, string | number | boolean | null>>
}

export type DeliveryState =
  'sent' | 'fallback_sent' | 'delivered' | 'displayed' | 'failed' | 'revoked' | 'revoke_failed' | 'expired'

/** The party of the thread that speaks. Set by the core from what pushed the run, never by a plugin. */
export type Voice = 'merchant' | 'bank' | 'platform'

export interface Outbound {
  /** Ours, a UUID: the idempotency key towards the provider. The same message keeps it through every retry. */
  readonly id: string
  readonly to: string
  readonly voice: Voice
  readonly conversationRef: string
  readonly contributionRef: string
  readonly inReplyTo: string | undefined
  readonly content: RenderedContent
}

export type RenderedContent =
  | { readonly kind: 'text'; readonly text: string; readonly chips: readonly RenderedSuggestion[] }
  | { readonly kind: 'cards'; readonly cards: readonly RenderedCard[]; readonly chips: readonly RenderedSuggestion[] }

export interface RenderedCard {
  readonly title: string
  readonly description: string | undefined
  readonly suggestions: readonly RenderedSuggestion[]
}

export type RenderedSuggestion =
  | { readonly kind: 'reply'; readonly label: string; readonly postback: string }
  | { readonly kind: 'open'; readonly label: string; readonly url: string }
  | { readonly kind: 'dial'; readonly label: string; readonly number: string }
  | { readonly kind: 'place'; readonly label: string; readonly latitude: number; readonly longitude: number }
  | {
      readonly kind: 'event'
      readonly label: string
      readonly title: string
      readonly startsAt: string
      readonly endsAt: string
    }

export type RenderedMenuEntry =
  | { readonly kind: 'reply'; readonly label: string; readonly postback: string }
  | {
      readonly kind: 'menu'
      readonly label: string
      readonly entries: readonly { readonly label: string; readonly postback: string }[]
    }

export type SendOutcome =
  | { readonly kind: 'sent'; readonly providerRef: string }
  /** Not now: the provider is busy, or it did not answer and will know the id when it is sent again. */
  | { readonly kind: 'retry'; readonly afterMs: number; readonly reason: string }
  /** Final: the provider, or the protocol's own rules, will never take it. */
  | { readonly kind: 'rejected'; readonly reason: string }

export type { Clock, Instant }
