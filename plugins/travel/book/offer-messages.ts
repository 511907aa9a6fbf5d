import {
  cardMessage,
  carousel,
  formatDate,
  money,
  reply,
  textMessage,
  type Card,
  type Content,
  type Money,
  type Suggestion,
  type TextRef,
} from '@inthread/sdk'
import { dayOf } from '../rail/calendar.ts'
import type { Seat } from '../rail/collections.ts'
import { isInPart, mainParts } from '../rail/day-part.ts'
import { dayPartNames, nameIn, seatClasses, type DayPart, type SeatClass } from '../rail/names.ts'
import { listOffersInPart, listOffersOnPage, pageSize } from './offers.ts'
import { laterDayChips } from './search-messages.ts'
import type { Answer, BookContext, Decision, Offer } from './slots.ts'
import { className, classOf, getChosen, getSeat, getTrip, partName, stationVars, tripVars } from './trip.ts'

export function noRouteQuestion(context: BookContext): Content<Answer> {
  const { t } = context
  const { from, to } = tripVars(context)
  return textMessage<Answer>(t('noRoute', { from, to }), [
    reply<Answer>(t('changeRoute'), 'route'),
    reply<Answer>(t('swap'), 'swap'),
  ])
}

export function noClassQuestion(context: BookContext): Content<Answer> {
  const { state, t } = context
  const { from, to } = tripVars(context)
  const wanted = classOf(state)
  const others = seatClasses.filter((seatClass) => seatClass !== wanted)
  return textMessage<Answer>(t('noClass', { from, to, seatClass: className(wanted, context) }), [
    ...others.map((seatClass) => classChip(seatClass, context)),
    reply<Answer>(t('changeRoute'), 'route'),
  ])
}

function classChip(seatClass: SeatClass, context: BookContext): Suggestion<Answer> {
  return reply<Answer>(context.t('classChip', { seatClass: className(seatClass, context) }), { seatClass })
}

export function noneThatDayQuestion(context: BookContext): Content<Answer> {
  const { t } = context
  const chips = [...laterDayChips(getTrip(context.state).date, context), reply<Answer>(t('changeRoute'), 'route')]
  return textMessage<Answer>(t('noneThatDay', tripVars(context)), chips)
}

export function noneInPartQuestion(context: BookContext): Content<Answer> {
  const { state, t } = context
  const { date } = tripVars(context)
  return textMessage<Answer>(t('noneInPart', { date, part: partName(context), trains: state.offers?.length ?? 0 }), [
    reply<Answer>(t('anyPart'), { dayPart: 'any' }),
    reply<Answer>(t('changeDate'), 'date'),
  ])
}

export function partQuestion(context: BookContext): Content<Answer> {
  const { state, t } = context
  const chips = mainParts.flatMap((part) => partChip(part, context))
  return textMessage<Answer>(t('askPart', { ...tripVars(context), trains: state.offers?.length ?? 0 }), [
    ...chips,
    reply<Answer>(t('anyPart'), { dayPart: 'any' }),
  ])
}

/** None for a part of the day without trains. */
function partChip(part: DayPart, { state, locale, t }: BookContext): Suggestion<Answer>[] {
  const trains = (state.offers ?? []).filter((offer) => isInPart(offer.departs, part)).length
  const name = nameIn(locale, dayPartNames[part])
  return trains === 0 ? [] : [reply<Answer>(t('partChip', { part: name, trains }), { dayPart: part })]
}

export function pickQuestion(context: BookContext): Content<Answer> {
  const { state, t } = context
  const cards = listOffersOnPage(state).map((offer) => offerCard(offer, context))
  const more = listOffersInPart(state).length > pageSize ? [reply<Answer>(t('laterTrains'), 'later')] : []
  return carousel<Answer>(cards, [...more, reply<Answer>(t('changeSearch'), 'change')])
}

function offerCard(offer: Offer, context: BookContext): Card<Answer> {
  const { state, t } = context
  return {
    title: offerTitle(offer, context),
    description: t('trainBody', {
      ...stationVars(offer, context),
      date: offer.departsAt,
      hours: Math.floor(offer.minutes / 60),
      minutes: offer.minutes % 60,
      seatClass: className(classOf(state), context),
      fare: offer.fare,
    }),
    suggestions: [reply<Answer>(t('choose', { number: offer.number }), { train: offer.number })],
  }
}

function offerTitle({ number, departsAt, arrivesAt }: Offer, { timeZone, t }: BookContext): TextRef {
  const vars = { number, departs: departsAt, arrives: arrivesAt }
  if (dayOf(departsAt, timeZone) === dayOf(arrivesAt, timeZone)) return t('trainTitle', vars)
  return t('trainTitleOvernight', { ...vars, arrivesOn: arrivesAt })
}

export function tooLateNote({ state, t }: BookContext): Content {
  return textMessage(t('tooLate', { number: getChosen(state).number }))
}

export function soldOutNote(context: BookContext): Content {
  const { state, t } = context
  const { number, departsAt } = getChosen(state)
  return textMessage(t('soldOut', { number, date: departsAt, seatClass: className(classOf(state), context) }))
}

export function holdOverNote({ state, t }: BookContext): Content {
  return textMessage(t('holdOver', { number: getChosen(state).number }))
}

/** What is about to be paid, with the other classes of the train as chips. */
export function summaryQuestion(context: BookContext): Content<Decision> {
  const { state, now, t } = context
  const offer = getChosen(state)
  const card: Card<Decision> = {
    title: t('summaryTitle', { number: offer.number, departs: offer.departsAt, fare: fareOf(getSeat(state)) }),
    description: t('summaryBody', {
      ...stationVars(offer, context),
      date: offer.departsAt,
      arrives: offer.arrivesAt,
      seatClass: className(classOf(state), context),
      until: state.hold?.until ?? now,
    }),
    suggestions: [reply<Decision>(t('pay'), 'pay'), reply<Decision>(t('anotherTrain'), 'other')],
  }
  return cardMessage<Decision>(card, otherClassChips(context))
}

function otherClassChips(context: BookContext): Suggestion<Decision>[] {
  const { state, t } = context
  const others = seatClasses.filter((seatClass) => seatClass !== classOf(state))
  const seats = others.flatMap((other) => state.classes?.find((seat) => seat.seatClass === other) ?? [])
  return seats.map((seat) => {
    const label = t('otherClass', { seatClass: className(seat.seatClass, context), fare: fareOf(seat) })
    return reply<Decision>(label, { seatClass: seat.seatClass })
  })
}

export function fareOf(seat: Seat): Money {
  return money(seat.fare, seat.currency)
}

const longestPurpose = 60

/** What the bank writes on its confirm card: `G308 成都东→北京西 3月6日`. */
export function buildPurpose(context: BookContext): string {
  const offer = getChosen(context.state)
  const { from, to } = stationVars(offer, context)
  const date = formatDate(offer.departsAt, context.locale, context.timeZone)
  return [...`${offer.number} ${from}→${to} ${date}`].slice(0, longestPurpose).join('')
}
