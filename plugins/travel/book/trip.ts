import { Fault, type Hold, type Instant } from '@inthread/sdk'
import { addDays, dayOf, instantOf, type Day } from '../rail/calendar.ts'
import { cities, type CityId } from '../rail/cities.ts'
import type { Seat } from '../rail/collections.ts'
import { dayPartNames, nameIn, seatClassNames, type SeatClass } from '../rail/names.ts'
import type { BookContext, BookState, Offer } from './slots.ts'

/** What is known once nothing is missing. */
export interface Trip {
  readonly fromCity: CityId
  readonly toCity: CityId
  readonly date: Day
}

/** Steps that need the whole trip stand behind the branch that proves it; a gap here is a mistake in the flow. */
export function getTrip({ fromCity, toCity, date }: BookState): Trip {
  if (!fromCity || !toCity || !date) throw new Fault('platform.unexpected', { data: { step: 'travel/book: trip' } })
  return { fromCity, toCity, date }
}

export function getChosen({ chosen }: BookState): Offer {
  if (!chosen) throw new Fault('platform.unexpected', { data: { step: 'travel/book: chosen' } })
  return chosen
}

/** The class to be sold: the second when none was named. */
export function classOf(state: BookState): SeatClass {
  return state.seatClass ?? 'second'
}

export function findSeat(state: BookState): Seat | undefined {
  return state.classes?.find((seat) => seat.seatClass === classOf(state))
}

export function getSeat(state: BookState): Seat {
  const seat = findSeat(state)
  if (!seat) throw new Fault('platform.unexpected', { data: { step: 'travel/book: seat' } })
  return seat
}

export function getHold({ hold }: BookState): Hold {
  if (!hold) throw new Fault('platform.unexpected', { data: { step: 'travel/book: hold' } })
  return hold
}

/** A day as texts want it: its noon, which is on that day wherever the tenant lives. */
export function noonOf(day: Day, { timeZone }: Pick<BookContext, 'timeZone'>): Instant {
  return instantOf(day, '12:00', timeZone)
}

export function today({ now, timeZone }: BookContext): Day {
  return dayOf(now, timeZone)
}

/** The last day on sale. */
export function lastDay(context: BookContext): Day {
  return addDays(today(context), context.config.daysAhead)
}

export function cityName(city: CityId, { locale }: BookContext): string {
  return nameIn(locale, cities[city])
}

export function className(seatClass: SeatClass, { locale }: BookContext): string {
  return nameIn(locale, seatClassNames[seatClass])
}

export function partName({ state, locale }: BookContext): string {
  return nameIn(locale, dayPartNames[state.dayPart ?? 'any'])
}

/** Day and cities of the trip, as variables of a text. */
export function tripVars(context: BookContext): { readonly date: Instant; readonly from: string; readonly to: string } {
  const { fromCity, toCity, date } = getTrip(context.state)
  return { date: noonOf(date, context), from: cityName(fromCity, context), to: cityName(toCity, context) }
}

/** The stations of a train, as variables of a text. */
export function stationVars(offer: Offer, { locale }: BookContext): { readonly from: string; readonly to: string } {
  return { from: nameIn(locale, offer.fromStation), to: nameIn(locale, offer.toStation) }
}
