import type { CollectionDeclaration, Slots } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'

/** Ends every part of an index value: below every printable character, so that a shorter part sorts first. */
const mark = '\u0001'
const afterMark = '\u0002'
const lengthLimit = 190

export function collectionIdOf(plugin: string, collection: string): string {
  return `${plugin}/${collection}`
}

export function indexIdOf(plugin: string, collection: string, index: string): string {
  return `${plugin}/${collection}/${index}`
}

/** What a document is called within its collection. */
export function buildKey(field: string, document: Slots): string {
  const key = String(document[field])
  if (key.length > lengthLimit) throw new Fault('collection.key_too_long', { data: { fields: [field] } })
  return key
}

/** One text that sorts like the fields do one after the other. */
export function buildIndexValue(fields: readonly string[], document: Slots): string {
  const value = fields.map((field) => encodePart(document[field]) + mark).join('')
  if (value.length > lengthLimit) throw new Fault('collection.key_too_long', { data: { fields } })
  return value
}

export interface IndexRange {
  readonly from: string
  /** The first value that is too far; undefined when there is none. */
  readonly before: string | undefined
}

/** The range of values that equal `where` on the first fields; a fault when it leaves a gap. */
export function buildIndexRange(declaration: CollectionDeclaration, index: string, where: Slots): IndexRange {
  const fields = declaration.indexes[index] ?? []
  const given = fields.filter((field) => where[field] !== undefined)
  const extra = Object.keys(where).filter((field) => where[field] !== undefined && !fields.includes(field))
  if (extra.length > 0 || given.some((field, position) => fields[position] !== field)) {
    throw new Fault('collection.index_unfit', { data: { index, fields: Object.keys(where) } })
  }
  const prefix = given.map((field) => encodePart(where[field]) + mark).join('')
  return prefix === '' ? { from: '', before: undefined } : { from: prefix, before: prefix.slice(0, -1) + afterMark }
}

/** Text as it is, but for the marks; whole numbers padded, so that they sort by size. */
function encodePart(value: unknown): string {
  if (typeof value === 'string') return value.replace(/[\u0001\u0002]/g, `${afterMark}$&`)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return value < 0
      ? `-${String(Number.MAX_SAFE_INTEGER + value).padStart(16, '0')}`
      : `0${String(value).padStart(16, '0')}`
  }
  throw new Fault('collection.key_unfit', { data: { type: typeof value } })
}
