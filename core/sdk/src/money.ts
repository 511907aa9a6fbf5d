import { z } from 'zod'

export { splitByWeights, splitEnvelope, splitEvenly } from './money/split.ts'
export {
  barCodeTiers,
  judgeLimit,
  usualTiers,
  type LimitAsk,
  type LimitVerdict,
  type StrengthTier,
} from './money/judge-limit.ts'

/** ISO 4217 codes the platform knows, with their number of decimal places. Source: ISO 4217 list one. */
const decimalsOf: Readonly<Record<string, number>> = {
  CNY: 2,
  HKD: 2,
  MOP: 2,
  USD: 2,
  EUR: 2,
  GBP: 2,
  SGD: 2,
  JPY: 0,
  KRW: 0,
  VND: 0,
  KWD: 3,
  BHD: 3,
}

/**
 * An amount of money: integer minor units (fen, cents) and the currency beside them. Never a float, never a bare
 * number. On a wire and in JSON an amount is `{ "value": "12800", "currency": "CNY" }`, see {@link moneyToWire}.
 */
export interface Money {
  readonly amountMinor: bigint
  readonly currency: string
}

/** By this the JSON Schema of an amount is known, wherever the sdk that made it came from. */
export const moneyFormat = 'inthread-money'

export interface WireMoney {
  readonly value: string
  readonly currency: string
}

export const moneySchema: z.ZodType<Money> = z
  .strictObject({
    amountMinor: z.bigint(),
    currency: z.string().refine(isCurrency, 'a currency that the platform knows'),
  })
  .meta({ format: moneyFormat })

/** `money('553.50', 'CNY')` or `money(55350n, 'CNY')`. A decimal string may not have more places than the currency. */
export function money(amount: string | bigint, currency: string): Money {
  const decimals = getDecimals(currency)
  if (typeof amount === 'bigint') return { amountMinor: amount, currency }
  const match = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(amount)
  const fraction = match?.[3] ?? ''
  if (!match || fraction.length > decimals) {
    throw new RangeError(
      `an amount in ${currency} is written like ${decimals === 0 ? '553' : `553.${'50'.padEnd(decimals, '0')}`}`,
    )
  }
  const minor = BigInt((match[2] ?? '') + fraction.padEnd(decimals, '0'))
  return { amountMinor: match[1] === '-' ? -minor : minor, currency }
}

export function addMoney(left: Money, right: Money): Money {
  assertSameCurrency(left, right)
  return { amountMinor: left.amountMinor + right.amountMinor, currency: left.currency }
}

export function multiplyMoney(amount: Money, count: bigint): Money {
  return { amountMinor: amount.amountMinor * count, currency: amount.currency }
}

export function sameMoney(left: Money, right: Money): boolean {
  return left.amountMinor === right.amountMinor && left.currency === right.currency
}

/** Plain decimal text without a currency sign: `553.50`. Exact, by digits. */
export function moneyToDecimal(amount: Money): string {
  const decimals = getDecimals(amount.currency)
  const negative = amount.amountMinor < 0n
  const digits = (negative ? -amount.amountMinor : amount.amountMinor).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`
  return negative ? `-${text}` : text
}

const signOf: Readonly<Record<string, string>> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$', JPY: 'JP¥' }

/** What a user reads: `¥1,553.50`. A currency without a sign of its own is named: `SGD 20.00`. */
export function formatMoney(amount: Money): string {
  const [whole = '', fraction] = moneyToDecimal({ ...amount, amountMinor: absolute(amount.amountMinor) }).split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  const sign = signOf[amount.currency] ?? `${amount.currency} `
  return `${amount.amountMinor < 0n ? '-' : ''}${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

export function moneyToWire(amount: Money): WireMoney {
  return { value: amount.amountMinor.toString(), currency: amount.currency }
}

/**
 * Reads `{ value, currency }`; undefined when it is anything else than a non-negative integer string with a currency.
 */
export function findWireMoney(wire: unknown): Money | undefined {
  if (typeof wire !== 'object' || wire === null || !('value' in wire) || !('currency' in wire)) return undefined
  if (typeof wire.value !== 'string' || !/^(0|[1-9][0-9]{0,17})$/.test(wire.value)) return undefined
  if (typeof wire.currency !== 'string' || !/^[A-Z]{3}$/.test(wire.currency)) return undefined
  return { amountMinor: BigInt(wire.value), currency: wire.currency }
}

/** Whether it is an ISO 4217 code of {@link decimalsOf}: only of those we know how to write an amount. */
export function isCurrency(currency: string): boolean {
  return Object.hasOwn(decimalsOf, currency)
}

function getDecimals(currency: string): number {
  const decimals = isCurrency(currency) ? decimalsOf[currency] : undefined
  if (decimals === undefined) throw new RangeError(`unknown currency ${currency}`)
  return decimals
}

function assertSameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) throw new RangeError(`cannot add ${left.currency} and ${right.currency}`)
}

function absolute(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}
