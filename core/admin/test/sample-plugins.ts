import { defineContract, defineFlow, definePlugin, moneySchema, need, want, z } from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'

const common = {
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  config: z.strictObject({}),
  texts: {},
  collections: {},
} as const

const shopContract = defineContract({
  ...common,
  id: 'shop',
  config: z.strictObject({ free: moneySchema.optional() }),
  title: { en: 'Shop' },
  needs: {
    pay: need(payment, { range: '^1', purpose: { en: 'to be paid' } }),
    tip: want(payment, { range: '^1', purpose: { en: 'to be tipped' } }),
  },
})

const browse = defineFlow(shopContract, {
  id: 'browse',
  revision: 1,
  input: z.strictObject({}),
  state: z.strictObject({}),
  start: 'end',
  steps: { end: { kind: 'end' } },
})

/** Needs payment, and would like tips. */
export const shop: Plugin = definePlugin(shopContract, { flows: [browse] })

const tillContract = defineContract({
  ...common,
  id: 'till',
  title: { en: 'Till' },
  provides: payment,
  needs: {},
})

const pay = defineFlow(tillContract, {
  id: 'pay',
  revision: 1,
  input: z.strictObject({ order: z.string() }),
  state: z.strictObject({}),
  start: 'end',
  steps: { end: { kind: 'end' } },
})

export const till: Plugin = definePlugin(tillContract, { flows: [pay], dialogues: { pay } })
