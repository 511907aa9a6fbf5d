import { z } from 'zod'
import { decodeJson } from '../json.ts'
import { moneyFormat, moneySchema } from '../money.ts'
import type { JsonSchema } from './manifest-schema.ts'
import { isSafePattern } from './safe-pattern.ts'
import { patternedLength, wordsMark } from './write-schema.ts'

/**
 * The zod schema of what `writeSchema` has written: it takes the values themselves, so bigints where the JSON Schema
 * says `{ "$n": "…" }`, and fills in defaults. Throws a TypeError for a schema that is none of ours.
 */
export function readSchema(json: JsonSchema): z.ZodType {
  return withDefault(json, readPart(json))
}

/** The same for a schema of an object, which most of them have to be. */
export function readObjectSchema(json: JsonSchema): z.ZodObject {
  const schema = readSchema(json)
  if (schema instanceof z.ZodObject) return schema
  throw new TypeError('a schema of an object was expected')
}

const read = (part: unknown): z.ZodType => readSchema(asObject(part))

function withDefault(json: JsonSchema, schema: z.ZodType): z.ZodType {
  const described = describe(json, schema)
  if (!('default' in json)) return described
  return described.default(decodeJson(JSON.stringify(json['default'])))
}

function describe(json: JsonSchema, schema: z.ZodType): z.ZodType {
  const { title, description, format, type, [wordsMark]: words } = json
  const meta = {
    ...(type === 'string' && typeof format === 'string' && format !== 'uri' ? { format } : {}),
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof words === 'object' ? { [wordsMark]: words } : {}),
  }
  return Object.keys(meta).length === 0 ? schema : schema.meta(meta)
}

function readPart(json: JsonSchema): z.ZodType {
  const { anyOf, oneOf, allOf } = json
  // Each way into itself doubles the work with every level of the value.
  if ('$ref' in json) throw new TypeError('a schema may not speak of itself')
  if (json['format'] === moneyFormat) return moneySchema
  const choices = anyOf ?? oneOf
  if (Array.isArray(choices)) return z.union(choices.map(read))
  if (Array.isArray(json['enum'])) return z.literal(json['enum'].map(asScalar))
  if ('const' in json) return z.literal(asScalar(json['const']))
  if (json['not'] !== undefined) return z.never()
  if (Array.isArray(json['type'])) return z.union(json['type'].map((type) => readTyped({ ...json, type })))
  const typed = readTyped(json)
  if (!Array.isArray(allOf)) return typed
  const parts = allOf.map((part) => readPart({ type: json['type'], ...asObject(part) }))
  return parts.reduce((left, right) => z.intersection(left, right), typed)
}

function readTyped(json: JsonSchema): z.ZodType {
  switch (json['type']) {
    case 'string':
      return readText(json)
    case 'number':
      return limitNumber(z.number(), json)
    case 'integer':
      return limitNumber(z.int(), json)
    case 'boolean':
      return z.boolean()
    case 'null':
      return z.null()
    case 'array':
      return readList(json)
    case 'object':
      return readObject(json)
    case undefined:
      return z.unknown()
    default:
      throw new TypeError(`a schema of the type ${String(json['type'])} is not known`)
  }
}

function readText({ minLength, maxLength, pattern, format }: JsonSchema): z.ZodType {
  let text = format === 'uri' ? z.url() : z.string()
  if (typeof minLength === 'number') text = text.min(minLength)
  if (typeof maxLength === 'number') text = text.max(maxLength)
  if (typeof pattern !== 'string') return text
  if (!isSafePattern(pattern)) throw new TypeError('a pattern could take for ever')
  return (typeof maxLength === 'number' && maxLength <= patternedLength ? text : text.max(patternedLength)).regex(
    compilePattern(pattern),
  )
}

/** JSON Schema means patterns with `u`; zod writes those without it as they are. */
function compilePattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return new RegExp(pattern)
  }
}

function limitNumber(start: z.ZodNumber, json: JsonSchema): z.ZodType {
  let number = start
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = json
  if (typeof minimum === 'number') number = number.min(minimum)
  if (typeof maximum === 'number') number = number.max(maximum)
  if (typeof exclusiveMinimum === 'number') number = number.gt(exclusiveMinimum)
  if (typeof exclusiveMaximum === 'number') number = number.lt(exclusiveMaximum)
  if (typeof multipleOf === 'number') number = number.multipleOf(multipleOf)
  return number
}

function readList({ prefixItems, items, minItems, maxItems }: JsonSchema): z.ZodType {
  if (Array.isArray(prefixItems)) {
    const [first, ...others] = prefixItems.map(read)
    if (!first) throw new TypeError('a tuple has at least one item')
    return items === false || items === undefined
      ? z.tuple([first, ...others])
      : z.tuple([first, ...others], read(items))
  }
  let list = z.array(read(items ?? {}))
  if (typeof minItems === 'number') list = list.min(minItems)
  if (typeof maxItems === 'number') list = list.max(maxItems)
  return list
}

function readObject(json: JsonSchema): z.ZodType {
  const { properties, additionalProperties, propertyNames, required } = json
  if (isBigInt(properties)) return z.bigint()
  if (properties === undefined && typeof additionalProperties === 'object')
    return readTable(propertyNames, required !== undefined, read(additionalProperties))
  const needed = new Set(Array.isArray(required) ? required : [])
  const shape = Object.fromEntries(
    Object.entries(asObject(properties ?? {})).map(([name, part]) => {
      const field = read(part)
      return [name, needed.has(name) || 'default' in asObject(part) ? field : field.optional()]
    }),
  )
  if (additionalProperties === false) return z.strictObject(shape)
  if (typeof additionalProperties === 'object') return z.object(shape).catchall(read(additionalProperties))
  return additionalProperties === undefined ? z.object(shape) : z.looseObject(shape)
}

function isBigInt(properties: unknown): boolean {
  return typeof properties === 'object' && properties !== null && Object.keys(properties).join() === '$n'
}

/** A table of any names, of exactly these, or of some of these. */
function readTable(names: unknown, all: boolean, value: z.ZodType): z.ZodType {
  const key = names === undefined ? z.string() : read(names)
  if (key instanceof z.ZodString) return z.record(key, value)
  if (!(key instanceof z.ZodLiteral)) throw new TypeError('the names of a record are texts')
  const listed = z.literal([...key.values].map(String))
  return all ? z.record(listed, value) : z.partialRecord(listed, value)
}

function asScalar(value: unknown): string | number | boolean | null {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value))
    return value as string | number | boolean | null
  throw new TypeError('a constant of a schema is a text, a number, a flag or null')
}

function asObject(value: unknown): JsonSchema {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonSchema
  throw new TypeError('a schema is an object')
}
