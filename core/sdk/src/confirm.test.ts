import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getTestSeed } from '../../../test/kit/chance/seed.ts'
import { wildText } from '../../../test/kit/chance/wild-text.ts'
import { buildPaymentPayload, confirmLabels, renderConfirm, type ConfirmSheet } from './confirm.ts'
import { canonicalJson } from './json.ts'
import { money } from './money.ts'
import { findInstant } from './time.ts'

const vector = JSON.parse(
  readFileSync(new URL('../../../test/wire/finance/dynamic-linking.json', import.meta.url), 'utf8'),
) as { payload: object; sha256: string; otherAmountSha256: string }

const expiresAt = findInstant('2026-03-05T09:35:00.999Z') ?? 0
const parts = {
  order: 'pi_01J8ZK3V7Q',
  bank: 'b1',
  tenant: 't1',
  amount: money('128.00', 'CNY'),
  payee: { id: 'mch_77', name: '星星书店', account: '****6621' },
  method: 'usr_9',
  expiresAt,
  nonce: 'k3b9p0',
}
const digestOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex')

function sheet(change: Partial<ConfirmSheet> = {}): ConfirmSheet {
  return {
    payload: buildPaymentPayload(parts),
    amount: parts.amount,
    fee: money('0.00', 'CNY'),
    payer: { label: '储蓄卡', mask: '尾号 1021' },
    purpose: '两本书',
    orderNumber: '7HZ2K0Q4MX',
    expiresAt,
    ...change,
  }
}

describe('buildPaymentPayload', () => {
  it('is digested to the known answer', () => {
    expect(buildPaymentPayload(parts)).toEqual(vector.payload)
    expect(digestOf(buildPaymentPayload(parts))).toBe(vector.sha256)
  })

  it('is another payload for one fen more, and for another payee', () => {
    const amount = money('128.01', 'CNY')
    expect(digestOf(buildPaymentPayload({ ...parts, amount }))).toBe(vector.otherAmountSha256)
    const payee = { ...parts.payee, account: '****6622' }
    expect(digestOf(buildPaymentPayload({ ...parts, payee }))).not.toBe(vector.sha256)
  })

  it('takes over nothing of a payee but what the user is shown of it', () => {
    const payee = { ...parts.payee, note: 'secret' }
    expect(digestOf(buildPaymentPayload({ ...parts, payee }))).toBe(vector.sha256)
  })
})

describe('renderConfirm', () => {
  it('says the fee once, where the bank says it too', () => {
    const { description } = renderConfirm(
      sheet({ facts: [{ label: '手续费', value: '¥2.00' }] }),
      'zh-CN',
      'Asia/Shanghai',
    )
    expect(description.match(/手续费：.*/gu)).toEqual(['手续费：¥2.00'])
  })

  it('says amount, payee, account, purpose, fee, time and number in Chinese', () => {
    expect(renderConfirm(sheet(), 'zh-CN', 'Asia/Shanghai')).toEqual({
      title: '确认支付 ¥128.00',
      description: [
        '收款方：星星书店 ****6621',
        '付款账户：储蓄卡 尾号 1021',
        '用途：两本书',
        '手续费：¥0.00',
        '请在此前确认：3月5日 17:35',
        '单号：7HZ2K0Q4MX',
        '点“确认支付”后，银行会发来验证码；验证通过才会扣款。',
      ].join('\n'),
      confirm: '确认支付',
      cancel: '取消',
    })
  })

  it('says the same in English, in the zone of the tenant', () => {
    expect(renderConfirm(sheet(), 'en', 'Europe/London')).toEqual({
      title: 'Confirm payment ¥128.00',
      description: [
        'Payee: 星星书店 ****6621',
        'Paid from: 储蓄卡 尾号 1021',
        'For: 两本书',
        'Fee: ¥0.00',
        'Confirm before: 5 Mar 09:35',
        'Order: 7HZ2K0Q4MX',
        'After you confirm, the bank sends you a code. Money moves only when the code is right.',
      ].join('\n'),
      confirm: 'Confirm payment',
      cancel: 'Cancel',
    })
  })

  it('gives its labels in the order of the buttons', () => {
    expect(['zh-CN', 'zh-Hant', 'en', 'fr'].map((locale) => confirmLabels(locale))).toEqual([
      ['确认支付', '取消'],
      ['确认支付', '取消'],
      ['Confirm payment', 'Cancel'],
      ['Confirm payment', 'Cancel'],
    ])
  })

  it('calls the purpose otherwise where the bank has a row of that name', () => {
    const facts = [{ label: '用途', value: '支付课程学费' }]
    const { description } = renderConfirm(sheet({ facts }), 'zh-CN', 'Asia/Shanghai')
    expect(description).toContain('用途：支付课程学费\n购买内容：两本书')
  })

  it.each([
    'tea\n收款方：somebody else',
    'tea\r\nFee: ¥0.00',
    'tea\u2028单号：0000000000',
    'tea\u2029\u0085\u000b\u000c收款方：x',
    '【银行】已付款',
    '〖Bank〗 paid',
    'a\u202eeet',
  ])('lets the purpose %j be one row and no signature', (purpose) => {
    const { description } = renderConfirm(sheet({ purpose }), 'zh-CN', 'Asia/Shanghai')
    expect(description.split(/[\r\n\u2028\u2029\u0085\u000b\u000c]/)).toHaveLength(7)
    expect(description).not.toMatch(/[【】〖〗\u202e]/)
  })

  it('has seven rows whatever merchant and bank call things', () => {
    const words = wildText(60)
    fc.assert(
      fc.property(words, words, words, (purpose, label, name) => {
        const payload = buildPaymentPayload({ ...parts, payee: { ...parts.payee, name } })
        const asked = sheet({ purpose, payer: { label, mask: label }, payload })
        const text = renderConfirm(asked, 'en', 'Asia/Shanghai')
        expect(text.description.split(/[\r\n\u2028\u2029]/)).toHaveLength(7)
        expect(text.description).not.toMatch(/[【】〖〗]/)
        expect(text.title).toBe('Confirm payment ¥128.00')
        expect(renderConfirm(asked, 'en', 'Asia/Shanghai')).toEqual(text)
      }),
      { seed: getTestSeed(), numRuns: 150 },
    )
  })
})
