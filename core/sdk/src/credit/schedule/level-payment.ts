import { addFractions, one, type Fraction } from '../exact/fraction.ts'
import type { Period } from './list-periods.ts'

/**
 * The exact equal payment that brings `principal` to nothing over the periods: A = P·∏f / Σ_k ∏_{i>k} f_i. Numerators
 * and denominators are multiplied apart, because shortening them each time costs more than it saves.
 */
export function findLevelPayment(principal: bigint, periods: readonly Pick<Period, 'rate'>[]): Fraction {
  let [grown, sum, below] = [1n, 0n, 1n]
  for (const { rate } of periods) {
    const { numerator, denominator } = addFractions(one, rate)
    grown *= numerator
    below *= denominator
    sum = sum * numerator + below
  }
  return { numerator: principal * grown, denominator: sum }
}
