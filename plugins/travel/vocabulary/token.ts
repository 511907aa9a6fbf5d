import type { CityId } from '../rail/cities.ts'
import type { DayPart, SeatClass } from '../rail/names.ts'

export type Unit = 'year' | 'month' | 'date' | 'oClock' | 'half' | 'minute' | 'daysLater' | 'days'

/** What a known word means. A sentence with one unknown word has no tokens at all: see `tokenise`. */
export type Token =
  | { readonly kind: 'city'; readonly city: CityId }
  /** 从, from */
  | { readonly kind: 'from' }
  /** `leaving`: like `from` before a city, like nothing elsewhere. */
  | { readonly kind: 'leaving' }
  /** 出发: the city before it is where the journey starts. */
  | { readonly kind: 'departs' }
  /** 到, 去, to */
  | { readonly kind: 'to' }
  /** `for`: like `to` before a city, like nothing elsewhere. */
  | { readonly kind: 'for' }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  /** `6th`, and `sixth` as a word. */
  | { readonly kind: 'ordinal'; readonly value: number; readonly inDigits: boolean }
  | { readonly kind: 'unit'; readonly unit: Unit }
  | { readonly kind: 'mark'; readonly mark: string }
  | { readonly kind: 'today'; readonly plusDays: number }
  /** `weeks` counts from the present calendar week; undefined: the coming one of that name. */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly weeks: number | undefined }
  | { readonly kind: 'month'; readonly month: number }
  | { readonly kind: 'part'; readonly part: DayPart }
  | { readonly kind: 'meridiem'; readonly plusHours: 0 | 12 }
  | { readonly kind: 'class'; readonly seatClass: SeatClass }
  /** 张, people: what a number of passengers is counted in. */
  | { readonly kind: 'passenger' }
  /** `tickets`: counted like passengers, nothing by itself; 火车票 surely means a train. */
  | { readonly kind: 'ticket'; readonly surely: boolean }
  | { readonly kind: 'train' }
  | { readonly kind: 'at' }
  | { readonly kind: 'in' }
  | { readonly kind: 'of' }
  /** Polite and joining words that change nothing. */
  | { readonly kind: 'filler' }
  /** A known expression that turns the sentence into something else than a wish to travel. */
  | { readonly kind: 'refusal' }

export type Lexicon = ReadonlyMap<string, readonly Token[]>
