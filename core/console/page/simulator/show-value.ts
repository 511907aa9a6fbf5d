import { formatMoney } from '../parts/amount.tsx'
import { formatDate } from '../parts/when.tsx'

export interface Showing {
  readonly locale: string
  readonly timeZone: string
}

/** A line of something that is JSON on the wire. */
export type ValueLine = readonly [name: string, value: string]

/** Names and values in the order in which they stand; one line without a name for what is no object. */
export function listValues(json: string | null, showing: Showing): readonly ValueLine[] {
  const value = readJson(json)
  if (value === undefined || value === null) return []
  if (!isObject(value) || isMoney(value)) return [['', showOne(value, showing)]]
  return Object.entries(value).map(([name, member]) => [name, showOne(member, showing, name)])
}

/** The same in one short line. */
export function showValue(json: string | null, showing: Showing): string {
  return listValues(json, showing)
    .map(([name, value]) => (name === '' ? value : `${name} ${value}`))
    .join(' · ')
}

function readJson(json: string | null): unknown {
  if (json === null) return undefined
  try {
    return JSON.parse(json) as unknown
  } catch {
    // Cut because it was too long.
    return `${json} …`
  }
}

type Box = { readonly amountMinor: { readonly $n: string }; readonly currency: string }

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isMoney(value: unknown): value is Box {
  if (!isObject(value) || !('amountMinor' in value) || !('currency' in value)) return false
  return isObject(value.amountMinor) && '$n' in value.amountMinor && typeof value.currency === 'string'
}

/** Lists of what somebody could have chosen are long, and seldom what is looked for. */
const longest = 240

function showOne(value: unknown, { locale, timeZone }: Showing, name = ''): string {
  if (isMoney(value)) return formatMoney({ value: value.amountMinor.$n, currency: value.currency }, locale)
  if (typeof value === 'number' && /(^at|At|Until)$/.test(name))
    return formatDate(new Date(value / 1000), { locale, timeZone, seconds: true })
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= longest ? text : `${text.slice(0, longest)} …`
}
