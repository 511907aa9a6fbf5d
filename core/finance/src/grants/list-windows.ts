import { localParts } from '@inthread/sdk'
import { addMs, days, minutes, type Instant } from '@inthread/sdk/time'
import type { GrantTerms } from './grant-terms.ts'

/** A stretch of time in which one side's use is added up, and how much of it may be used. */
export interface GrantWindow {
  /** Whose: see {@link placeOf}. */
  readonly place: string
  readonly span: string
  readonly ceiling: 'perDay' | 'perUserDay' | 'perMinute'
  /** In minor units, or in calls for a minute; undefined where it is only added up. */
  readonly cap: bigint | undefined
  /** When it no longer matters and may be forgotten. */
  readonly forgetAt: Instant
}

export interface WindowCall {
  readonly now: Instant
  readonly timeZone: string
  readonly subscriberId: string
  /** Undefined for an operation that moves no money. */
  readonly currency: string | undefined
}

export interface WindowSide {
  readonly place: string
  readonly terms: GrantTerms
  /**
   * Added up even where there is no limit, so that one that is set at noon knows the morning. A plugin's own limits
   * come with its version and need not.
   */
  readonly always: boolean
}

/**
 * Every window of a call, in the one order in which they are locked: what few share first, and the day that all of a
 * tenant's callers share last, so that they wait for one another as shortly as possible.
 */
export function listWindows(call: WindowCall, sides: readonly WindowSide[]): readonly GrantWindow[] {
  return sides
    .flatMap((side) => listSide(call, side))
    .toSorted((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1))
}

const ranks = { perUserDay: 0, perMinute: 1, perDay: 2 } as const
const orderOf = ({ ceiling, place, span }: GrantWindow): string => `${ranks[ceiling]} ${place} ${span}`

function listSide({ now, timeZone, subscriberId, currency }: WindowCall, side: WindowSide): GrantWindow[] {
  const { place, terms, always } = side
  const windows: GrantWindow[] = []
  if (terms.perMinute !== undefined) {
    const minute = Math.floor(now / (minutes(1) * 1000))
    const cap = BigInt(terms.perMinute)
    windows.push({ place, span: `minute/${minute}`, ceiling: 'perMinute', cap, forgetAt: addMs(now, minutes(10)) })
  }
  if (currency === undefined) return windows
  const day = dayOf(now, timeZone)
  const forgetAt = addMs(now, days(3))
  const perDay = terms.perDay?.amountMinor
  const perUserDay = terms.perUserDay?.amountMinor
  if (always || perDay !== undefined)
    windows.push({ place, span: `day/${day}/${currency}`, ceiling: 'perDay', cap: perDay, forgetAt })
  if (always || perUserDay !== undefined)
    windows.push({
      place,
      span: `user/${subscriberId}/${day}/${currency}`,
      ceiling: 'perUserDay',
      cap: perUserDay,
      forgetAt,
    })
  return windows
}

/** The calendar day of an instant in a zone, written so that days compare as texts. */
export function dayOf(at: Instant, timeZone: string): string {
  const { year, month, day } = localParts(at, timeZone)
  const pad = (part: number, width: number): string => String(part).padStart(width, '0')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}
