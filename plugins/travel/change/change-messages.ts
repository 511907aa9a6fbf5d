import {
  cardMessage,
  carousel,
  formatDate,
  reply,
  textMessage,
  type Card,
  type Content,
  type TextRef,
} from '@inthread/sdk'
import { instantToIso } from '@inthread/sdk/time'
import { addDays, instantOf } from '../rail/calendar.ts'
import { mainParts } from '../rail/day-part.ts'
import { dayPartNames, nameIn, seatClassNames } from '../rail/names.ts'
import { buildSeatPlace, coachIn } from '../rail/seat-place.ts'
import { difference, differenceOf, fareOfSeat, positive } from './change-rides.ts'
import { getNewHold, getNewSeat, getOld, getRide, type ChangeContext, type Ride, type When } from './change-slots.ts'
import { fareOfTicket } from '../after/ticket.ts'

type Decision = 'yes' | 'no'

export function whenQuestion(context: ChangeContext): Content<When> {
  const { state, timeZone, locale, t } = context
  const old = getOld(state)
  const prompt = state.missed ? t('noneThen') : t('askWhen', { number: old.train, departs: old.departsAt })
  const tomorrow = addDays(old.date, 1)
  return textMessage<When>(prompt, [
    ...mainParts.map((dayPart) =>
      reply<When>(t('whenChip', { part: nameIn(locale, dayPartNames[dayPart]) }), { dayPart }),
    ),
    reply<When>(t('nextDayChip', { date: instantOf(tomorrow, '12:00', timeZone) }), { date: tomorrow }),
  ])
}

export function ridesQuestion(context: ChangeContext): Content<string> {
  const { state, t } = context
  return carousel<string>(
    (state.rides ?? []).map((ride) => rideCard(ride, context)),
    [reply<string>(t('anotherTime'), '')],
  )
}

function rideCard(ride: Ride, context: ChangeContext): Card<string> {
  const { t } = context
  return {
    title: t('trainTitle', { number: ride.number, departs: ride.departsAt, arrives: ride.arrivesAt }),
    description: rideBody(ride, context),
    suggestions: [reply<string>(t('choose', { number: ride.number }), ride.number)],
  }
}

function rideBody(ride: Ride, { state, locale, t }: ChangeContext): TextRef {
  const amount = difference(getOld(state), ride.seat)
  const vars = {
    date: ride.departsAt,
    ...stations(ride, locale),
    seatClass: nameIn(locale, seatClassNames[ride.seat.seatClass]),
    fare: fareOfSeat(ride.seat),
  }
  if (amount.amountMinor === 0n) return t('rideSame', vars)
  return t(amount.amountMinor > 0n ? 'rideMore' : 'rideBack', { ...vars, amount: positive(amount) })
}

function stations(ride: Ride, locale: string): { readonly from: string; readonly to: string } {
  return { from: nameIn(locale, ride.fromStation), to: nameIn(locale, ride.toStation) }
}

/** What changes, what it costs or gives back, and what becomes of the old ticket. */
export function changeQuestion(context: ChangeContext): Content<Decision> {
  const { state, now, locale, t } = context
  const [old, ride] = [getOld(state), getRide(state)]
  return cardMessage<Decision>({
    title: changeTitle(ride, context),
    description: t('changeBody', {
      date: ride.departsAt,
      ...stations(ride, locale),
      seatClass: nameIn(locale, seatClassNames[ride.seat.seatClass]),
      old: old.train,
      oldFare: fareOfTicket(old),
      fare: fareOfSeat(ride.seat),
      until: state.hold?.until ?? now,
    }),
    suggestions: [reply<Decision>(t('confirmChange'), 'yes'), reply<Decision>(t('dropChange'), 'no')],
  })
}

function changeTitle(ride: Ride, { state, t }: ChangeContext): TextRef {
  const amount = differenceOf(state)
  const vars = { number: ride.number, departs: ride.departsAt }
  if (amount.amountMinor === 0n) return t('changeTitleSame', vars)
  return t(amount.amountMinor > 0n ? 'changeTitleMore' : 'changeTitleBack', { ...vars, amount: positive(amount) })
}

const longestPurpose = 60

/** What the bank writes on its card, and on the statement: `改签 G308→G320 3月6日`. */
export function changePurpose({ state, locale, timeZone }: ChangeContext): string {
  const ride = getRide(state)
  const words = nameIn(locale, { zh: '改签', en: 'Change' })
  const date = formatDate(ride.departsAt, locale, timeZone)
  return [...`${words} ${getOld(state).train}→${ride.number} ${date}`].slice(0, longestPurpose).join('')
}

export function changedNote(context: ChangeContext): Content {
  const { state, locale, t } = context
  const ride = getRide(state)
  const { coach, place } = buildSeatPlace(getNewHold(state).unit, getNewSeat(state))
  return cardMessage({
    title: t('changed', { coach: coachIn(locale, coach), place }),
    description: changedBody(ride, context),
    suggestions: [
      {
        kind: 'event',
        label: t('addToCalendar'),
        title: t('journey', { ...stations(ride, locale), number: ride.number }),
        startsAt: instantToIso(ride.departsAt),
        endsAt: instantToIso(ride.arrivesAt),
      },
    ],
  })
}

function changedBody(ride: Ride, { state, locale, t }: ChangeContext): TextRef {
  const amount = differenceOf(state)
  const vars = {
    number: ride.number,
    ...stations(ride, locale),
    departs: ride.departsAt,
    old: getOld(state).train,
    fare: fareOfSeat(ride.seat),
  }
  if (amount.amountMinor === 0n) return t('changedSame', vars)
  if (amount.amountMinor > 0n) return t('changedMore', { ...vars, amount })
  return t('changedBack', { ...vars, amount: positive(amount) })
}

/** The new ticket was not issued: the old one stays, and what was paid on top goes back. */
export function failedNote({ state, t }: ChangeContext): Content {
  const old = getOld(state).train
  if (state.receipt === undefined) return textMessage(t('changeFailed', { old }))
  return textMessage(t('changeFailedBack', { old, amount: differenceOf(state) }))
}

/** What became of the difference, some time after the ticket was spoken of. */
export function backNote({ state, t }: ChangeContext, text: 'differenceBack' | 'differenceOwed'): Content {
  return textMessage(t(text, { amount: positive(differenceOf(state)) }))
}

export function unclearNote({ state, t }: ChangeContext): Content {
  return textMessage(t('changeUnclear', { amount: differenceOf(state), old: getOld(state).train }))
}

export function soldOutNote({ state, t }: ChangeContext): Content {
  return textMessage(t('changeSoldOut', { number: getRide(state).number }))
}

export function notChangedNote({ state, t }: ChangeContext): Content {
  return textMessage(t('notChanged', { old: getOld(state).train }))
}

export function checkingNote({ state, t }: ChangeContext): Content {
  return textMessage(t('changeChecking', { amount: differenceOf(state), old: getOld(state).train }))
}
