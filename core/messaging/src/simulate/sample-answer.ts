import { decodeJson } from '@inthread/sdk/json'
import { writeSchema } from '@inthread/sdk/manifest'
import { addMs, days, instantToIso, type Instant } from '@inthread/sdk/time'
import type { z } from '@inthread/sdk'

/** In what surroundings something is made up. */
export interface Sampling {
  readonly now: Instant
  readonly currency: string
}

interface Place extends Sampling {
  /** The member that the value stands in; its own name is what a text then says. */
  readonly field: string
}

type Json = Readonly<Record<string, unknown>>

/**
 * Something that a schema takes, made up: a bank's answer before anybody has said what it shall be. What may be left
 * out is left out. Undefined where nothing that is made up so fits.
 */
export function buildSample(schema: z.ZodType, sampling: Sampling): unknown {
  const made = sample(writeSchema(schema), { ...sampling, field: '' })
  const value = decodeJson(JSON.stringify(made ?? null))
  const read = schema.safeParse(value)
  return read.success ? read.data : undefined
}

function sample(json: Json, place: Place): unknown {
  if ('default' in json) return json['default']
  if ('const' in json) return json['const']
  if (Array.isArray(json['enum'])) return json['enum'][0]
  const branches = json['anyOf']
  if (Array.isArray(branches)) return sample((branches as readonly Json[])[0] ?? {}, place)
  if (json['format'] === 'inthread-money') return { amountMinor: { $n: '10000' }, currency: place.currency }
  switch (json['type']) {
    case 'object':
      return sampleObject(json, place)
    case 'array':
      return sampleArray(json, place)
    case 'string':
      return sampleText(json, place)
    case 'integer':
    case 'number':
      return sampleNumber(json, place)
    case 'boolean':
      return true
    default:
      return null
  }
}

function sampleObject({ properties = {}, required = [] }: Json, place: Place): unknown {
  const members = properties as Readonly<Record<string, Json>>
  if ('$n' in members) return { $n: '1' }
  const wanted = required as readonly string[]
  return Object.fromEntries(wanted.map((field) => [field, sample(members[field] ?? {}, { ...place, field })]))
}

/** One of what is listed; rows that only add to a card are none. */
function sampleArray({ items, minItems }: Json, place: Place): unknown {
  if (place.field === 'facts' && minItems === undefined) return []
  return [sample((items ?? {}) as Json, { ...place, field: place.field.replace(/s$/, '') })]
}

function sampleNumber({ minimum, exclusiveMinimum, maximum }: Json, { field, now }: Place): number {
  const isMoment = /(^at|At|Until|asOf)$/.test(field)
  const least = typeof minimum === 'number' ? minimum : typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : 1
  const wanted = isMoment ? addMs(now, days(1)) : Math.max(1, least)
  return typeof maximum === 'number' ? Math.min(wanted, maximum) : wanted
}

/** What members of these names hold at every bank. */
function listUsual({ field, now, currency }: Place): readonly string[] {
  const day = instantToIso(addMs(now, days(1))).slice(0, 10)
  const usual: Readonly<Record<string, string>> = {
    ...{ mask: '****8888', account: '****8888', currency, phone: '+8613800000000', url: 'https://example.com/' },
    ...{ date: day, day, period: day.slice(0, 7), time: '09:00', rate: '3.60' },
  }
  const own = Object.hasOwn(usual, field) ? usual[field] : undefined
  // Digits in a text are what counts in minor units, or simply counts.
  const counts = /(fee|minor|points|count|amount|total|units)$/i.test(field) ? ['0'] : []
  return [
    ...(own === undefined ? [] : [own]),
    ...counts,
    field,
    `${field}-1`,
    day,
    '1',
    '12345678',
    'A1',
    'CNY',
    '08:00',
  ]
}

function sampleText({ pattern, minLength = 0, maxLength = 190, format }: Json, place: Place): string {
  if (format === 'uri') return 'https://example.com/'
  const fits = (text: string): boolean =>
    text.length >= Number(minLength) &&
    text.length <= Number(maxLength) &&
    (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text))
  const least = place.field.padEnd(Number(minLength), 'x').slice(0, Number(maxLength))
  return listUsual(place).find((text) => text !== '' && fits(text)) ?? least
}
