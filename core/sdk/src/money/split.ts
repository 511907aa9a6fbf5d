import { parseRate, shareOf, type Fraction } from '../credit/exact/fraction.ts'

/**
 * Splits an amount by weights so that the parts add up to it: each gets what it surely has, and what is left goes, unit
 * by unit, to those who lost the largest fraction; among equals to the earlier. Weights are whole or decimal texts.
 *
 * ```ts
 * splitByWeights(10000n, ['1', '1', '1']) // [3334n, 3333n, 3333n]
 * ```
 *
 * @throws RangeError for an amount below zero, and where no weight is above zero
 */
export function splitByWeights(total: bigint, weights: readonly (bigint | string)[]): readonly bigint[] {
  const shares = scaleWeights(weights)
  const sum = shares.reduce((all, share) => all + share, 0n)
  if (total < 0n || sum <= 0n) throw new RangeError('an amount of 0 or more is split by weights above zero')
  const parts = shares.map((share) => (total * share) / sum)
  const lost = shares.map((share, index) => ({ index, rest: (total * share) % sum }))
  const left = total - parts.reduce((all, part) => all + part, 0n)
  const first = new Set(
    lost
      .toSorted(byRest)
      .slice(0, Number(left))
      .map(({ index }) => index),
  )
  return parts.map((part, index) => (first.has(index) ? part + 1n : part))
}

export function splitEvenly(total: bigint, count: number): readonly bigint[] {
  return splitByWeights(total, Array<bigint>(count).fill(1n))
}

/**
 * The shares of a random red envelope: each draw takes its part of twice the average of what is left, at least one unit
 * and never so much that others get none; the last takes the rest. `draws` are chance, one less than shares, as decimal
 * texts from 0 to below 1.
 *
 * @throws RangeError where there is not a unit for everybody, and for draws that do not fit
 */
export function splitEnvelope(
  total: bigint,
  { count, draws }: { readonly count: number; readonly draws: readonly string[] },
): readonly bigint[] {
  if (!Number.isInteger(count) || count < 1 || total < BigInt(count))
    throw new RangeError('an envelope has at least one unit for each share')
  if (draws.length !== count - 1) throw new RangeError('an envelope takes one draw less than it has shares')
  let left = total
  const parts = draws.map((draw, index) => {
    const part = takeShare(left, count - index, readDraw(draw))
    left -= part
    return part
  })
  return [...parts, left]
}

function readDraw(draw: string): Fraction {
  const chance = parseRate(draw, 'a draw')
  if (chance.numerator >= chance.denominator) throw new RangeError('a draw lies from 0 to below 1')
  return chance
}

function takeShare(left: bigint, people: number, draw: Fraction): bigint {
  const others = BigInt(people) - 1n
  const drawn = shareOf((left * 2n) / BigInt(people), draw, 'down')
  const most = left - others
  if (drawn < 1n) return 1n
  return drawn > most ? most : drawn
}

interface Lost {
  readonly index: number
  readonly rest: bigint
}

function byRest(one: Lost, other: Lost): number {
  if (one.rest === other.rest) return one.index - other.index
  return one.rest > other.rest ? -1 : 1
}

/** Whole numbers of the same size to one another. */
function scaleWeights(weights: readonly (bigint | string)[]): readonly bigint[] {
  const read = weights.map((weight) => {
    if (typeof weight === 'string') return parseRate(weight, 'a weight')
    if (weight < 0n) throw new RangeError('a weight is 0 or more')
    return { numerator: weight, denominator: 1n }
  })
  const common = read.reduce((product, { denominator }) => product * denominator, 1n)
  return read.map(({ numerator, denominator }) => numerator * (common / denominator))
}
