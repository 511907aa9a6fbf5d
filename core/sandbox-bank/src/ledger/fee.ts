/**
 * The fee of an amount, half up on the minor unit. The rate is a decimal string such as `0.006`, read digit by digit: a
 * float would already be wrong before the rounding begins.
 */
export function buildFeeMinor(amountMinor: bigint, rate: string): bigint {
  const match = /^0(?:\.([0-9]{1,9}))?$/.exec(rate)
  if (!match) throw new RangeError('a fee rate is a decimal fraction below one')
  const digits = match[1] ?? ''
  const denominator = 10n ** BigInt(digits.length)
  const numerator = amountMinor * BigInt(digits || '0')
  return (2n * numerator + denominator) / (2n * denominator)
}

/** `55350n` → `553.50`. */
export function renderDecimal(amountMinor: bigint): string {
  const digits = amountMinor.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
