import { describe, expect, test } from 'vitest'
import { classifyResult, readSealed, readSealedText } from './read-sealed.ts'

describe('a confirm card', () => {
  test('in Chinese, as the platform writes it', () => {
    const description = [
      '收款方：北方铁路 ****6621',
      '付款账户：储蓄卡 ****1234',
      '手续费：0.00',
      '有效至：10:30',
      '单号：P20260326-0007',
      '确认后款项将立即支付，出票失败自动退回。',
    ].join('\n')
    expect(readSealed('确认支付 ¥553.50', description, true)).toEqual({
      action: '确认支付',
      amount: '¥553.50',
      payee: '北方铁路',
      account: '****6621',
      rows: [
        { label: '付款账户', value: '储蓄卡 ****1234' },
        { label: '手续费', value: '0.00' },
        { label: '有效至', value: '10:30' },
        { label: '单号', value: 'P20260326-0007' },
      ],
      note: ['确认后款项将立即支付，出票失败自动退回。'],
      order: 'P20260326-0007',
      asks: true,
    })
  })

  test('of a credit has its annual rate beside its amount', () => {
    const rate = { label: '年利率', value: '9.80%', more: '（单利）/10.25%（复利）' }
    const sealed = readSealed('教育贷款 ¥18,800.00 · 年利率 9.80%（单利）/10.25%（复利）', '期数：24', true)
    expect(sealed).toMatchObject({ action: '教育贷款', amount: '¥18,800.00', rate })
    const english = readSealed('Loan ¥18,800.00 · Annual rate 9.80% (simple) / 10.25% (compound)', 'Term: 24', true)
    expect(english).toMatchObject({ action: 'Loan', rate: { value: '9.80%', more: '(simple) / 10.25% (compound)' } })
  })

  test('in English, with the account in a line of its own', () => {
    const description = 'Payee: Northern Rail\nAccount: ****6621\nPay from: Debit card ****1234\nOrder: A-17'
    expect(readSealed('Confirm payment ¥1,553.50', description, true)).toMatchObject({
      action: 'Confirm payment',
      amount: '¥1,553.50',
      payee: 'Northern Rail',
      account: '****6621',
      rows: [
        { label: 'Pay from', value: 'Debit card ****1234' },
        { label: 'Order', value: 'A-17' },
      ],
      order: 'A-17',
    })
  })

  test.each([
    ['确认支付 480.00 元给 星光小学', '480.00 元', '确认支付 给 星光小学'],
    ['支付 CNY 20', 'CNY 20', '支付'],
    ['请核对', undefined, '请核对'],
  ])('%s', (title, amount, action) => {
    const sealed = readSealed(title, '', true)
    expect([sealed.amount, sealed.action]).toEqual([amount, action])
  })

  test('a choice among accounts stays a sentence, and so does a result with its amount inside', () => {
    expect(readSealed('用哪个账户支付 ¥553.50？', '', true)).toMatchObject({ action: '用哪个账户支付 ¥553.50？' })
    const result = readSealed('Payment of ¥553.50 is being checked', 'Order: A-17', false)
    expect([result.action, result.amount]).toEqual(['Payment of ¥553.50 is being checked', undefined])
    expect(readSealed('确认支付 ¥553.50？', '单号：A-17', true).amount).toBe('¥553.50')
  })

  test.each([['星光小学（账户 ****6621）'], ['星光小学（****6621）'], ['星光小学 · ****6621'], ['星光小学 ****6621']])(
    'payee and account of %s',
    (line) => {
      const sealed = readSealed('x', `收款方：${line}`, true)
      expect([sealed.payee, sealed.account]).toEqual(['星光小学', '****6621'])
    },
  )

  test('neither a time of day nor a web address makes a row', () => {
    const sealed = readSealed('x', '请在 10:30 前确认\nhttps://example.com/a', true)
    expect(sealed.rows).toEqual([])
    expect(sealed.note).toHaveLength(2)
  })
})

test('a plain text of the bank becomes a form when it has rows', () => {
  expect(readSealedText('支付成功 ¥553.50\n单号：A-17\n时间：09:31')).toMatchObject({
    action: '支付成功',
    amount: '¥553.50',
    order: 'A-17',
    result: 'done',
    asks: false,
  })
  expect(readSealedText('请输入银行发送的验证码')).toBeUndefined()
})

test.each([
  ['支付成功', 'done'],
  ['支付成功 ¥553.50', 'done'],
  ['Paid', 'done'],
  ['Payment refused', 'refused'],
  ['支付未成功', 'refused'],
  ['余额不足', 'refused'],
  ['Not paid', 'refused'],
  ['没有支付成功 ¥553.50', 'refused'],
  ['Not paid ¥553.50', 'refused'],
  ['未能完成支付', 'refused'],
  ['正在核对 ¥553.50', 'checking'],
  ['Being checked ¥553.50', 'checking'],
  ['正在核对，请勿重复支付', 'checking'],
  ['Payment is being checked', 'checking'],
  ['支付处理中', 'checking'],
  ['保费已支付，等待承保 ¥980.00', 'checking'],
  ['Premium paid, waiting for the insurer ¥980.00', 'checking'],
  ['货款已由银行保管 ¥880.00', 'done'],
  ['Kept by the bank ¥880.00', 'done'],
  ['已取消', 'other'],
])('%s is %s', (title, kind) => {
  expect(classifyResult(title)).toBe(kind)
})
