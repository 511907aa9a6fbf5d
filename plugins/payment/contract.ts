import { defineContract, need, z } from '@inthread/sdk'
import { payment, paymentDesk } from '@inthread/sdk/capabilities'
import { texts } from './texts.ts'

/**
 * The bank's side of a payment. A scene calls `payment.pay`; what is said here never crosses to it, only the outcome
 * does.
 */
export const contract = defineContract({
  id: 'payment',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '付款', en: 'Payment' },
  config: z.strictObject({}),
  provides: payment,
  needs: {
    desk: need(paymentDesk, {
      range: '^1',
      purpose: { 'zh-CN': '向银行提交付款', en: 'to hand payments to the bank' },
    }),
  },
  texts,
  collections: {},
})
