/**
 * The JSON of the sandbox controls and of the phone page's stream. Times are ISO 8601 in UTC, by the business clock.
 */

export type SuggestionKind = 'reply' | 'open' | 'dial' | 'map' | 'calendar' | 'compose' | 'device' | 'settings'

export interface SuggestionView {
  /** Its place among all suggestions of the message (cards in order, then chips) or among all leaves of the menu. */
  readonly index: number
  readonly label: string
  readonly kind: SuggestionKind
  readonly place: 'card' | 'chip' | 'menu'
  /** Which card of a carousel it belongs to. */
  readonly card?: number
  readonly used: boolean
  /** What the phone acts on: an address to open, a number to dial, a place, the title of an event. */
  readonly target?: string
  /** What goes with it: a text to send, the time of an event. */
  readonly detail?: string
}

export interface MediaView {
  readonly url: string
  readonly thumbnailUrl?: string
  readonly contentType: string
  readonly height: 'SHORT_HEIGHT' | 'MEDIUM_HEIGHT' | 'TALL_HEIGHT'
  readonly description?: string
}

export interface CardView {
  readonly title?: string
  readonly description?: string
  readonly media?: MediaView
  readonly orientation: 'VERTICAL' | 'HORIZONTAL'
  readonly imageAlignment?: 'LEFT' | 'RIGHT'
  readonly titleStyle: readonly string[]
  readonly descriptionStyle: readonly string[]
}

export interface CarouselView {
  readonly width: 'SMALL_WIDTH' | 'MEDIUM_WIDTH'
  readonly cards: readonly CardView[]
}

/** Whose voice a message is. Only the bank's is drawn with the seal. */
export interface SpeakerView {
  readonly party: 'merchant' | 'bank' | 'platform'
  readonly name: string
}

export type ResultKind = 'done' | 'refused' | 'checking' | 'other'

/** A message of the bank, taken apart so that it can be drawn as a form. */
export interface SealedView {
  /** The title without its amount: what is to be done, or what happened. */
  readonly action: string
  /** As written, with its currency: `¥553.50`. */
  readonly amount?: string
  /** A credit's annual rate: as large as its amount. `more` says how it is meant, and what it is otherwise. */
  readonly rate?: { readonly label: string; readonly value: string; readonly more: string }
  readonly payee?: string
  /** Masked. */
  readonly account?: string
  readonly rows: readonly { readonly label: string; readonly value: string }[]
  readonly note: readonly string[]
  readonly order?: string
  /** It waits for the user's decision. */
  readonly asks: boolean
  /** What kind of result it tells; absent while it asks. */
  readonly result?: ResultKind
  /** While it asks: the index of the reply that the user gave first. */
  readonly answer?: number
  /** For a confirm card: the latest later message of the bank about the same order. */
  readonly outcome?: { readonly title: string; readonly kind: ResultKind; readonly messageId: string }
}

export interface StateView {
  readonly status: string
  readonly at: string
  readonly errorCode?: number
  readonly errorMessage?: string
}

export interface MessageView {
  readonly id: string
  /** As the phone's user sees it: `in` arrived, `out` was sent. */
  readonly direction: 'in' | 'out'
  readonly at: string
  readonly contentTypes: readonly string[]
  readonly text?: string
  readonly card?: CardView
  readonly carousel?: CarouselView
  readonly suggestions: readonly SuggestionView[]
  /** Absent for the user's own messages. */
  readonly speaker?: SpeakerView
  readonly sealed?: SealedView
  readonly states: readonly StateView[]
  readonly trafficType: string
  /** For a tap: what was tapped. */
  readonly answers?: { readonly messageId: string; readonly index: number }
}

export interface ThreadView {
  readonly id: number
  readonly kind: 'chatbot' | 'sms'
  readonly address: string
  readonly name: string
  readonly unread: number
  readonly messages: readonly MessageView[]
}

/** One key of the fixed menu: a suggestion, or a label with suggestions under it. */
export interface MenuKeyView {
  readonly label: string
  readonly suggestion?: SuggestionView
  readonly entries: readonly SuggestionView[]
}

/** What a phone knows of a chatbot. */
export interface ChatbotView {
  readonly chatbotId: string
  readonly number: string
  readonly name: string
  readonly logo: string
  readonly serviceNumber: string
  readonly description: string
  readonly provider: string
  readonly address?: string
  readonly phone?: string
  readonly website?: string
  readonly terms?: string
  readonly verified: boolean
  readonly menu: readonly MenuKeyView[]
}

/** First event of the stream (`phone`), and again whenever more than one thread changed. */
export interface PhoneView {
  readonly phone: string
  readonly fiveG: boolean
  readonly on: boolean
  /** Business time of the operator. */
  readonly now: string
  readonly chatbots: readonly ChatbotView[]
  readonly threads: readonly ThreadView[]
}

/** What crossed the wire for one message. */
export interface WireView {
  readonly messageId: string
  readonly requests: readonly {
    readonly at: string
    readonly method: string
    readonly path: string
    readonly body: unknown
    readonly response?: { readonly at?: string; readonly status: number; readonly body: unknown }
  }[]
  readonly states: readonly StateView[]
  readonly callbacks: readonly {
    readonly at: string
    readonly path: string
    readonly body: unknown
    readonly progress: 'waiting' | 'done' | 'dropped' | 'failed'
    readonly attempts: readonly {
      readonly at: string
      readonly nonce: string
      readonly timestamp: string
      readonly status?: number
      readonly problem?: string
    }[]
  }[]
}
