import { defineContract, need, want, z } from '@inthread/sdk'
import { creditCard, instalments, loanAccount, loanPrecheck, merchantLoan } from '@inthread/sdk/capabilities'
import { texts } from './texts.ts'

const news = z.strictObject({ id: z.string(), state: z.string() })
export type News = z.infer<typeof news>

/** Loans and cards of somebody who banks here, in the bank's own thread and nowhere else. */
export const contract = defineContract({
  id: 'bank-credit',
  publisher: 'inthread',
  version: '1.0.0',
  host: '^0.1',
  locales: ['zh-CN', 'en'],
  title: { 'zh-CN': '贷款与信用卡', en: 'Loans and cards' },
  config: z.strictObject({
    card: z
      .string()
      .min(1)
      .max(64)
      .default('young-card')
      .meta({
        title: 'Credit card',
        description: "The card that may be applied for, by the bank's name of the product.",
        'x-words': { 'zh-CN': { title: '信用卡产品', description: '可申请的信用卡，填银行的产品名。' } },
      }),
  }),
  needs: {
    loan: need(loanAccount, {
      range: '^1.1',
      purpose: { 'zh-CN': '查看贷款，还贷款和信用卡账单', en: 'to show loans, and to pay back loans and card bills' },
    }),
    parts: need(instalments, {
      range: '^1',
      purpose: { 'zh-CN': '查看信用卡账单、账单分期', en: 'to show card bills and split them' },
    }),
    borrow: need(merchantLoan, {
      range: '^1',
      purpose: { 'zh-CN': '申请经营贷款', en: 'to apply for a business loan' },
    }),
    estimate: want(loanPrecheck, {
      range: '^1',
      purpose: { 'zh-CN': '申请前估算可贷额度', en: 'to estimate, before an application, how much could be lent' },
    }),
    card: need(creditCard, {
      range: '^1',
      purpose: { 'zh-CN': '申请信用卡、领取新客礼', en: 'to apply for a card and take welcome gifts' },
    }),
  },
  listens: {
    late: { plugin: 'bank', event: 'loan.overdue', data: news },
    billed: { plugin: 'bank', event: 'card_bill.open', data: news },
  },
  texts,
  collections: {},
})
