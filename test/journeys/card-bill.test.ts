import type { MessageView } from '@inthread/sandbox-operator/views'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apply } from '../kit/credit/apply.ts'
import { letHappen, readAccount } from '../kit/bank/controls.ts'
import { applyTenant } from '../kit/definition.ts'
import { textOf, type Phone } from '../kit/phone.ts'
import { chatbotOf, openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'river-bank'
const number = '+8613800000001'

describe('the bill of a card in the bank’s own thread', () => {
  let sandbox: Sandbox
  let bank: Phone
  let mall: Phone
  beforeAll(async () => {
    const terms = { reviewMs: 300, codesPerMinute: 100 }
    sandbox = await openSandbox({ tenant, street: { bank: { terms } } })
    await applyTenant(sandbox.api, 'digital-mall')
    bank = sandbox.phone(number)
    mall = sandbox.phone(number, chatbotOf('digital-mall'))
  })
  afterAll(() => sandbox.stop())

  it('is paid with its minimum from an account, then in full, and the rest could be had in parts (S23)', async () => {
    const { bankUrl } = sandbox.street
    await takeCard(bank, bankUrl)
    await buyByCard(mall)
    const had = await balanceOf(bankUrl, '****1234')
    await issueBill(sandbox)
    // The bank tells of it by itself.
    const bill = await bank.waitFor('信用卡账单 ¥899.00')
    expect(textOf(bill)).toContain('最低还款：¥89.90')
    const least = await bank.choose(bill, '最低还款', '今日还款 ¥89.90')
    expect(textOf(least)).toContain('还款后还剩：¥809.10')
    const confirm = await bank.choose(least, '继续', '确认还款 ¥89.90')
    // Nobody pays a card with a card: the one account that is left was not asked about.
    expect(textOf(confirm)).toContain('储蓄卡 ****1234')
    await pay(bank, confirm)
    await bank.waitFor('这张账单还剩 ¥809.10')
    expect(had - (await balanceOf(bankUrl, '****1234'))).toBe(8_990n)

    const left = await bank.ask('信用卡账单', '信用卡账单还剩 ¥809.10')
    expect(left.suggestions.map(({ label }) => label)).toEqual(['全额还款', '分 12 期', '以后再说'])
    const parts = await bank.choose(left, '分 12 期', '年利率')
    expect(textOf(parts)).toContain('账单分期 ¥809.10')
    await bank.choose(parts, '以后再说', '账单不变')
    const again = await bank.ask('还信用卡', '信用卡账单还剩 ¥809.10')
    const rest = await bank.choose(again, '全额还款', '今日还款 ¥809.10')
    const sure = await bank.choose(rest, '继续', '确认还款 ¥809.10')
    // The first code never comes to the phone's owner; the second one does it.
    await bank.choose(sure, '确认还款', '验证码已发送')
    const first = await bank.code()
    await sandbox.house.advance(120_001)
    await pay(bank, await bank.waitFor('验证码已过期，这次还款还没有提交，没有扣款'), '重新发送')
    expect(await bank.code()).not.toBe(first)
    await bank.waitFor('信用卡账单已还清')
    expect(had - (await balanceOf(bankUrl, '****1234'))).toBe(89_900n)
    await bank.ask('信用卡账单', '没有要还的信用卡账单')
    const { items } = await sandbox.api.orders.list.query({ tenant, capability: 'loan-account' })
    const { movements } = await sandbox.api.orders.get.query({ tenant, order: items[0]?.id ?? '' })
    expect(movements.map(({ kind, dr }) => [kind, dr])).toEqual([
      ['pending', 'ext:bank:main:collections'],
      ['post', 'ext:bank:main:collections'],
    ])
  }, 60_000)
})

async function pay(phone: Phone, card: MessageView, button = '确认'): Promise<void> {
  await phone.choose(card, button, '验证码已发送')
  await phone.say(await phone.code())
}

/** Applied for, signed, and activated. */
async function takeCard(phone: Phone, bankUrl: string): Promise<void> {
  const facts = await phone.ask('申请信用卡', '年利率 18.25%')
  const offer = await apply({ phone, name: '林晓雨', bankUrl }, facts)
  const contract = await phone.choose(offer, '签约', '签约信用卡')
  await phone.choose(contract, '签约信用卡', '验证码已发送')
  await phone.say(await phone.code())
  const activation = await phone.choose(await phone.waitFor('已签发'), '激活', '激活信用卡')
  await phone.choose(activation, '激活信用卡', '验证码已发送')
  await phone.say(await phone.code())
  await phone.waitFor('信用卡已办好')
}

async function buyByCard(phone: Phone): Promise<void> {
  const headset = await phone.choose(await phone.ask('购物', '降噪耳机'), '买降噪耳机', '降噪耳机 ¥899.00')
  const which = await phone.choose(headset, '支付', '用哪个账户支付')
  await pay(phone, await phone.choose(which, '信用卡', '确认支付 ¥899.00'))
  await phone.waitFor('马上发货')
}

/** A month of the card is over. */
async function issueBill({ api, street }: Sandbox): Promise<void> {
  const { items } = await api.orders.list.query({ tenant, capability: 'credit-card' })
  await letHappen(street.bankUrl, items[0]?.bankRef ?? '', 'bill')
}

async function balanceOf(bankUrl: string, mask: string): Promise<bigint> {
  const [balance = '-1'] = (await readAccount(bankUrl, mask)) ?? []
  return BigInt(balance)
}
