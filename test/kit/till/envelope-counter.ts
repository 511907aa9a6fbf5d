import { defineContract, definePlugin, z } from '@inthread/sdk'
import type { Plugin } from '@inthread/sdk/engine'
import { envelopes } from './envelopes.ts'

const contract = defineContract({
  id: 'envelope-counter',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '红包', en: 'Red envelopes' },
  config: z.strictObject({}),
  needs: {},
  provides: envelopes,
  texts: {},
  collections: {},
})

/** The bank's side of red envelopes: nothing is confirmed, so nothing is said. */
export const envelopeCounter: Plugin = definePlugin(contract, { flows: [], dialogues: {} })
