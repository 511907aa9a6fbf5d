import { z } from 'zod'

/** Patterns that zod itself writes for its formats: read once, known to be harmless. */
const formats: ReadonlySet<string> = new Set(listFormatPatterns())

function listFormatPatterns(): string[] {
  const { regexes } = z.core
  const plain = Object.values(regexes).flatMap((regex) => (regex instanceof RegExp ? [regex.source] : []))
  const precise = [
    z.iso.datetime(),
    z.iso.datetime({ offset: true }),
    z.iso.datetime({ local: true }),
    z.iso.date(),
    z.iso.time(),
    z.uuid(),
    z.email(),
  ]
  return [...plain, ...precise.flatMap((schema) => findPattern(z.toJSONSchema(schema)['pattern']))]
}

function findPattern(pattern: unknown): string[] {
  return typeof pattern === 'string' ? [pattern] : []
}

/**
 * Whether a pattern of a plugin may be run on the platform. The platform's engine goes back and forth, and some
 * patterns make that last for ever. Allowed are formats of zod's, and plain patterns: no groups that repeat, no looking
 * ahead or back, and few ways to read one text. Each part of any length counts 2,000 ways, each choice two; together
 * there may be four million. A pattern that does not begin with `^` has one such part more.
 */
export function isSafePattern(source: string): boolean {
  if (formats.has(source)) return true
  if (source.length > 500 || !isCompilable(source) || /\\[1-9k]/.test(source)) return false
  const bare = source.replace(/\\[^]/g, 'a').replace(/\[[^\]]*\]/g, 'a')
  if (/\(\?(?!:)/.test(bare) || /\)(\*|\+|\{)/.test(bare)) return false
  const ways = [...bare.matchAll(part)].map(([sign]) => countWays(sign))
  // Without `^` it may begin anywhere, which is one more part of any length.
  const start = bare.startsWith('^') ? 1 : anyLength
  return ways.reduce((product, count) => product * count, start) <= waysAtMost
}

const anyLength = 2000
const waysAtMost = anyLength * anyLength
/** Repetitions, lazy ones too, choices, and groups. */
const part = /(?:\*|\+|\{\d+(?:,\d*)?\}|(?<!\()\?)\??|\|/g

function countWays(sign: string): number {
  if (sign.startsWith('?') || sign === '|') return 2
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(sign) ?? []
  if (least === undefined) return anyLength
  // So often, whatever it costs: nobody writes that.
  if (Number(least) > 1000 || Number(most) > 1000) return waysAtMost + 1
  if (comma === '') return 1
  return most === '' ? anyLength : Number(most) - Number(least) + 1
}

function isCompilable(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp
  } catch {
    return false
  }
}
