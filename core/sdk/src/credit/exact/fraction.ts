/** An exact number: both parts whole, the denominator above zero. Rates and shares of a year are of this kind. */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/**
 * How an exact amount becomes whole minor units. Halves go away from zero (`half-up`) or to the even neighbour
 * (`half-even`); `down` cuts towards zero, `up` goes away from it.
 */
export type Rounding = 'half-up' | 'half-even' | 'down' | 'up'

export const roundings: readonly Rounding[] = ['half-up', 'half-even', 'down', 'up']

export const zero: Fraction = { numerator: 0n, denominator: 1n }
export const one: Fraction = { numerator: 1n, denominator: 1n }

/** In lowest terms. Throws a RangeError for a denominator of zero. */
export function fraction(numerator: bigint, denominator: bigint): Fraction {
  if (denominator === 0n) throw new RangeError('a fraction cannot be divided by zero')
  const divisor = greatestDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

export function addFractions(left: Fraction, right: Fraction): Fraction {
  return fraction(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  )
}

export function multiplyFractions(left: Fraction, right: Fraction): Fraction {
  return fraction(left.numerator * right.numerator, left.denominator * right.denominator)
}

export function smallerFraction(left: Fraction, right: Fraction): Fraction {
  return left.numerator * right.denominator < right.numerator * left.denominator ? left : right
}

/** `0.098` is 98/1000, exactly. Throws a RangeError that names `what` for anything but a plain decimal of 0 or more. */
export function parseRate(text: string, what: string): Fraction {
  const match = /^(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,30}))?$/.exec(text)
  if (!match) throw new RangeError(`${what} is a decimal text like 0.098 for 9.8 %, without sign, percent or exponent`)
  const digits = match[2] ?? ''
  return fraction(BigInt(`${match[1] ?? ''}${digits}`), 10n ** BigInt(digits.length))
}

/** Whole units of an exact number. The only place where anything of a credit is rounded. */
export function roundFraction({ numerator, denominator }: Fraction, rounding: Rounding): bigint {
  const negative = numerator < 0n
  const size = negative ? -numerator : numerator
  const whole = size / denominator
  const rest = size % denominator
  const up = rest > 0n && goesUp({ whole, doubled: rest * 2n, denominator }, rounding)
  const rounded = up ? whole + 1n : whole
  return negative ? -rounded : rounded
}

interface Part {
  readonly whole: bigint
  readonly doubled: bigint
  readonly denominator: bigint
}

function goesUp({ whole, doubled, denominator }: Part, rounding: Rounding): boolean {
  if (rounding === 'down' || rounding === 'up') return rounding === 'up'
  if (doubled !== denominator) return doubled > denominator
  return rounding === 'half-up' || whole % 2n === 1n
}

/** Decimal text, of either sign, as minor units: `roundDecimal('1.005', 2, 'half-up')` is 101. */
export function roundDecimal(text: string, scale: number, rounding: Rounding): bigint {
  const size = parseRate(text.replace(/^-/, ''), 'an amount')
  const exact = multiplyFractions(size, fraction(10n ** BigInt(scale), 1n))
  return roundFraction(text.startsWith('-') ? { ...exact, numerator: -exact.numerator } : exact, rounding)
}

/** `amount` times a fraction, rounded once. */
export function shareOf(amount: bigint, share: Fraction, rounding: Rounding): bigint {
  return roundFraction({ numerator: amount * share.numerator, denominator: share.denominator }, rounding)
}

/** Decimal text with exactly `places` digits behind the point, rounded half-up: `writeDecimal(1/3, 4)` is `0.3333`. */
export function writeDecimal(value: Fraction, places: number): string {
  const scaled = { numerator: value.numerator * 10n ** BigInt(places), denominator: value.denominator }
  return writeMinor(roundFraction(scaled, 'half-up'), places)
}

/** Minor units as decimal text in major units, whatever the currency's scale: `writeMinor(103943n, 2)` is `1039.43`. */
export function writeMinor(minor: bigint, scale: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return minor < 0n ? `-${text}` : text
}

/** The way back, `readMinor('1039.43', 2)`. Throws a RangeError for more places than the scale has. */
export function readMinor(text: string, scale: number): bigint {
  const match = /^(-?)(0|[1-9][0-9]{0,29})(?:\.([0-9]+))?$/.exec(text)
  const digits = match?.[3] ?? ''
  if (!match || digits.length > scale)
    throw new RangeError(`an amount is decimal text with at most ${scale} digits behind the point`)
  const minor = BigInt(`${match[2] ?? ''}${digits.padEnd(scale, '0')}`)
  return match[1] === '-' ? -minor : minor
}

function greatestDivisor(left: bigint, right: bigint): bigint {
  let [larger, smaller] = [left < 0n ? -left : left, right < 0n ? -right : right]
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}
