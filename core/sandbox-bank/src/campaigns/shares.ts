/** A number from 0 up to 1, exactly. */
export interface Draw {
  readonly of: bigint
  readonly in: bigint
}

/** As equal as whole minor units allow; the first ones are larger. */
export function splitEqually(totalMinor: bigint, count: number): bigint[] {
  const parts = BigInt(count)
  const rest = totalMinor % parts
  return Array.from({ length: count }, (_, index) => totalMinor / parts + (BigInt(index) < rest ? 1n : 0n))
}

/**
 * Each share is drawn from nothing to twice the mean of what is left, so that all have the same expectation; nobody
 * gets less than one minor unit, and the last one gets the rest. Needs one draw less than there are shares.
 */
export function splitRandomly(totalMinor: bigint, count: number, draws: readonly Draw[]): bigint[] {
  let left = totalMinor
  const shares = Array.from({ length: count - 1 }, (_, index) => {
    const others = BigInt(count - index - 1)
    const draw = draws[index] ?? { of: 1n, in: 2n }
    const twiceMean = (2n * left) / (others + 1n)
    const drawn = (twiceMean * draw.of) / draw.in
    const share = clamp(drawn, 1n, left - others)
    left -= share
    return share
  })
  return [...shares, left]
}

function clamp(value: bigint, least: bigint, most: bigint): bigint {
  if (value < least) return least
  return value > most ? most : value
}
