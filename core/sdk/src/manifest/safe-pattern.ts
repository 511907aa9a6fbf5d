import { z } from 'zod'

/** Patterns that zod itself writes for its formats: read once, known to be harmless. */
const formats: ReadonlySet<string> = new Set(listFormatPatterns())
const unboundedAtMost = 2

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
 * patterns make that last for ever. Allowed are formats of zod's, and plain patterns: from the first character (`^`),
 * no groups that repeat and contain repetition or choices, no looking ahead or back, and at most two parts of any
 * length.
 */
export function isSafePattern(source: string): boolean {
  if (formats.has(source)) return true
  if (source.length > 500 || !isCompilable(source)) return false
  const bare = source.replace(/\\[^]/g, 'a').replace(/\[[^\]]*\]/g, 'a')
  const counted = bare.match(/\*|\+|\{\d+,\}/g) ?? []
  if (counted.length > 0 && (!bare.startsWith('^') || bare.includes('|'))) return false
  if (/\(\?(?!:)/.test(bare) || /\)(\*|\+|\{)/.test(bare)) return false
  const large = (bare.match(/\{(\d+)/g) ?? []).some((times) => Number(times.slice(1)) > 1000)
  return !large && !/\\[1-9k]/.test(source) && counted.length <= unboundedAtMost
}

function isCompilable(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp
  } catch {
    return false
  }
}
