/** A number as the quotient of two whole ones: a rate, a part of a year. Never a float. */
export interface Fraction {
  readonly top: bigint
  readonly bottom: bigint
}

export const roundings = ['half-up', 'half-even'] as const
export type Rounding = (typeof roundings)[number]

/** `0.098` → 98/1000, digit by digit. */
export function readDecimal(text: string): Fraction {
  const match = /^(0|[1-9][0-9]{0,5})(?:\.([0-9]{1,12}))?$/.exec(text)
  if (!match) throw new RangeError('a rate is a decimal number such as 0.098')
  const digits = match[2] ?? ''
  return { top: BigInt((match[1] ?? '') + digits), bottom: 10n ** BigInt(digits.length) }
}

export function multiply(left: Fraction, right: Fraction): Fraction {
  return { top: left.top * right.top, bottom: left.bottom * right.bottom }
}

/** The whole number next to top / bottom, both not negative; a half goes up, or to the even neighbour. */
export function divideRounded(top: bigint, bottom: bigint, rounding: Rounding = 'half-up'): bigint {
  const whole = top / bottom
  const twice = 2n * (top % bottom)
  if (twice !== bottom) return twice > bottom ? whole + 1n : whole
  return rounding === 'half-up' || whole % 2n === 1n ? whole + 1n : whole
}

/** The part of an amount, rounded once. */
export function takePart(amountMinor: bigint, part: Fraction, rounding: Rounding = 'half-up'): bigint {
  return divideRounded(amountMinor * part.top, part.bottom, rounding)
}

/** A number scaled by 10^`digits` as text with `places` decimals, half up. */
export function renderScaled(scaled: bigint, digits: number, places: number): string {
  const units = divideRounded(scaled, 10n ** BigInt(digits - places))
  const text = units.toString().padStart(places + 1, '0')
  return `${text.slice(0, -places)}.${text.slice(-places)}`
}
