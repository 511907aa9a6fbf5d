import { formatDay } from '../../message/moment.ts'
import { formatMoney } from '../../money.ts'
import type { Schedule } from '../schedule/build-schedule.ts'
import { findSchedule } from './compare-credit.ts'
import type { Credit } from './credit.ts'
import { writePercent } from '../schedule/disclose-rates.ts'
import { parseRate } from '../exact/fraction.ts'

/** One line of a card: `label` and `value` in the user's language, `key` for those who pick. */
export interface CreditRow {
  readonly key: 'annualRate' | 'principal' | 'instalments' | 'totalInterest' | 'totalPayment' | 'firstDue'
  readonly label: string
  readonly value: string
}

interface Words {
  readonly labels: Readonly<Record<'annualRate' | 'instalments' | 'totalPayment' | 'firstDue', string>>
  readonly principal: Readonly<Record<Credit['kind'], string>>
  readonly cost: Readonly<Record<'interest' | 'fee' | 'both', string>>
  readonly simple: (rate: string) => string
  readonly compound: (rate: string) => string
  readonly once: (size: string) => string
  readonly each: (count: number, size: string) => string
  readonly last: (size: string) => string
  readonly falling: (count: number, size: string) => string
  readonly atEnd: (count: number, first: string, last: string) => string
  readonly interestOnly: (count: number, size: string) => string
  readonly then: string
}

const zh: Words = {
  labels: { annualRate: '年利率', instalments: '还款', totalPayment: '还款总额', firstDue: '首次还款日' },
  principal: { loan: '借款金额', instalments: '分期金额', card: '信用额度' },
  cost: { interest: '利息总额', fee: '手续费总额', both: '利息及手续费总额' },
  simple: (rate) => `${rate}%（单利）`,
  compound: (rate) => `/${rate}%（复利）`,
  once: (size) => `到期一次还 ${size}`,
  each: (count, size) => `${count} 期，每期 ${size}`,
  last: (size) => `，末期 ${size}`,
  falling: (count, size) => `${count} 期，首期 ${size}，逐期递减`,
  atEnd: (count, first, last) => `按期付息，首期 ${first}，末期还本 ${last}，共 ${count} 期`,
  interestOnly: (count, size) => `前 ${count} 期只还利息，每期 ${size}`,
  then: '；之后 ',
}

const en: Words = {
  labels: { annualRate: 'Annual rate', instalments: 'Payments', totalPayment: 'Total to pay', firstDue: 'First due' },
  principal: { loan: 'Loan', instalments: 'Amount in instalments', card: 'Credit limit' },
  cost: { interest: 'Total interest', fee: 'Total fees', both: 'Total interest and fees' },
  simple: (rate) => `${rate}% (simple)`,
  compound: (rate) => ` / ${rate}% (compound)`,
  once: (size) => `one, of ${size}`,
  each: (count, size) => `${count} of ${size}`,
  last: (size) => `, the last ${size}`,
  falling: (count, size) => `${count}, the first ${size}, then falling`,
  atEnd: (count, first, last) => `${count}, interest alone, the first ${first}, the last with the loan ${last}`,
  interestOnly: (count, size) => `first ${count} interest only, of ${size}`,
  then: '; then ',
}

/**
 * What a confirm card or a key-facts card says of a credit, the annual rate first. Pure: the same credit gives the same
 * text everywhere. Ask `compareCredit` before.
 *
 * @throws RangeError for a credit without its annual rates, or whose terms give no schedule: it may not be shown
 */
export function renderCredit(credit: Credit, locale: string): readonly CreditRow[] {
  const words = locale.startsWith('zh') ? zh : en
  const { principal, kind } = credit
  const amount = principal === undefined ? [] : [formatMoney(principal)]
  return [
    { key: 'annualRate', label: words.labels.annualRate, value: describeRate(credit, words) },
    ...amount.map((value): CreditRow => ({ key: 'principal', label: words.principal[kind], value })),
    ...(kind === 'card' ? [] : listPlanRows(credit, words, locale)),
  ]
}

/** Of a card the simple rate is enough; whatever there is says which one it is. */
function describeRate({ kind, annualSimple, annualCompound }: Credit, { simple, compound }: Words): string {
  if (annualSimple === undefined || (annualCompound === undefined && kind !== 'card'))
    throw new RangeError('a credit is shown with its annual rates or not at all: annualSimple and annualCompound')
  const and = annualCompound === undefined ? '' : compound(percentOf(annualCompound))
  return `${simple(percentOf(annualSimple))}${and}`
}

function percentOf(rate: string): string {
  return writePercent(parseRate(rate, 'an annual rate'))
}

function listPlanRows(credit: Credit, words: Words, locale: string): readonly CreditRow[] {
  const schedule = findSchedule(credit)
  const first = schedule?.rows[0]
  if (schedule === undefined || first === undefined)
    throw new RangeError('a credit is shown with its payments: method, periods, start and firstDue have to agree')
  const { labels, cost } = words
  const write = writerFor(credit)
  const { interest, fee, payment } = schedule.totals
  const costLabel = fee === 0n ? cost.interest : interest === 0n ? cost.fee : cost.both
  return [
    { key: 'instalments', label: labels.instalments, value: describePayments(schedule, words, write) },
    { key: 'totalInterest', label: costLabel, value: write(interest + fee + schedule.keptBack) },
    { key: 'totalPayment', label: labels.totalPayment, value: write(payment) },
    { key: 'firstDue', label: labels.firstDue, value: formatDay(first.due, locale) },
  ]
}

type Write = (amountMinor: bigint) => string

function writerFor({ principal }: Credit): Write {
  const currency = principal?.currency ?? ''
  return (amountMinor) => formatMoney({ amountMinor, currency })
}

/** What the borrower has to know to put money aside: how many payments, and how large. */
function describePayments({ rows, terms }: Schedule, words: Words, write: Write): string {
  const sizes = rows.map(({ payment }) => payment)
  const [first = 0n, last = 0n] = [sizes[0], sizes.at(-1)]
  if (rows.length === 1) return words.once(write(first))
  if (terms.method === 'interest-only') return words.atEnd(rows.length, write(first), write(last))
  const waiting = rows.findIndex(({ principal }) => principal > 0n)
  const before = waiting > 0 ? `${words.interestOnly(waiting, write(first))}${words.then}` : ''
  return `${before}${describeSizes(sizes.slice(waiting), words, write)}`
}

function describeSizes(sizes: readonly bigint[], words: Words, write: Write): string {
  const [first = 0n, last = 0n] = [sizes[0], sizes.at(-1)]
  if (!sizes.slice(0, -1).every((size) => size === first)) return words.falling(sizes.length, write(first))
  return `${words.each(sizes.length, write(first))}${last === first ? '' : words.last(write(last))}`
}
