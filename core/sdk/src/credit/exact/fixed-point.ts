import { fraction, type Fraction } from './fraction.ts'

/**
 * Numbers with 192 bits behind the point, for what no fraction can say: the rate at which flows balance, and roots. The
 * error of a calculation is far below the thirty digits that anybody is shown.
 */
export type Fixed = bigint

const bits = 192n
export const fixedOne: Fixed = 1n << bits

export function toFixedPoint({ numerator, denominator }: Fraction): Fixed {
  return (numerator << bits) / denominator
}

export function fromFixedPoint(value: Fixed): Fraction {
  return fraction(value, fixedOne)
}

export function multiplyFixed(left: Fixed, right: Fixed): Fixed {
  return (left * right) >> bits
}

export function divideFixed(left: Fixed, right: Fixed): Fixed {
  return (left << bits) / right
}

/** By squaring; the exponent is whole and not below zero. */
export function powerFixed(value: Fixed, exponent: number): Fixed {
  let [result, square] = [fixedOne, value]
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiplyFixed(result, square)
    square = multiplyFixed(square, square)
  }
  return result
}

/** `value` of one or more, to a fractional power not below zero. */
export function fractionalPower(value: Fixed, { numerator, denominator }: Fraction): Fixed {
  return powerFixed(rootFixed(value, Number(denominator)), Number(numerator))
}

/** Newton from above, where the curve leads to the root without passing it. */
function rootFixed(value: Fixed, degree: number): Fixed {
  if (degree === 1) return value
  const count = BigInt(degree)
  let root = fixedOne + (value - fixedOne) / count
  for (let turn = 0; turn < 400; turn += 1) {
    const next = root + (divideFixed(value, powerFixed(root, degree - 1)) - root) / count
    if (next >= root) return root
    root = next
  }
  return root
}
