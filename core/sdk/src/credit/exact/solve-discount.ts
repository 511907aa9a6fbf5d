import { divideFixed, fixedOne, multiplyFixed, powerFixed, type Fixed } from './fixed-point.ts'

/** A payment of the borrower, so many equal steps (periods, days) after the money came. */
export interface Flow {
  readonly step: number
  readonly amount: bigint
}

/**
 * The factor v by which one step lessens what a payment is worth, so that `net` = Σ amount·v^step; the rate of a step
 * is 1/v − 1. The sum grows with v and bends upwards, so Newton reaches the one solution from above.
 *
 * @throws RangeError where nothing is received, or nothing is paid later
 */
export function solveDiscount(net: bigint, flows: readonly Flow[]): Fixed {
  const paid = flows.reduce((sum, { amount }) => sum + amount, 0n)
  const later = flows.some(({ step, amount }) => step > 0 && amount > 0n)
  if (net <= 0n || !later || flows.some(({ step, amount }) => step < 0 || amount < 0n))
    throw new RangeError('a rate needs money received first and payments above zero afterwards')
  if (paid === net) return fixedOne
  let factor = improve(fixedOne, net, flows)
  for (let turn = 0; turn < 500; turn += 1) {
    const next = improve(factor, net, flows)
    if (next >= factor) return factor
    factor = next
  }
  return factor
}

function improve(factor: Fixed, net: bigint, flows: readonly Flow[]): Fixed {
  const powers = new Map<number, Fixed>()
  let [power, at, value, slope] = [fixedOne, 0, 0n, 0n]
  for (const { step, amount } of flows) {
    power = multiplyFixed(power, powerOf(powers, factor, step - at))
    at = step
    value += amount * power
    slope += BigInt(step) * amount * power
  }
  // The slope is Σ step·amount·v^(step−1): the division by v comes here.
  return factor - divideFixed(multiplyFixed(value - net * fixedOne, factor), slope)
}

/** Steps between payments are alike, nearly all of them. */
function powerOf(powers: Map<number, Fixed>, factor: Fixed, gap: number): Fixed {
  const known = powers.get(gap)
  if (known !== undefined) return known
  const power = powerFixed(factor, gap)
  powers.set(gap, power)
  return power
}
