import { findInstant } from '@inthread/sdk/time'
import { findWireMoney, money, moneyToDecimal, moneyToWire, type Money } from '@inthread/sdk/money'
import type { z } from 'zod'

/**
 * Documents as files have them: plain JSON, in which amounts are `{ "value": "55350", "currency": "CNY" }` and large
 * whole numbers are text; and cells of a table, in which an amount is `553.50 CNY`.
 */
export function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (isMoney(value)) return moneyToWire(value)
  if (Array.isArray(value)) return value.map(toPlain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toPlain(item)]))
}

/** What plain JSON means under a schema. What does not read as the schema wants it stays as it is, for it to refuse. */
export function fromPlain(schema: unknown, value: unknown): unknown {
  const kind = kindOf(schema)
  if (value === null || value === undefined) return value
  if (kind.type === 'bigint' && typeof value === 'string' && /^-?\d{1,19}$/.test(value)) return BigInt(value)
  if (kind.type === 'money') return findWireMoney(value) ?? value
  if (kind.type === 'array' && Array.isArray(value)) return value.map((item) => fromPlain(kind.element, item))
  if (kind.type !== 'object' || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, fromPlain(findMember(kind.shape, name), item)]),
  )
}

/** What a cell means under a schema; undefined for an empty one that may be left out. */
export function fromCell(schema: unknown, cell: string): unknown {
  const kind = kindOf(schema)
  if (cell === '' && kind.nullable) return null
  if (cell === '' && kind.optional) return undefined
  const text = cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell
  switch (kind.type) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : (findInstant(text) ?? text)
    case 'bigint':
    case 'boolean':
      return readScalar(kind.type, text)
    case 'money':
      return readAmount(text) ?? text
    case 'array':
    case 'object':
      return fromPlain(schema, readJson(text))
    case 'date':
      return readDay(text)
    default:
      return text
  }
}

/** A cell of a table. Text that a spreadsheet takes for a formula gets a quote in front, which reading takes off. */
export function toCell(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return isFormula(value) ? `'${value}` : value
  if (isMoney(value)) return `${moneyToDecimal(value)} ${value.currency}`
  if (typeof value === 'object') return JSON.stringify(toPlain(value))
  return String(value)
}

/** With blanks in front, and in the wide signs of East Asian keyboards, it is one too. */
function isFormula(text: string): boolean {
  return /^('*\s*[=+\-@＝＋－＠]|[\t\r\n])/.test(text)
}

/** Days as spreadsheets write them where the year comes first; other orders are ambiguous. */
function readDay(text: string): string {
  const [year = '', month = '', day = ''] = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text)?.slice(1) ?? []
  return year === '' ? text : [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')
}

function readScalar(type: 'bigint' | 'boolean', text: string): unknown {
  if (type === 'bigint') return /^-?\d{1,19}$/.test(text) ? BigInt(text) : text
  return /^(true|false)$/.test(text) ? text === 'true' : text
}

function readAmount(text: string): Money | undefined {
  const match = /^(-?[0-9.]+) ?([A-Z]{3})$/.exec(text)
  try {
    return match ? money(match[1] ?? '', match[2] ?? '') : undefined
  } catch {
    return undefined
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return false
  return 'amountMinor' in value && typeof value.amountMinor === 'bigint' && 'currency' in value
}

interface Kind {
  readonly type: string
  readonly optional: boolean
  readonly nullable: boolean
  readonly shape?: Readonly<Record<string, unknown>>
  readonly element?: unknown
}

interface Definition {
  readonly type: string
  readonly format?: string
  readonly innerType?: unknown
  readonly element?: unknown
  readonly shape?: Readonly<Record<string, unknown>>
}

/** What a field is, under what makes it optional. */
function kindOf(field: unknown): Kind {
  let current = field as { readonly def?: Definition } | undefined
  let [optional, nullable] = [false, false]
  while (current?.def && ['optional', 'default', 'nullable'].includes(current.def.type)) {
    if (current.def.type === 'nullable') nullable = true
    else optional = true
    current = current.def.innerType as typeof current
  }
  const { type = 'unknown', format, shape, element } = current?.def ?? {}
  const own = shape && Object.hasOwn(shape, 'amountMinor') && Object.hasOwn(shape, 'currency')
  const named = own ? 'money' : type === 'string' && format === 'date' ? 'date' : type
  return { type: named, optional, nullable, ...(shape ? { shape } : {}), ...(element ? { element } : {}) }
}

function findMember(shape: Kind['shape'], name: string): unknown {
  return shape && Object.hasOwn(shape, name) ? shape[name] : undefined
}

/** The field of a document's schema; undefined where there is none. */
export function fieldOf(schema: z.ZodObject, name: string): unknown {
  return findMember(schema.shape, name)
}
