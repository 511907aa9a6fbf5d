import { formatMoney, moneySchema, z, type ContextOf, type Money, type StepOf } from '@inthread/sdk'
import type { contract } from '../contract.ts'

export const billSchema = z.object({
  id: z.string(),
  amount: moneySchema,
  minimum: moneySchema.optional(),
  paid: moneySchema.optional(),
  dueOn: z.string(),
})

export const billSlots = z
  .strictObject({
    bill: billSchema,
    act: z.enum(['full', 'minimum', 'parts', 'later']),
    quote: z.string(),
    rate: z.string(),
    /** What paying comes to today. */
    pays: moneySchema,
    rows: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    goes: z.enum(['yes', 'no']),
    result: z.string(),
  })
  .partial()

/** The bill that the bank tells of by itself; none when the user asks. */
export const billInput = z.strictObject({ bill: z.string().optional() })
type BillInput = z.infer<typeof billInput>

export type BillSlots = z.infer<typeof billSlots>
export type BillContext = ContextOf<typeof contract, BillSlots, BillInput>

export type PayNames =
  | 'price'
  | 'askPay'
  | 'payChosen'
  | 'pay'
  | 'payChecking'
  | 'payWait'
  | 'paySettled'
  | 'isPaid'
  | 'paidFull'
  | 'paidPart'
  | 'notPaid'
  | 'changed'
export type PartNames =
  'offer' | 'confirm' | 'confirmed' | 'plan' | 'checking' | 'wait' | 'settled' | 'planned' | 'notPlanned' | 'noPlan'
type ShowNames =
  'list' | 'noList' | 'hasBill' | 'show' | 'acts' | 'leave' | 'noBills' | 'newsLater' | 'unreachable' | 'end'
export type BillStep = StepOf<typeof contract, BillSlots, PayNames | PartNames | ShowNames, BillInput>

const none: Money = { amountMinor: 0n, currency: 'CNY' }

export function amountOf({ bill }: BillSlots): Money {
  return bill?.amount ?? none
}

/** What is not paid of the bill; with what is being paid now, what will not be. */
export function leftOf(state: BillSlots, pays?: Money): Money {
  const { amountMinor, currency } = amountOf(state)
  const paid = (state.bill?.paid?.amountMinor ?? 0n) + (pays?.amountMinor ?? 0n)
  return { amountMinor: paid > amountMinor ? 0n : amountMinor - paid, currency }
}

/** The least to pay, as long as less than that was paid and it is not all that is left. */
export function minimumOf(state: BillSlots): Money | undefined {
  const { minimum, paid } = state.bill ?? {}
  if (!minimum || minimum.amountMinor <= (paid?.amountMinor ?? 0n)) return undefined
  return minimum.amountMinor < leftOf(state).amountMinor ? minimum : undefined
}

/** Nothing is said unasked of a bill that is over, or of which something has been paid: the payer has heard of it. */
export function isNews({ input, state: { bill } }: Pick<BillContext, 'input' | 'state'>): boolean {
  return bill !== undefined && (input.bill === undefined || (bill.paid?.amountMinor ?? 0n) === 0n)
}

/** Rows that say more than the title does. */
export function dropAmount<R extends { readonly value: string }>(rows: readonly R[], amount: Money): readonly R[] {
  const said = rows.findIndex(({ value }) => value === formatMoney(amount))
  return rows.filter((_row, index) => index !== said)
}

const choices = [
  ['later', /^(?:以后|不|先不|算了|later|no\b|not now)/i],
  ['minimum', /最低|minimum|least/i],
  ['parts', /分期|分\s*(?:12|十二)|parts|instal?ments?/i],
  ['full', /全额|全部|还清|全还|in full|^(?:还款|pay|all|pay it|pay all)$/i],
] as const

/** The words of the buttons without their figures. What is not offered is not chosen. */
export function readChoice(words: string, { state }: Pick<BillContext, 'state'>): BillSlots['act'] {
  const found = choices.find(([, pattern]) => pattern.test(words.trim()))?.[0]
  return found === 'minimum' && !minimumOf(state) ? undefined : found
}
