import { z } from 'zod'
import { findWireMoney, moneySchema, moneyToWire, type WireMoney } from '../../money.ts'

const day = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
const rate = z.string().regex(/^(0|[1-9][0-9]{0,8})(\.[0-9]{1,30})?$/)
const count = z.number().int().min(0).max(1200)

const lineSchema = z.strictObject({
  n: count,
  from: day,
  due: day,
  opening: z.bigint(),
  principal: z.bigint(),
  interest: z.bigint(),
  fee: z.bigint(),
  payment: z.bigint(),
  closing: z.bigint(),
})

/**
 * What a bank says of a credit that it offers: the terms, what it costs, and the schedule. A bank that leaves out what
 * the user has to see is no reason to fail here; `compareCredit` says what is missing, and nothing is shown.
 */
export const creditSchema = z.strictObject({
  kind: z.enum(['loan', 'instalments', 'card']),
  /** Of a card, the limit, where it is said here. */
  principal: moneySchema.optional(),
  method: z
    .enum(['equal-instalment', 'equal-principal', 'interest-only', 'bullet', 'flat', 'card-instalment'])
    .optional(),
  /** Nominal, of a year, as decimal text: `0.098` is 9.8 %. */
  annualRate: rate.optional(),
  periods: count.min(1).optional(),
  dayCount: z.enum(['MONTHLY', '30E/360', '30U/360', 'ACT/365F', 'ACT/364', 'ACT/360', 'ACT/ACT']).optional(),
  rounding: z.enum(['half-up', 'half-even', 'down', 'up']).optional(),
  start: day.optional(),
  firstDue: day.optional(),
  /** Of the principal: with every payment, with the first one, or kept back when it is paid out. */
  feeRate: rate.optional(),
  feeMode: z.enum(['per-period', 'once', 'kept-back']).optional(),
  /** Payments at the beginning that are interest alone. */
  graceMonths: count.optional(),
  /** What it really costs a year, without and with interest on interest. */
  annualSimple: rate.optional(),
  annualCompound: rate.optional(),
  /** All that is paid beyond the principal; where the bank says its fees apart, the interest alone. */
  totalInterest: moneySchema.optional(),
  totalFee: moneySchema.optional(),
  totalPayment: moneySchema.optional(),
  firstPayment: moneySchema.optional(),
  schedule: z.array(lineSchema).max(1200).optional(),
})

/** The `credit` of a bank's quote, read: amounts are `Money`, those of the schedule minor units. */
export type Credit = z.infer<typeof creditSchema>
export type CreditLine = z.infer<typeof lineSchema>

/** The members that are an amount with a currency. */
const amounts = ['principal', 'totalInterest', 'totalFee', 'totalPayment', 'firstPayment'] as const
const lineAmounts = ['opening', 'principal', 'interest', 'fee', 'payment', 'closing'] as const

/**
 * Reads the `credit` member of a quote as a bank sends it: `{ value, currency }` for amounts, digits within the
 * schedule. What has been read already stays. Members that nobody knows are left out; undefined when a known one is
 * malformed.
 */
export function findCredit(wire: unknown): Credit | undefined {
  if (!isRecord(wire)) return undefined
  const members = pick(wire, Object.keys(creditSchema.shape))
  for (const name of amounts) if (name in members) members[name] = findWireMoney(members[name]) ?? members[name]
  if (Array.isArray(members['schedule'])) members['schedule'] = members['schedule'].map(readLine)
  const read = creditSchema.safeParse(members)
  return read.success ? read.data : undefined
}

type WireLine = Omit<CreditLine, (typeof lineAmounts)[number]> & Record<(typeof lineAmounts)[number], string>
type WireCredit = Omit<Credit, (typeof amounts)[number] | 'schedule'> &
  Partial<Record<(typeof amounts)[number], WireMoney>> & { readonly schedule?: readonly WireLine[] }

/** The way back, as a bank sends it. */
export function creditToWire(credit: Credit): WireCredit {
  const { principal, totalInterest, totalFee, totalPayment, firstPayment, schedule, ...rest } = credit
  const said = Object.entries({ principal, totalInterest, totalFee, totalPayment, firstPayment })
  const money = said.flatMap(([name, amount]) => (amount === undefined ? [] : [[name, moneyToWire(amount)] as const]))
  const lines = schedule === undefined ? {} : { schedule: schedule.map(writeLine) }
  return { ...rest, ...Object.fromEntries(money), ...lines }
}

function writeLine({ n, from, due, ...amounts }: CreditLine): WireLine {
  return {
    ...{ n, from, due, opening: amounts.opening.toString(), principal: amounts.principal.toString() },
    ...{ interest: amounts.interest.toString(), fee: amounts.fee.toString() },
    ...{ payment: amounts.payment.toString(), closing: amounts.closing.toString() },
  }
}

function readLine(line: unknown): unknown {
  if (!isRecord(line)) return line
  const members = pick(line, Object.keys(lineSchema.shape))
  for (const name of lineAmounts) {
    const amount = members[name]
    if (typeof amount === 'string' && /^(0|[1-9][0-9]{0,17})$/.test(amount)) members[name] = BigInt(amount)
  }
  return members
}

function pick(from: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
