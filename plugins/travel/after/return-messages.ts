import { cardMessage, Fault, reply, textMessage, type Content, type ContextOf, type Money, type z } from '@inthread/sdk'
import type { contract } from '../contract.ts'
import { nameIn } from '../rail/names.ts'
import { returnFee, subtract } from './refund-parts.ts'
import type { returnState } from './return-state.ts'
import { fareOfTicket, type Ticket } from './ticket.ts'

type ReturnState = z.infer<typeof returnState>
type ReturnContext = ContextOf<typeof contract, ReturnState, Readonly<Record<never, never>>>
type Decision = 'yes' | 'no'

export function getTicket({ ticket }: ReturnState): Ticket {
  if (!ticket) throw new Fault('platform.unexpected', { data: { step: 'travel/return: ticket' } })
  return ticket
}

export function refundOf({ state, config }: Pick<ReturnContext, 'state' | 'config'>): {
  readonly fee: Money
  readonly refund: Money
} {
  const fare = fareOfTicket(getTicket(state))
  const fee = returnFee(fare, config.returnFeePercent)
  return { fee, refund: subtract(fare, fee) }
}

export function returnQuestion(context: ReturnContext): Content<Decision> {
  const { state, config, locale, t } = context
  const ticket = getTicket(state)
  const { fee, refund } = refundOf(context)
  return cardMessage<Decision>({
    title: t('returnTitle', { number: ticket.train, refund }),
    description: t('returnBody', {
      departs: ticket.departsAt,
      from: nameIn(locale, ticket.fromStation),
      to: nameIn(locale, ticket.toStation),
      fare: fareOfTicket(ticket),
      percent: config.returnFeePercent,
      fee,
      refund,
    }),
    suggestions: [reply<Decision>(t('confirmReturn'), 'yes'), reply<Decision>(t('keepTicket'), 'no')],
  })
}

/** In the merchant's words, for the bank's statement. */
export function returnReason({ state, locale }: Pick<ReturnContext, 'state' | 'locale'>): string {
  return `${nameIn(locale, { zh: '退票', en: 'Returned ticket' })} ${getTicket(state).train}`
}

export function returnedNote(context: ReturnContext): Content {
  return textMessage(context.t('returned', { number: getTicket(context.state).train, ...refundOf(context) }))
}

export function partlyNote(context: ReturnContext): Content {
  const { refund } = refundOf(context)
  return textMessage(context.t('returnPartly', { number: getTicket(context.state).train, refund }))
}

/** After a week without a word of the bank. */
export function owedNote(context: ReturnContext): Content {
  const { refund } = refundOf(context)
  return textMessage(context.t('returnOwed', { number: getTicket(context.state).train, refund }))
}

export function refusedNote({ state, t }: ReturnContext): Content {
  return textMessage(t('returnRefused', { number: getTicket(state).train }))
}
