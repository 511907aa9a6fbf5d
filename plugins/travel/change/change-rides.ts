import { addMs, minutes, money, moneyToDecimal, type Money } from '@inthread/sdk'
import { addDays, dayOf, instantOf, type Day } from '../rail/calendar.ts'
import type { Seat } from '../rail/collections.ts'
import { isInPart } from '../rail/day-part.ts'
import { withoutParts, splitRefund, subtract, type RefundPart } from '../after/refund-parts.ts'
import {
  getNewHold,
  getNewSeat,
  getOld,
  getRide,
  type ChangeContext,
  type ChangeState,
  type Ride,
} from './change-slots.ts'
import { buildTicket, fareOfTicket, type Ticket } from '../after/ticket.ts'

const shownAtMost = 10

/** The day that is wanted; that of the old ticket when none was named. */
export function wantedDay(state: ChangeState): Day {
  return state.when?.date ?? getOld(state).date
}

/** Trains on sale at the wanted time that have the class, but for the one that is to be changed. */
export function listRides(seats: readonly Seat[], { state, now, timeZone, config }: ChangeContext): Ride[] {
  const old = getOld(state)
  const day = wantedDay(state)
  const lastDay = addDays(dayOf(now, timeZone), config.daysAhead)
  const closesAt = addMs(now, minutes(config.closeBeforeMinutes))
  const { dayPart = 'any' } = state.when ?? {}
  const seatOf = new Map(seats.map((seat) => [seat.train, seat]))
  const rides = (state.trains ?? []).flatMap((train): Ride[] => {
    const seat = seatOf.get(train.number)
    const departsAt = instantOf(day, train.departs, timeZone)
    const same = train.number === old.train && day === old.date && seat?.seatClass === old.seatClass
    if (!seat || same || departsAt < closesAt || !isInPart(train.departs, dayPart)) return []
    return [
      {
        number: train.number,
        departs: train.departs,
        departsAt,
        arrivesAt: addMs(departsAt, minutes(train.minutes)),
        fromStation: { zh: train.fromStation, en: train.fromStationEn },
        toStation: { zh: train.toStation, en: train.toStationEn },
        seat,
      },
    ]
  })
  const free = rides.filter(({ seat }) => !state.full?.includes(`${seat.id}/${day}`))
  return day > lastDay ? [] : free.slice(0, shownAtMost)
}

export function fareOfSeat({ fare, currency }: Seat): Money {
  return money(fare, currency)
}

/** What the new ticket costs on top; below nothing when money goes back. */
export function difference(ticket: Ticket, seat: Seat): Money {
  return subtract(fareOfSeat(seat), fareOfTicket(ticket))
}

export function differenceOf(state: ChangeState): Money {
  return difference(getOld(state), getNewSeat(state))
}

export function positive(amount: Money): Money {
  return amount.amountMinor < 0n ? { ...amount, amountMinor: -amount.amountMinor } : amount
}

/** What goes back when the new ticket is cheaper, or when the paid difference bought nothing. */
export function partsBack(state: ChangeState): RefundPart[] {
  const amount = differenceOf(state)
  if (amount.amountMinor > 0n) return state.receipt === undefined ? [] : [{ receipt: state.receipt, amount }]
  return splitRefund(getOld(state), positive(amount))
}

/** Cheaper, or paid for a ticket that was not issued. */
export function isOwed(state: ChangeState): boolean {
  return state.issued === true ? differenceOf(state).amountMinor < 0n : state.receipt !== undefined
}

export function buildChanged(state: ChangeState): Ticket {
  const old = getOld(state)
  const seat = getNewSeat(state)
  const receipt = state.receipt ?? ''
  const fresh = buildTicket({ ride: getRide(state), seat, date: wantedDay(state), hold: getNewHold(state), receipt })
  return { ...fresh, id: old.id, changed: true, payments: paymentsAfter(state) }
}

function paymentsAfter(state: ChangeState): Ticket['payments'] {
  const old = getOld(state)
  const parts = partsBack(state)
  if (differenceOf(state).amountMinor <= 0n) return withoutParts(old.payments, parts)
  return [...old.payments, ...parts.map(({ receipt, amount }) => ({ receipt, amount: moneyToDecimal(amount) }))]
}
