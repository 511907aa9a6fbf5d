import { defineContract, need, z } from '@inthread/sdk'
import { insurance } from '@inthread/sdk/capabilities'
import { collections } from './catalogue.ts'
import { buyTexts } from './texts/buy-texts.ts'
import { claimTexts } from './texts/claim-texts.ts'

/** A policy that has begun, for whoever reminds of its end. */
export const boundSchema = z.strictObject({
  policy: z.string(),
  name: z.string(),
  /** `2027-03-07`: the first day that is no longer covered. */
  to: z.string(),
})

export const contract = defineContract({
  id: 'insurance',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '保险', en: 'Insurance' },
  config: z.strictObject({}),
  needs: {
    insurance: need(insurance, {
      range: '^1',
      purpose: { 'zh-CN': '为您投保、续保和理赔', en: 'to insure you, renew your policies and settle your claims' },
    }),
  },
  emits: { bound: boundSchema },
  listens: { bound: { plugin: 'insurance', event: 'bound', data: boundSchema } },
  texts: { ...buyTexts, ...claimTexts },
  collections,
})
