import type { Day } from '../rail/calendar.ts'
import type { CityId } from '../rail/cities.ts'
import type { DayPart, SeatClass } from '../rail/names.ts'
import type { Token } from '../vocabulary/token.ts'

/** One thing that a sentence says. */
export type Finding =
  | { readonly kind: 'place'; readonly city: CityId; readonly role: 'from' | 'to' | undefined }
  | { readonly kind: 'day'; readonly day: Day }
  /** Minutes after midnight that a time of day may mean: 三点 is two of them. */
  | { readonly kind: 'clock'; readonly minutes: readonly number[] }
  | { readonly kind: 'part'; readonly part: DayPart }
  | { readonly kind: 'class'; readonly seatClass: SeatClass }
  | { readonly kind: 'passengers'; readonly count: number }
  /** It is about trains for sure. */
  | { readonly kind: 'train' }
  /** Divides what stands before from what stands after. */
  | { readonly kind: 'gap' }
  /** A day or a time that can mean two things: it is left out, and asked for. */
  | { readonly kind: 'unclear' }

/** What a rule made of the tokens at a place: how many it used up, and what they say, if anything. */
export interface Match {
  readonly length: number
  readonly finding?: Finding
}

/** What a rule may look at. */
export interface Scene {
  readonly tokens: readonly Token[]
  readonly today: Day
  /** Written with Chinese characters: 3/6 is then surely the sixth of March. */
  readonly chinese: boolean
}

/** undefined: the rule has nothing to say here, and the next one is asked. */
export type Rule = (scene: Scene, at: number) => Match | undefined
