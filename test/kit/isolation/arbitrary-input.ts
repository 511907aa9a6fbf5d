import fc, { type Arbitrary } from 'fast-check'
import type { z } from '@inthread/sdk'

/** Values that fields of these names may have, before anything is made up. */
export type Known = Readonly<Record<string, readonly unknown[]>>

type Schema = z.core.$ZodType

interface Place {
  readonly known: Known
  /** The field that the value stands in. */
  readonly field: string
}

/** Input that a schema takes; a kind of schema that is not known here is an error that says so. */
export function arbitraryInput(schema: Schema, place: Place): Arbitrary<unknown> {
  const fits = (value: unknown): boolean => asType(schema).safeParse(value).success
  const known = (place.known[place.field] ?? []).filter(fits)
  const own = known.length > 0 ? [fc.constantFrom(...known)] : []
  if (own.length > 0 && isText(schema)) return own[0] ?? fc.constant(undefined)
  const made = build(schema as z.core.$ZodTypes, place)
  if (!fc.sample(made, { numRuns: 100, seed: 1 }).some(fits))
    throw new TypeError(`nothing made up fits "${place.field}": give known values for it`)
  return (own[0] ? fc.oneof(own[0], made) : made).filter(fits)
}

function asType(schema: Schema): z.ZodType {
  return schema as z.ZodType
}

function isText({ _zod: { def } }: Schema): boolean {
  return def.type === 'string' || def.type === 'unknown'
}

function build({ _zod: { def } }: z.core.$ZodTypes, place: Place): Arbitrary<unknown> {
  const inner = (schema: Schema): Arbitrary<unknown> => arbitraryInput(schema, place)
  const { least, most, ...text } = readBounds(def)
  switch (def.type) {
    case 'string':
      return buildText({ least, most, ...text })
    case 'number':
      return fc.integer({ min: least ?? -1000, max: most ?? 1_000_000 })
    case 'boolean':
      return fc.boolean()
    case 'literal':
      return fc.constantFrom(...def.values)
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries))
    case 'unknown':
      return fc.oneof(fc.string(), fc.integer(), fc.boolean())
    case 'array':
      return fc.array(inner(def.element), { minLength: least ?? 0, maxLength: Math.min(3, most ?? 3) })
    case 'optional':
    case 'default':
      return fc.option(inner(def.innerType), { nil: undefined })
    case 'nullable':
      return fc.option(inner(def.innerType))
    case 'union':
      return fc.oneof(...def.options.map(inner))
    case 'record':
      return fc.record({ [recordKey]: inner(def.valueType) }, { requiredKeys: [] })
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(def.shape).map(([field, member]) => [field, arbitraryInput(member, { ...place, field })]),
        ),
      )
    default:
      throw new TypeError(`no input can be made up for a "${def.type}": teach test/kit/isolation/arbitrary-input.ts`)
  }
}

/** Where anything may be named, one name will do. */
const recordKey = 'trains.csv'

interface Bounds {
  readonly least: number | undefined
  readonly most: number | undefined
  readonly pattern: RegExp | undefined
  readonly format: string | undefined
}

interface Rule {
  readonly value?: unknown
  readonly minimum?: unknown
  readonly maximum?: unknown
  readonly pattern?: unknown
  readonly format?: unknown
  readonly check?: unknown
}

/** What the checks of a schema ask for, as far as it helps to make something up: what else they say is filtered. */
function readBounds(def: z.core.$ZodTypes['_zod']['def']): Bounds {
  const rules = [def, ...(def.checks ?? []).map((check) => check._zod.def)] as readonly object[] as readonly Rule[]
  const numberOf = (check: string, find: (rule: Rule) => unknown): number | undefined => {
    const value = rules.filter((rule) => rule.check === check).map(find)[0]
    return typeof value === 'number' ? value : undefined
  }
  return {
    least: numberOf('min_length', ({ minimum }) => minimum) ?? numberOf('greater_than', ({ value }) => value),
    most: numberOf('max_length', ({ maximum }) => maximum) ?? numberOf('less_than', ({ value }) => value),
    pattern: rules.map(({ pattern }) => pattern).find((pattern) => pattern instanceof RegExp),
    format: rules.map(({ format }) => format).find((format) => typeof format === 'string'),
  }
}

function buildText({ least = 0, most = 40, pattern, format }: Bounds): Arbitrary<string> {
  if (format === 'url') return fc.webUrl()
  if (pattern) return fc.stringMatching(new RegExp(pattern.source))
  return fc.string({ minLength: least, maxLength: Math.min(40, most), unit: 'grapheme' })
}
