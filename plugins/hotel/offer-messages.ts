import { carousel, formatDate, reply, textMessage, type Content } from '@inthread/sdk'
import { getRoom, nameOf, priceOf, type OfferContext } from './slots.ts'

export function roomsQuestion(context: OfferContext): Content<string> {
  const { state, input, locale, t } = context
  return carousel<string>(
    (state.rooms ?? []).map((room) => ({
      title: t('roomTitle', { name: nameOf(room, context), price: priceOf(room) }),
      description: t('roomLine', { date: input.arrivesAt, line: locale.startsWith('zh') ? room.line : room.lineEn }),
      suggestions: [reply<string>(t('take', { name: nameOf(room, context) }), room.id)],
    })),
    [reply<string>(t('noThanks'), 'no'), reply<string>(t('never'), 'never')],
  )
}

export function consentQuestion(context: OfferContext): Content<'yes' | 'no'> {
  const { t } = context
  return textMessage<'yes' | 'no'>(t('consent', { name: chosenName(context) }), [
    reply<'yes' | 'no'>(t('agree'), 'yes'),
    reply<'yes' | 'no'>(t('disagree'), 'no'),
  ])
}

export function chosenName(context: OfferContext): string {
  return nameOf(getRoom(context.state), context)
}

/** What the bank writes on its card: the hotel's own order, apart from the ticket's. */
export function purposeOf(context: OfferContext): string {
  const date = formatDate(context.input.arrivesAt, context.locale, context.timeZone)
  return `${chosenName(context)} ${date}`.slice(0, 60)
}

export function bookedNote(context: OfferContext): Content {
  const { state, input, t } = context
  const price = priceOf(getRoom(state))
  return textMessage(
    t('booked', { name: chosenName(context), date: input.arrivesAt, price, receipt: state.receipt ?? '' }),
  )
}

export function goingBackNote(context: OfferContext): Content {
  const { state, t } = context
  return textMessage(t('goingBack', { name: chosenName(context), price: priceOf(getRoom(state)) }))
}

export function lostNote(context: OfferContext): Content {
  const { state, t } = context
  const vars = { name: chosenName(context), price: priceOf(getRoom(state)) }
  return textMessage(t(state.returned === true ? 'givenBack' : 'owed', vars))
}
