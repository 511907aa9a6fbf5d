import { findWireMoney, moneyToWire, type Money } from '../money.ts'
import { findInstant, instantToIso } from '../time.ts'

/** What a bank's JSON can hold. */
export type WireJson =
  null | boolean | number | string | readonly WireJson[] | { readonly [member: string]: WireJson | undefined }

/** Members that a bank may write in several languages, as `{ "zh-CN": …, "en": … }`. */
const worded: ReadonlySet<string> = new Set([
  ...['label', 'name', 'text', 'title', 'value', 'description', 'reason', 'reasons', 'declaration'],
  ...['district', 'address', 'branchName', 'serviceName', 'term', 'benchmark'],
])

/**
 * A resource of the shared bank API as flows see it: `{ value, currency }` becomes Money, RFC 3339 text in members
 * ending in `At`, in `at` and in `asOf` becomes an instant, words in several languages become the user's.
 */
export function readWire(wire: WireJson | undefined, locale: string): unknown {
  if (Array.isArray(wire)) return wire.map((item: WireJson) => readWire(item, locale))
  if (typeof wire !== 'object' || wire === null) return wire
  const amount = findWireMoney(wire)
  if (amount) return amount
  return Object.fromEntries(Object.entries(wire).map(([name, member]) => [name, readMember(name, member, locale)]))
}

function readMember(name: string, member: WireJson | undefined, locale: string): unknown {
  if (isMoment(name) && typeof member === 'string') return findInstant(member) ?? member
  return (worded.has(name) ? pickWords(member, locale) : undefined) ?? readWire(member, locale)
}

function isMoment(name: string): boolean {
  return name.endsWith('At') || name === 'at' || name === 'asOf'
}

/** undefined for what is no wording: an object with another member than locales has a meaning of its own. */
function pickWords(member: WireJson | undefined, locale: string): string | undefined {
  if (typeof member !== 'object' || member === null || Array.isArray(member)) return undefined
  const words = Object.entries(member)
  if (words.length === 0 || !words.every(([name, text]) => isLocale(name) && typeof text === 'string')) return undefined
  const texts = Object.fromEntries(words) as Readonly<Record<string, string>>
  return texts[locale] ?? texts[locale.startsWith('zh') ? 'zh-CN' : 'en'] ?? Object.values(texts)[0]
}

function isLocale(name: string): boolean {
  return /^[a-z]{2}(-[A-Z]{2})?$/.test(name)
}

/** The other way round: what a flow hands in, as the bank reads it. */
export function writeWire(value: unknown): WireJson | undefined {
  if (Array.isArray(value)) return value.map((item) => writeWire(item) ?? null)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value as WireJson
  if (isMoney(value)) return { ...moneyToWire(value) }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      if (member === undefined) return []
      const isInstant = name.endsWith('At') && typeof member === 'number'
      return [[name, isInstant ? instantToIso(member) : writeWire(member)]]
    }),
  )
}

function isMoney(value: object): value is Money {
  return 'amountMinor' in value && typeof value.amountMinor === 'bigint' && 'currency' in value
}
