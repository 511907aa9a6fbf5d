import { defineContract, need, want, z } from '@inthread/sdk'
import { consumerLoan, creditCard, instalments, payment } from '@inthread/sdk/capabilities'
import { collections } from './collections.ts'
import { texts } from './texts.ts'

const product = (title: string, zh: string, fallback: string) =>
  z
    .string()
    .max(64)
    .default(fallback)
    .meta({
      title,
      description: 'As the bank calls it; empty: not offered.',
      'x-words': { 'zh-CN': { title: zh, description: '银行的产品名；留空则不提供。' } },
    })

export const contract = defineContract({
  id: 'retail',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '购物', en: 'Shop' },
  config: z.strictObject({
    instalments: product('Instalments at the checkout', '结账分期', 'checkout-instalments'),
    loan: product('Loan for what is bought', '购物贷款', 'consumer-loan'),
    card: product('Credit card that may be applied for', '可申请的信用卡', 'young-card'),
    periods: z
      .int()
      .min(2)
      .max(24)
      .default(3)
      .meta({ title: 'Number of instalments', 'x-words': { 'zh-CN': { title: '分期期数' } } }),
  }),
  needs: {
    pay: need(payment, { range: '^1', purpose: { 'zh-CN': '支付您选购的商品', en: 'Pay for what you chose' } }),
    parts: want(instalments, {
      range: '^1.2',
      purpose: { 'zh-CN': '分期支付您选购的商品', en: 'Pay for what you chose in parts' },
    }),
    loan: want(consumerLoan, {
      range: '^1',
      purpose: { 'zh-CN': '用贷款支付您选购的商品', en: 'Pay for what you chose by a loan' },
    }),
    card: want(creditCard, {
      range: '^1',
      purpose: { 'zh-CN': '申请信用卡', en: 'Apply for a credit card' },
    }),
  },
  texts,
  collections,
})
