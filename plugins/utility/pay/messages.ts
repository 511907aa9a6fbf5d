import { cardMessage, money, moneyToDecimal, reply, textMessage, type Content, type TextRef } from '@inthread/sdk'
import { maskOf, type Service } from '../catalogue.ts'
import { findService, getBill, getService, type Bill, type PayContext } from './slots.ts'

type Locale = Pick<PayContext, 'locale'>

export function nameOf({ name, nameEn }: Service, { locale }: Locale): string {
  return locale.startsWith('zh') ? name : nameEn
}

function companyOf({ company, companyEn }: Service, { locale }: Locale): string {
  return locale.startsWith('zh') ? company : companyEn
}

export function serviceQuestion(context: PayContext): Content<string> {
  const { state, t } = context
  const chips = (state.services ?? []).map((each) =>
    reply<string>(t('serviceChip', { name: nameOf(each, context) }), each.biller),
  )
  return textMessage<string>(t('whichService'), chips)
}

const offeredAtMost = 8

/** Accounts that were paid for before, the last one first; '' stands for another. */
export function accountQuestion(context: PayContext): Content<string> {
  const { state, t } = context
  const saved = (state.saved ?? []).slice(0, offeredAtMost)
  return textMessage<string>(t('whichAccount', { name: nameOf(getService(state), context) }), [
    ...saved.map(({ number }) => reply<string>(t('accountChip', { tail: number.slice(-4) }), number)),
    reply<string>(t('otherAccount'), ''),
  ])
}

export function numberQuestion(context: PayContext): Content<string> {
  const { state, t } = context
  const service = getService(state)
  const company = companyOf(service, context)
  if (state.strange) return textMessage<string>(t('notAnAccount', { company }))
  return textMessage<string>(t('askNumber', { name: nameOf(service, context), company, sample: service.sample }))
}

/** More than one month is owed: each is paid by itself. */
export function whichBill(context: PayContext): Content<Bill> {
  const { state, locale, t } = context
  const bills = state.bills ?? []
  return textMessage<Bill>(
    t('whichBill', { count: bills.length, name: nameOf(getService(state), context) }),
    bills
      .slice(0, offeredAtMost)
      .map((bill) =>
        reply<Bill>(t('billChip', { period: periodName(bill.period, locale), amount: bill.amount }), bill),
      ),
  )
}

export function billQuestion(context: PayContext): Content<'pay' | 'no'> {
  const { state, t } = context
  return cardMessage<'pay' | 'no'>({
    title: t('billTitle', { name: nameOf(getService(state), context), amount: getBill(state).amount }),
    description: billBody(context),
    suggestions: [reply<'pay' | 'no'>(t('pay'), 'pay'), reply<'pay' | 'no'>(t('notNow'), 'no')],
  })
}

function billBody(context: PayContext): TextRef {
  const { state, locale, t } = context
  const { account, period, lateFee, amount, expiresAt } = getBill(state)
  const company = companyOf(getService(state), context)
  const vars = { company, account, period: periodName(period, locale), until: expiresAt }
  const fee = { amountMinor: BigInt(lateFee), currency: amount.currency }
  return fee.amountMinor === 0n ? t('billBody', vars) : t('billBodyLate', { ...vars, fee })
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `2026-02` → 2026年2月, Feb 2026. */
function periodName(period: string, locale: string): string {
  const [year = '', month = ''] = period.split('-')
  return locale.startsWith('zh') ? `${year}年${Number(month)}月` : `${months[Number(month) - 1] ?? month} ${year}`
}

/** The very same bill within a day: nothing happens unless it is asked for. */
export function againQuestion({ state, now, t }: PayContext): Content<'again' | 'no'> {
  const { paidAt, amount } = getBill(state)
  return textMessage<'again' | 'no'>(t('paidBefore', { at: paidAt ?? now, amount }), [
    reply<'again' | 'no'>(t('doNotPay'), 'no'),
    reply<'again' | 'no'>(t('payAgain'), 'again'),
  ])
}

export function movedNote({ state, t }: PayContext): Content {
  const { amount } = getBill(state)
  return textMessage(t('amountMoved', { before: money(state.shown ?? '0', amount.currency), amount }))
}

export function amountText({ state }: Pick<PayContext, 'state'>): string {
  return moneyToDecimal(getBill(state).amount)
}

/** What the bank writes on its card. */
export function purposeOf(context: PayContext): string {
  const { state, locale } = context
  const { account, period } = getBill(state)
  return `${nameOf(getService(state), context)} ${account} ${periodName(period, locale)}`.slice(0, 60)
}

export function nothingOwedNote(context: PayContext): Content {
  const { state, t } = context
  return textMessage(
    t('nothingOwed', { name: nameOf(getService(state), context), account: maskOf(state.number ?? '') }),
  )
}

export function paidNote(context: PayContext): Content {
  const { state, t } = context
  const { account, amount } = getBill(state)
  const service = getService(state)
  const names = { name: nameOf(service, context), company: companyOf(service, context) }
  return textMessage(t('settled', { ...names, account, amount, receipt: state.receipt ?? '' }))
}

export function debitedNote(context: PayContext): Content {
  const { state, t } = context
  return textMessage(t('debited', { amount: getBill(state).amount, company: companyOf(getService(state), context) }))
}

export function checkingNote({ state, t }: PayContext): Content {
  return textMessage(t('checking', { amount: getBill(state).amount }))
}

export function givenBackNote(context: PayContext): Content {
  const { state, t } = context
  return textMessage(t('givenBack', { amount: getBill(state).amount, company: companyOf(getService(state), context) }))
}

/** Why it was refused is the bank's to say, and has been said. */
export function retryQuestion(context: PayContext): Content<'again' | 'later'> {
  const { state, t } = context
  return textMessage<'again' | 'later'>(t('notPaidYet', { name: nameOf(getService(state), context) }), [
    reply<'again' | 'later'>(t('tryAgain'), 'again'),
    reply<'again' | 'later'>(t('notNow'), 'later'),
  ])
}

export function notPaidNote(context: PayContext): Content {
  const { state, t } = context
  const service = findService(state)
  return textMessage(t('notPaid', { name: service ? nameOf(service, context) : '' }))
}
