import {
  cardMessage,
  carousel,
  formatDay,
  formatMoney,
  money,
  moneyToDecimal,
  reply,
  textMessage,
  type Content,
} from '@inthread/sdk'
import type { Product } from '../catalogue.ts'
import { getQuote, type BuyContext } from './slots.ts'

export function productQuestion(context: BuyContext): Content<string> {
  const { state, locale, t } = context
  const chinese = locale.startsWith('zh')
  const nameOf = (each: Product): string => (chinese ? each.name : each.nameEn)
  return carousel<string>(
    (state.products ?? []).map((each) => ({
      title: t('productTitle', { name: nameOf(each) }),
      description: t('productLine', { line: chinese ? each.line : each.lineEn }),
      suggestions: [reply<string>(t('getQuote', { name: nameOf(each) }), each.product)],
    })),
  )
}

/** Cover, exclusions, period and declaration as the bank words them. */
export function quoteQuestion({ state, t, locale }: BuyContext): Content<'yes' | 'no'> {
  const { name, amount, facts } = getQuote(state)
  const colon = locale.startsWith('zh') ? '：' : ': '
  // What the title says already is not said again: the card shows eight lines before it folds.
  const told = facts.filter(({ value }) => value !== name && value !== formatMoney(amount))
  const rows = told.map(({ label, value }) => `${label}${colon}${value}`)
  const [r1 = '', r2 = '', r3 = '', r4 = '', r5 = '', r6 = '', r7 = '', r8 = ''] = rows
  return cardMessage<'yes' | 'no'>({
    title: t('quoteTitle', { name, premium: amount }),
    description: t('quoteBody', { r1, r2, r3, r4, r5, r6, r7, r8 }),
    suggestions: [reply<'yes' | 'no'>(t('declareAndBuy'), 'yes'), reply<'yes' | 'no'>(t('notNow'), 'no')],
  })
}

export function premiumOf({ state }: Pick<BuyContext, 'state'>): string {
  return moneyToDecimal(getQuote(state).amount)
}

export function movedNote({ state, t }: BuyContext): Content {
  const { amount } = getQuote(state)
  return textMessage(t('premiumMoved', { before: money(state.shown ?? '0', amount.currency), premium: amount }))
}

export function boundNote({ state, t, locale }: BuyContext): Content {
  const { name, amount } = getQuote(state)
  const { policyNo = '', from = '', to = '' } = state.policy ?? {}
  const [begins, ends] = [from, to].map((day) => (day === '' ? '' : formatDay(day, locale)))
  return textMessage(t('bound', { name, number: policyNo, from: begins ?? '', to: ends ?? '', premium: amount }))
}

export function boundPlainNote({ state, t }: BuyContext): Content {
  const { name, amount } = getQuote(state)
  return textMessage(t('boundPlain', { name, premium: amount }))
}

/** Why it was refused is the bank's to say, and has been said. */
export function retryQuestion({ state, t }: BuyContext): Content<'again' | 'later'> {
  return textMessage<'again' | 'later'>(t('notBoundYet', { name: getQuote(state).name }), [
    reply<'again' | 'later'>(t('tryAgain'), 'again'),
    reply<'again' | 'later'>(t('notNow'), 'later'),
  ])
}

export function notBoundNote({ state, t }: BuyContext): Content {
  const { name } = getQuote(state)
  // After a while of not knowing, the premium may have been taken and given back.
  return textMessage(t(state.paid === false ? 'notBoundAfterAll' : 'notBound', { name }))
}
