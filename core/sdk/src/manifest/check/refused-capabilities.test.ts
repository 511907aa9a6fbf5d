import { z } from 'zod'
import { expect, it } from 'vitest'
import type { CapabilityDeclaration } from '../../capability.ts'
import { readCapability, writeCapability } from '../../capability/write-capability.ts'
import { money, moneySchema } from '../../money.ts'
import { listProblemsAfter } from '../../../test/spoil-manifest.ts'

const nothing = z.strictObject({})
const outcomes = { succeeded: nothing, declined: nothing, cancelled: nothing, expired: nothing, unknown: nothing }
const input = z.strictObject({ amount: moneySchema, purpose: z.string().min(1).max(60), grams: z.string() })
const gold = {
  ...{ id: 'gold', version: '1.0.0', audience: 'scene', events: { settled: nothing } },
  operations: { buy: { class: 'commit', input, outcomes } },
} satisfies CapabilityDeclaration

type Buy = CapabilityDeclaration['operations'][string]
const buying = (change: Partial<Buy>): CapabilityDeclaration => ({
  ...gold,
  operations: { buy: { ...gold.operations.buy, ...change } },
})

/** Problems of what it provides, as it would come with a package. */
function listProvided(capability: CapabilityDeclaration, id = 'gold'): readonly string[] {
  const definition = writeCapability(capability)
  const found = listProblemsAfter((manifest) =>
    Object.assign(manifest, { provides: { capability: id, version: capability.version, definition } }),
  )
  return found.filter(({ path }) => path.startsWith('$.provides')).map(({ problem }) => problem)
}

it('takes a capability that fits the orders of the core', () => {
  expect(listProvided(gold)).toEqual([])
})

it.each<[string, CapabilityDeclaration, string]>([
  ['for dialogues', { ...gold, audience: 'dialogue' }, 'is for dialogues'],
  ['without an operation', { ...gold, operations: {} }, 'has no operation'],
  ['without a version', { ...gold, version: 'new' }, '"new" is no version'],
  ['that moves nothing', buying({ class: 'read' }), 'has the class read'],
  ['that cannot end as an order ends', buying({ outcomes: { succeeded: nothing } }), 'declined, cancelled, expired'],
  ['without an amount', buying({ input: input.omit({ amount: true }) }), 'has no amount'],
  ['whose amount may be missing', buying({ input: input.partial({ amount: true }) }), 'has no amount'],
  ['with a bare number', buying({ input: input.extend({ amount: z.number() }) }), 'has no amount'],
  ['without a purpose', buying({ input: input.omit({ purpose: true }) }), 'has no purpose'],
  ['with a purpose too long for the card', buying({ input: input.extend({ purpose: z.string() }) }), 'has no purpose'],
  ['whose schemas are code', buying({ input: input.extend({ grams: z.coerce.string() }) }), 'leaves this to code'],
])('refuses one %s', (_what, capability, problem) => {
  expect(listProvided(capability)).toContainEqual(expect.stringContaining(problem))
})

it('does not let a package say what the platform’s own capabilities are', () => {
  expect(listProvided(gold, 'payment')).toEqual(['"payment" is defined by the platform and by this package'])
})

it('misses the definition of what the platform does not know', () => {
  const found = listProblemsAfter((manifest) =>
    Object.assign(manifest, { provides: { capability: 'gold', version: '1.0.0' } }),
  )
  expect(found.map(({ problem }) => problem)).toContainEqual(expect.stringContaining('its definition is missing'))
})

it('means the same after it was written and read', () => {
  const read = readCapability(gold, JSON.parse(JSON.stringify(writeCapability(gold))))
  expect(writeCapability(read)).toEqual(writeCapability(gold))
  const order = { amount: money('1.00', 'CNY'), purpose: 'gold', grams: '1' }
  expect(read.operations['buy']?.input.parse(order)).toEqual(order)
  expect(read.operations['buy']?.input.safeParse({ ...order, to: 'me' }).success).toBe(false)
})
