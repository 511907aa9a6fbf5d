import { describe, expect, it } from 'vitest'
import { lintCredit, lintWording } from './lint-credit.ts'

describe('a credit is shown with its annual rate', () => {
  it.each([
    '每期 ¥977.84，共 24 期',
    '手机 ¥3,999.00，可分 12 期，低至 ¥333.25/期',
    '月供 833 元',
    '手机 ¥3,999.00，分期免息',
    '分期付款：每月只需还 500元',
    'Only ¥83.00 per month',
    '12 instalments of CNY 83.00',
    // A nominal rate of a month is not what has to be shown.
    '分 12 期，每期 ¥88.00，月费率 0.6%',
    // An invitation in a receipt is an offer.
    '支付成功 ¥1,200.00\n单号：0007\n可分 3 期，每期 ¥400.00',
    'Order: 0007 is paid. Apply for 3 instalments of ¥400.00',
  ])('or it cannot be sent: %s', (text) => expect(lintCredit(text)).toBe(true))

  it.each([
    '教育分期贷款 ¥18,800.00 · 年利率 9.80%（单利）/10.25%（复利）\n每期 ¥977.84',
    '每期 ¥977.84，年化利率（单利）9.80%',
    '24 monthly instalments of ¥977.84, annual rate 9.80%',
    '¥83.00 a month at 9.8% APR',
    // No amount, or no credit.
    '这笔账单可以分期，想看看吗？',
    // Ways to pay, beside the price.
    '账户余额不足 ¥899.00，您可以：\n换卡支付\n分期付款\n申请信用卡',
    '支付成功 ¥553.50',
    '每月流量 20GB，套餐 59 元',
    // Agreed to long ago.
    '本期应还 ¥977.84，还款日 5月1日，每期还款自动扣款',
    '分期已办理 ¥1,200.00\n每期：¥101.00\n单号：0007',
    'Your instalment of ¥101.00 is due on 1 May',
    '第 1 期 2026年10月1日 ¥153.53',
  ])('and everything else may: %s', (text) => expect(lintCredit(text)).toBe(false))
})

describe('a wording', () => {
  const vars = { amount: 'money', rate: 'text', name: 'text' }

  it('is judged with some amount in it', () => {
    expect(lintWording('{{name}} 每期 {{amount}}', vars)).toBe(true)
    expect(lintWording('{{#if name}}月供 {{amount}}{{/if}}', vars)).toBe(true)
    expect(lintWording('分期：{{name}}', vars)).toBe(false)
  })

  it('may leave its rate to a variable of that name, or behind the words of it', () => {
    expect(lintWording('{{name}} 每期 {{amount}} · {{rate}}', vars)).toBe(false)
    expect(lintWording('每期 {{amount}}，年利率 {{name}}', vars)).toBe(false)
  })
})
