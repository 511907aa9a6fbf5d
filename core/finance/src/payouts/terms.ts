import { z } from '@inthread/sdk'
import { money, type Money } from '@inthread/sdk/money'

const amount = z.string().regex(/^(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?$/, 'an amount like 1000.00')
const rate = z.string().regex(/^0(\.[0-9]{1,6})?$/, 'a share below one, like 0.006')

/** What a tenant has agreed on with the platform. */
export const termsSchema = z.strictObject({
  /** The most of one order that people alone, or a scene, may give back; above it a second person has to agree. */
  refundLimit: amount.default('1000.00'),
  /** What the limit is in. Of every other currency there is none, and a second person has to agree to all of it. */
  refundCurrency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'a currency like CNY')
    .default('CNY'),
  commission: z
    .strictObject({
      /** Of what was captured. */
      rate: rate.default('0'),
      /** Whether it is given back in proportion when the user gets money back. */
      onRefund: z.enum(['kept', 'returned']).default('kept'),
    })
    .default({ rate: '0', onRefund: 'kept' }),
})

export type BookTerms = z.infer<typeof termsSchema>

export const defaultTerms: BookTerms = termsSchema.parse({})

/** Asked of all that goes back of one order: in five parts it is as much money as in one. */
export function needsSecondPerson({ refundLimit, refundCurrency }: BookTerms, asked: Money): boolean {
  if (asked.currency !== refundCurrency) return true
  const [whole = '0'] = refundLimit.split('.')
  // A currency without decimal places has none here either: what is below one unit is no amount of it.
  const limit = money(hasPlaces(refundCurrency) ? refundLimit : whole, refundCurrency)
  return asked.amountMinor > limit.amountMinor
}

function hasPlaces(currency: string): boolean {
  return money('1', currency).amountMinor > 1n
}

/** Pure. The share of an amount, rounded half up on the exact fraction. */
export function shareOf(amountMinor: bigint, share: string): bigint {
  const [, places = ''] = share.split('.')
  const scale = 10n ** BigInt(places.length)
  const parts = amountMinor * BigInt(places === '' ? share : places)
  return (2n * parts + scale) / (2n * scale)
}
