import { z } from 'zod'
import { encodeJson } from '../json.ts'
import { moneyFormat } from '../money.ts'
import type { JsonSchema } from './manifest-schema.ts'

/** Marks what the code checks or changes and JSON Schema cannot say; the manifest check refuses it. */
export const codeMark = 'x-code'

/** Title and description of a setting in other languages: `.meta({ title, 'x-words': { 'zh-CN': … } })`. */
export const wordsMark = 'x-words'

const bigintJson: JsonSchema = {
  type: 'object',
  properties: { $n: { type: 'string', pattern: '^-?[0-9]+$', maxLength: 2000 } },
  required: ['$n'],
  additionalProperties: false,
}
const moneyJson: JsonSchema = {
  type: 'object',
  format: moneyFormat,
  properties: { amountMinor: bigintJson, currency: { type: 'string', pattern: '^[A-Z]{3}$', maxLength: 3 } },
  required: ['amountMinor', 'currency'],
  additionalProperties: false,
}

/**
 * A zod schema as JSON Schema 2020-12, of what goes in (defaults are optional). It describes values as `encodeJson`
 * writes them: a bigint is `{ "$n": "12800" }`, so an amount is `{ "amountMinor": { "$n": "12800" }, "currency": "CNY"
 * }`, marked by `format: "inthread-money"`. What only code can check (refine, transform, a pattern with flags, a type
 * without JSON) carries `x-code` with its name. A text with a pattern has at most 2,000 characters.
 */
export function writeSchema(schema: z.ZodType): JsonSchema {
  const written: JsonSchema = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: ({ zodSchema }) => writeWithoutJson(zodSchema._zod.def),
    override: ({ zodSchema, jsonSchema }) => {
      if ('format' in jsonSchema && jsonSchema.format === moneyFormat) return replace(jsonSchema, moneyJson)
      const code = findCode(zodSchema._zod.def)
      if (code !== undefined) Object.assign(jsonSchema, { [codeMark]: code })
    },
  })
  const { $schema: _, '~standard': __, ...rest } = written
  return normalize(rest)
}

/** With a pattern, a text may be this long: what a pattern costs grows faster than the text. */
export const patternedLength = 2000

/** The order of names says nothing; a pattern brings a length. */
function normalize(json: JsonSchema): JsonSchema {
  const members = Object.entries(json).map(([name, value]): [string, unknown] => {
    if (name === 'default' || name === 'enum' || name === wordsMark) return [name, value]
    if (name === 'required' && Array.isArray(value)) return [name, value.toSorted()]
    // Told apart by their kinds, at most one of them fits anyway.
    return [name === 'oneOf' ? 'anyOf' : name, normalizeValue(value)]
  })
  const { pattern, maxLength } = json
  if (typeof pattern !== 'string' || json['type'] !== 'string') return Object.fromEntries(members)
  const length = Math.min(typeof maxLength === 'number' ? maxLength : patternedLength, patternedLength)
  return { ...Object.fromEntries(members), maxLength: length }
}

function normalizeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalizeValue)
  return typeof value === 'object' && value !== null ? normalize(value as JsonSchema) : value
}

interface Definition {
  readonly type: string
  readonly coerce?: boolean
  readonly defaultValue?: unknown
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[]
}

interface Check {
  readonly check: string
  readonly pattern?: RegExp
}

function writeWithoutJson(definition: Definition): JsonSchema {
  if (definition.type === 'bigint') return copy(bigintJson)
  if (definition.type === 'default' || definition.type === 'prefault')
    return { default: JSON.parse(encodeJson(definition.defaultValue)) }
  return { [codeMark]: definition.type }
}

function findCode(definition: Definition): string | undefined {
  if (definition.coerce) return 'coerce'
  if (['pipe', 'transform', 'custom', 'catch'].includes(definition.type)) return definition.type
  for (const { _zod } of definition.checks ?? []) {
    const { check, pattern } = _zod.def
    if (check === 'custom' || check === 'overwrite') return check === 'custom' ? 'refine' : 'transform'
    if (pattern && /[^u]/.test(pattern.flags)) return `a pattern with the flags ${pattern.flags}`
    if (definition.type === 'bigint') return 'limits of a bigint'
  }
  return undefined
}

/** Keeps what the author says about it. */
function replace(target: object, source: JsonSchema): void {
  for (const key of Object.keys(target))
    if (!['title', 'description', 'default', wordsMark].includes(key)) Reflect.deleteProperty(target, key)
  Object.assign(target, copy(source))
}

function copy(json: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(json)) as JsonSchema
}
