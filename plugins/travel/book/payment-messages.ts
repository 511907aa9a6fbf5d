import { cardMessage, reply, textMessage, type Content, type TextRef } from '@inthread/sdk'
import { instantToIso } from '@inthread/sdk/time'
import { buildSeatPlace, coachIn } from '../rail/seat-place.ts'
import { fareOf } from './offer-messages.ts'
import type { Again, BookContext } from './slots.ts'
import { className, getChosen, getHold, getSeat, stationVars } from './trip.ts'

export function ticketMessage(context: BookContext): Content {
  const { state, locale, t } = context
  const offer = getChosen(state)
  const { coach, place } = buildSeatPlace(getHold(state).unit, getSeat(state))
  const stations = stationVars(offer, context)
  return cardMessage({
    title: t('ticketTitle', { coach: coachIn(locale, coach), place }),
    description: t('ticketBody', {
      ...stations,
      number: offer.number,
      departs: offer.departsAt,
      arrives: offer.arrivesAt,
      seatClass: className(getSeat(state).seatClass, context),
      fare: fareOf(getSeat(state)),
      receipt: state.receipt ?? '',
    }),
    suggestions: [
      {
        kind: 'event',
        label: t('addToCalendar'),
        title: t('journey', { ...stations, number: offer.number }),
        startsAt: instantToIso(offer.departsAt),
        endsAt: instantToIso(offer.arrivesAt),
      },
    ],
  })
}

/** Says why there is no ticket, and offers what may help. */
export function againQuestion(context: BookContext): Content<Again> {
  const { t } = context
  return textMessage<Again>(setbackText(context), [
    reply<Again>(t('tryAgain'), 'retry'),
    reply<Again>(t('anotherTrain'), 'other'),
    reply<Again>(t('noThanks'), 'stop'),
  ])
}

function setbackText({ state, t }: BookContext): TextRef {
  switch (state.setback) {
    case 'insufficient_funds':
      return t('insufficientFunds', { fare: fareOf(getSeat(state)) })
    case 'try_later':
      return t('tryLater')
    case 'cancelled':
      return t('cancelled')
    case 'expired':
      return t('expired')
    case 'not_linked':
      return t('notLinked')
    case 'declined':
    case undefined:
      return t('declined')
  }
}

export function beingCheckedNote({ state, t }: BookContext): Content {
  return textMessage(t('beingChecked', { number: getChosen(state).number, fare: fareOf(getSeat(state)) }))
}

export function stillOpenNote({ state, t }: BookContext): Content {
  return textMessage(t('stillOpen', { number: getChosen(state).number, fare: fareOf(getSeat(state)) }))
}

export function paidNoSeatNote({ state, t }: BookContext): Content {
  const { number } = getChosen(state)
  return textMessage(t('paidNoSeat', { number, fare: fareOf(getSeat(state)), receipt: state.receipt ?? '' }))
}

export function givenBackNote({ state, t }: BookContext): Content {
  return textMessage(t('paidGivenBack', { number: getChosen(state).number, amount: fareOf(getSeat(state)) }))
}
