import { cardMessage, formatMoney, reply, textMessage, type Content } from '@inthread/sdk'
import { amountOf, itemOf, untilOf, type BuyContext, type Remedy } from './slots.ts'

export function askHow(context: BuyContext): Content<'pay' | 'parts' | 'leave'> {
  const { t, config } = context
  return cardMessage({
    title: t('buyTitle', { name: itemOf(context).name, amount: amountOf(context) }),
    description: t('kept', { until: untilOf(context) }),
    suggestions: [
      reply(t('pay'), 'pay' as const),
      ...(config.instalments === '' ? [] : [reply(t('inParts'), 'parts' as const)]),
      reply(t('leave'), 'leave' as const),
    ],
  })
}

/** What the shop and its bank have for somebody whose money is not enough. */
export function askRemedy(context: BuyContext): Content<Remedy> {
  const { t, state, config } = context
  const tried: readonly Remedy[] = state.tried ?? []
  const open = (remedy: Remedy, product: string): boolean => product !== '' && !tried.includes(remedy)
  const facts = { amount: amountOf(context), until: untilOf(context) }
  return textMessage(state.reason === 'insufficient_funds' ? t('shortOf', facts) : t('notPaidYet', facts), [
    reply(t(state.refused ? 'otherCard' : 'pay'), 'again' as const),
    ...(open('parts', config.instalments) ? [reply(t('inParts'), 'parts' as const)] : []),
    ...(open('loan', config.loan) ? [reply(t('byLoan'), 'loan' as const)] : []),
    ...(open('card', config.card) ? [reply(t('getCard'), 'card' as const)] : []),
    reply(t('cancel'), 'leave' as const),
  ])
}

/** The bank's own offer: how much each time, and what it costs by the year, also when it costs nothing. */
export function askParts(context: BuyContext): Content<'yes' | 'no'> {
  const { t, state, locale } = context
  const colon = locale.startsWith('zh') ? '：' : ': '
  const amount = amountOf(context)
  const { rate = '', rows = [] } = state
  // A title has two lines: it holds the first half of the rate, and the whole of it stands under it.
  const [titleRate = rate] = rate.split(/\s*\/\s*/)
  const said = rows.findIndex(({ value }) => value === formatMoney(amount))
  const others = rows.filter((_row, index) => index !== said).map(({ label, value }) => `${label}${colon}${value}`)
  const [row1 = '', row2 = '', row3 = '', row4 = ''] = [rate, ...others]
  return cardMessage({
    title: t('partsTitle', { name: itemOf(context).name, amount, rate: titleRate }),
    description: t('partsBody', { row1, row2, row3, row4 }),
    suggestions: [reply(t('confirmParts'), 'yes' as const), reply(t('noParts'), 'no' as const)],
  })
}

/** The card is there; the purchase is still unpaid, and stays so until the user says yes and then confirms. */
export function askResume(context: BuyContext): Content<'yes' | 'no'> {
  const { t } = context
  return cardMessage({
    title: t('resumeTitle', { name: itemOf(context).name, amount: amountOf(context) }),
    description: t('resumeBody', { until: untilOf(context) }),
    suggestions: [reply(t('pay'), 'yes' as const), reply(t('notNow'), 'no' as const)],
  })
}
