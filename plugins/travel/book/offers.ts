import { addMs, minutes, money } from '@inthread/sdk'
import { instantOf } from '../rail/calendar.ts'
import type { Seat, Train } from '../rail/collections.ts'
import { isInPart } from '../rail/day-part.ts'
import type { SeatClass } from '../rail/names.ts'
import type { BookContext, BookState, Offer } from './slots.ts'
import { classOf, getChosen, getTrip } from './trip.ts'

/** How many trains are shown at once. */
export const pageSize = 10

/** More trains than this, and the part of the day is asked for. */
export const fewTrains = 5

/** The trains of the day that are still on sale and have the class that was asked for, with its fare. */
export function buildOffers(seats: readonly Seat[], context: BookContext): Offer[] {
  const { state } = context
  const full = new Set(state.soldOut)
  const seatOf = new Map(seats.map((seat) => [seat.train, seat]))
  return (state.trains ?? []).flatMap((train) => {
    const seat = seatOf.get(train.number)
    if (!seat || full.has(saleKey(train.number, state))) return []
    const offer = buildOffer(train, seat, context)
    return isOnSale(offer, context) ? [offer] : []
  })
}

function buildOffer(train: Train, seat: Seat, { state, timeZone }: BookContext): Offer {
  const departsAt = instantOf(getTrip(state).date, train.departs, timeZone)
  return {
    number: train.number,
    departs: train.departs,
    departsAt,
    arrivesAt: addMs(departsAt, minutes(train.minutes)),
    minutes: train.minutes,
    fromStation: { zh: train.fromStation, en: train.fromStationEn },
    toStation: { zh: train.toStation, en: train.toStationEn },
    fare: money(seat.fare, seat.currency),
  }
}

/** Long enough before departure. */
export function isOnSale(offer: Offer, { now, config }: BookContext): boolean {
  return offer.departsAt >= addMs(now, minutes(config.closeBeforeMinutes))
}

export function listOffersInPart({ offers = [], dayPart = 'any' }: BookState): readonly Offer[] {
  return offers.filter((offer) => isInPart(offer.departs, dayPart))
}

/** The trains that stand in front of the user. After the last page comes the first. */
export function listOffersOnPage(state: BookState): readonly Offer[] {
  const offers = listOffersInPart(state)
  const pages = Math.max(1, Math.ceil(offers.length / pageSize))
  const first = ((state.page ?? 0) % pages) * pageSize
  return offers.slice(first, first + pageSize)
}

/** What is remembered of a train that turned out to be full: another class or day of it may still be free. */
export function addSoldOut(state: BookState): string[] {
  return [...(state.soldOut ?? []), saleKey(getChosen(state).number, state)]
}

function seatKey(train: string, seatClass: SeatClass): string {
  return `${train}/${seatClass}`
}

function saleKey(train: string, state: BookState): string {
  return `${seatKey(train, classOf(state))}/${getTrip(state).date}`
}
