import {
  cardMessage,
  carousel,
  moneySchema,
  reply,
  shorten,
  textMessage,
  z,
  type Content,
  type ContextOf,
  type Money,
} from '@inthread/sdk'
import { loanEstimateSchema } from '@inthread/sdk/capabilities'
import { parseRate, writePercent } from '@inthread/sdk/credit'
import type { contract } from './contract.ts'
import { readAmount } from './words/read-amount.ts'
import { readMonths } from './words/read-answer.ts'

const businessLoan = z.strictObject({
  id: z.string(),
  name: z.string(),
  method: z.string(),
  annualRate: z.string(),
  periods: z.array(z.number().int()),
  min: moneySchema,
  max: moneySchema,
  uses: z.array(z.strictObject({ code: z.string(), name: z.string() })),
})
type BusinessLoan = z.infer<typeof businessLoan>

/** Of all products of the bank, the business loans that say what has to be known before anybody chooses. */
export function listBusinessLoans(products: readonly { readonly business?: boolean | undefined }[]): BusinessLoan[] {
  const loose = z.object(businessLoan.shape)
  return products
    .filter(({ business }) => business === true)
    .flatMap((product) => {
      const read = loose.safeParse(product)
      return read.success ? [read.data] : []
    })
    .slice(0, 4)
}

export const borrowSlots = z
  .strictObject({
    loans: z.array(businessLoan),
    loan: z.string(),
    use: z.string(),
    amount: moneySchema,
    /** An amount that this loan is not lent for, until another one is said. */
    outside: moneySchema,
    periods: z.number().int(),
    goes: z.enum(['yes', 'no']),
    receipt: z.string(),
    result: z.string(),
    /** What the bank would think about, where that was asked first, until when, and what it went by. */
    estimates: z.array(loanEstimateSchema),
    until: z.number(),
    rows: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    choice: z.strictObject({ act: z.enum(['apply', 'later']), product: z.string().optional() }),
    upTo: moneySchema,
  })
  .partial()
export type BorrowSlots = z.infer<typeof borrowSlots>
export type EstimateChoice = NonNullable<BorrowSlots['choice']>

/** `estimate`: whoever asks how much they could borrow is told that before anything else. */
export const borrowInput = z.strictObject({ first: z.literal('estimate').optional() })
export type BorrowInput = z.infer<typeof borrowInput>
export type BorrowContext = ContextOf<typeof contract, BorrowSlots, BorrowInput>

export function loanOf({ state: { loans = [], loan } }: Pick<BorrowContext, 'state'>): BusinessLoan | undefined {
  return loans.find(({ id }) => id === loan)
}

/** The yearly rate in every title: nobody chooses a loan by its name alone. */
export function loanCards({ t, locale, state: { loans = [] } }: BorrowContext): Content<string> {
  const cards = loans.map(({ id, name, annualRate, method, periods, min, max }) => ({
    title: t('loanTitle', { name, rate: writePercent(parseRate(annualRate, 'an annual rate')) }),
    description: t('loanBody', {
      method: writeMethod(method, locale),
      min,
      max,
      months: writePeriods(periods, locale),
    }),
    suggestions: [reply(t('named', { name: shorten(name, 25) }), id)],
  }))
  const [only, ...others] = cards
  return only && others.length === 0 ? cardMessage(only) : carousel(cards)
}

export function useQuestion(context: BorrowContext): Content<string> {
  const { t } = context
  const uses = loanOf(context)?.uses ?? []
  return textMessage(
    t('whatFor'),
    uses.slice(0, 10).map(({ code, name }) => reply(t('named', { name: shorten(name, 25) }), code)),
  )
}

export function amountQuestion(context: BorrowContext): Content {
  const { t, state } = context
  const { min = none, max = none } = loanOf(context) ?? {}
  const { upTo } = state
  return textMessage(upTo ? t('borrowUpTo', { min, max, upTo }) : t('borrowHowMuch', { min, max }))
}

export function readLoanAmount(words: string): Money | undefined {
  return readAmount(words)
}

/** Nothing that the bank would refuse at once is asked of it, and what it would refuse is named. */
export function keepFitting(amount: Money, context: BorrowContext): Partial<BorrowSlots> {
  const loan = loanOf(context)
  const fits = loan && amount.amountMinor >= loan.min.amountMinor && amount.amountMinor <= loan.max.amountMinor
  return fits ? { outside: undefined } : { amount: undefined, outside: amount }
}

export function periodQuestion(context: BorrowContext): Content<number> {
  const { t } = context
  const periods = loanOf(context)?.periods ?? []
  return textMessage(
    t('howLong'),
    periods.slice(0, 6).map((months) => reply(t('months', { months }), months)),
  )
}

/** A number of months that the loan is lent for: 36 is not 6. */
export function readPeriod(words: string, context: BorrowContext): number | undefined {
  const months = readMonths(words)
  return loanOf(context)?.periods.find((period) => period === months)
}

/** What was understood, before anybody is asked for consent: the purpose above all. */
export function summary(context: BorrowContext): Content<'yes' | 'no'> {
  const { t, state } = context
  const loan = loanOf(context)
  const use = loan?.uses.find(({ code }) => code === state.use)?.name ?? ''
  return cardMessage({
    title: t('borrowTitle', { name: loan?.name ?? '', amount: state.amount ?? none, rate: rateOf(loan) }),
    description: t('borrowBody', { use, months: state.periods ?? 0 }),
    suggestions: [reply(t('goOn'), 'yes' as const), reply(t('notNow'), 'no' as const)],
  })
}

/** `6 或 12`, shortest first. */
function writePeriods(periods: readonly number[], locale: string): string {
  const zh = locale.startsWith('zh')
  const sorted = periods.toSorted((one, other) => one - other).map(String)
  const last = sorted.at(-1) ?? ''
  return sorted.length < 2 ? last : `${sorted.slice(0, -1).join(zh ? '、' : ', ')}${zh ? ' 或 ' : ' or '}${last}`
}

function rateOf(loan: BusinessLoan | undefined): string {
  return writePercent(parseRate(loan?.annualRate ?? '0', 'an annual rate'))
}

const none: Money = { amountMinor: 0n, currency: 'CNY' }

const methods: Readonly<Record<string, readonly [string, string]>> = {
  'equal-instalment': ['每月等额还款', 'The same payment each month'],
  'equal-principal': ['每月等额本金', 'The same principal each month'],
  'interest-only': ['按月付息，到期还本', 'Interest each month, principal at the end'],
}

function writeMethod(method: string, locale: string): string {
  const [zh, en] = methods[method] ?? [method, method]
  return locale.startsWith('zh') ? zh : en
}
