import { defineContract, need, want, z } from '@inthread/sdk'
import { consumerLoan, payment } from '@inthread/sdk/capabilities'
import { collections } from './collections.ts'
import { texts } from './texts.ts'

export const contract = defineContract({
  id: 'school',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '学校缴费', en: 'School fees' },
  config: z.strictObject({
    keepHours: z
      .int()
      .min(1)
      .max(48)
      .default(24)
      .meta({
        title: 'How long a place is kept (hours)',
        description: 'While somebody pays, or applies for a loan.',
        'x-words': { 'zh-CN': { title: '名额保留多久（小时）', description: '在用户付款或申请贷款期间。' } },
      }),
  }),
  needs: {
    pay: need(payment, {
      range: '^1',
      purpose: { 'zh-CN': '支付学校费用和课程', en: 'Pay fees and courses of the school' },
    }),
    loan: want(consumerLoan, {
      range: '^1',
      purpose: { 'zh-CN': '用贷款支付课程', en: 'Pay a course by a loan' },
    }),
  },
  texts,
  collections,
})
