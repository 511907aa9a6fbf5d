import { renderScaled } from './exact.ts'

const digits = 24
const one = 10n ** BigInt(digits)
/** No credit of this bank costs more than this a period; the search ends there. */
const highest = 2n * one
const places = 10

export interface Disclosure {
  /** Twelve times the periodic rate, a decimal fraction. */
  readonly annualSimple: string
  /** The periodic rate compounded over twelve periods. */
  readonly annualCompound: string
}

/**
 * What the credit costs by the year: the rate at which the payments, one a month, are worth what was paid out. Found by
 * halving, in whole numbers scaled by 10^24.
 */
export function buildDisclosure(paidOutMinor: bigint, paymentsMinor: readonly bigint[]): Disclosure {
  const rate = findPeriodicRate(paidOutMinor, paymentsMinor)
  let compound = one
  for (let month = 0; month < 12; month += 1) compound = (compound * (one + rate)) / one
  return {
    annualSimple: renderScaled(12n * rate, digits, places),
    annualCompound: renderScaled(compound - one, digits, places),
  }
}

/** Scaled by 10^24; 0 when no more is paid back than was paid out. */
function findPeriodicRate(paidOutMinor: bigint, paymentsMinor: readonly bigint[]): bigint {
  let [low, high] = [0n, highest]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (buildPresentValue(paymentsMinor, middle) > paidOutMinor * one) low = middle
    else high = middle
  }
  return low
}

function buildPresentValue(paymentsMinor: readonly bigint[], rate: bigint): bigint {
  let factor = one
  return paymentsMinor.reduce((value, paymentMinor) => {
    factor = (factor * one) / (one + rate)
    return value + paymentMinor * factor
  }, 0n)
}
