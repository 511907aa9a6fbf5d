const version = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/
const range = /^(?:\*|[\^~]?(0|[1-9]\d{0,5})(?:\.(0|[1-9]\d{0,5})(?:\.(0|[1-9]\d{0,5}))?)?)$/

/** `1.4.0`: three numbers, nothing behind them. */
export function isVersion(text: string): boolean {
  return version.test(text)
}

/** `^1`, `^1.4`, `~1.4.2`, `1.4.0`, `1` or `*`. */
export function isRange(text: string): boolean {
  return range.test(text)
}

/** Negative, zero or positive, like any comparison; versions that are none count as 0.0.0. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [numbersOf(left), numbersOf(right)]
  return a.map((number, index) => number - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0
}

function numbersOf(text: string): number[] {
  return (version.exec(text)?.slice(1) ?? ['0', '0', '0']).map(Number)
}

/**
 * Whether a version lies in a range. `^` keeps the first number that is not 0, `~` the first two; what is left out of
 * a range may be anything.
 */
export function isInRange(text: string, wanted: string): boolean {
  const parts = range.exec(wanted)?.slice(1)
  if (!parts || !isVersion(text)) return false
  const given = parts.flatMap((part) => (part === undefined ? [] : [Number(part)]))
  const has = numbersOf(text)
  const fixed = countFixed(wanted, given)
  if (given.slice(0, fixed).some((number, index) => number !== has[index])) return false
  const least = [0, 1, 2].map((index) => given[index] ?? 0)
  return compareVersions(text, least.join('.')) >= 0
}

function countFixed(wanted: string, given: readonly number[]): number {
  if (wanted === '*') return 0
  if (wanted.startsWith('~')) return Math.min(2, given.length)
  if (!wanted.startsWith('^')) return given.length
  const first = given.findIndex((number) => number !== 0)
  return first < 0 ? given.length : first + 1
}
