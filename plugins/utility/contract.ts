import { defineContract, need, z } from '@inthread/sdk'
import { bills } from '@inthread/sdk/capabilities'
import { collections } from './catalogue.ts'
import { accountTexts } from './texts/account-texts.ts'
import { billTexts } from './texts/bill-texts.ts'

export const contract = defineContract({
  id: 'utility',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '生活缴费', en: 'Bills' },
  config: z.strictObject({}),
  needs: {
    bills: need(bills, {
      range: '^1',
      purpose: { 'zh-CN': '查询并缴纳您的水电燃气费', en: 'to find and pay your water, power and gas bills' },
    }),
  },
  texts: { ...billTexts, ...accountTexts },
  collections,
})
