import { z } from '@inthread/sdk'

type Json = Readonly<Record<string, unknown>>

/** Some value that a schema takes, chosen by `chance`; money and big integers included. */
export function sampleValue(schema: z.ZodType, chance: () => number): unknown {
  const json = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'bigint') Object.assign(jsonSchema, { bigint: true })
    },
  })
  return build(json as Json, chance)
}

/** Members that a guest's answer is checked for. */
const known: Readonly<Record<string, string>> = { currency: 'CNY', url: 'https://bank.example/page/1' }

function build(schema: Json, chance: () => number): unknown {
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(chance() * values.length)]
  if ('const' in schema) return schema['const']
  if (Array.isArray(schema['enum'])) return pick(schema['enum'])
  const choices = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(choices)) return build((pick(choices) ?? {}) as Json, chance)
  if (schema['bigint'] === true) return BigInt(Math.floor(chance() * 1e6))
  switch (schema['type']) {
    case 'object':
      return Object.fromEntries(
        Object.entries((schema['properties'] ?? {}) as Record<string, Json>).map(([name, member]) => [
          name,
          known[name] ?? build(member, chance),
        ]),
      )
    case 'array':
      return Array.from({ length: Math.floor(chance() * 3) }, () => build((schema['items'] ?? {}) as Json, chance))
    case 'string':
      return pick(['x', '储蓄卡', '2026-03-06', '08:30', 'a longer text, with signs'])
    case 'integer':
    case 'number':
      return Math.floor(chance() * 100)
    case 'boolean':
      return chance() < 0.5
    default:
      return 'anything'
  }
}
