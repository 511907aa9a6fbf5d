import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agree } from '../kit/credit/agree.ts'
import { apply } from '../kit/credit/apply.ts'
import { textOf, type Phone } from '../kit/phone.ts'
import { readBank } from '../kit/purchase.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'digital-mall'

describe('a shop, and what to do when the money is not there', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    const terms = { reviewMs: 300, codesPerMinute: 100 }
    sandbox = await openSandbox({ tenant, street: { bank: { terms } } })
  })
  afterAll(() => sandbox.stop())

  /** The number of what was sold in parts. */
  let sold = ''
  const phones = new Map<string, Phone>()
  const phoneOf = (number: string): Phone => {
    const phone = phones.get(number) ?? sandbox.phone(number)
    phones.set(number, phone)
    return phone
  }

  it('leads from too little money to a card, and from there to a new confirmation (S13)', async () => {
    const phone = phoneOf('+8613800000002')
    const goods = await phone.ask('购物', '降噪耳机')
    const headset = await phone.choose(goods, '买降噪耳机', '降噪耳机 ¥899.00')
    const confirm = await phone.choose(headset, '支付', '确认支付 ¥899.00')
    await phone.choose(confirm, '确认支付', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('没有支付成功')
    const short = await phone.waitFor('账户余额不够支付 ¥899.00，没有扣款')
    const facts = await phone.choose(short, '申请信用卡', '年利率 18.25%（单利，最高）')
    expect(textOf(facts)).toContain('最低还款额未还部分的 5% 收取违约金')
    const offer = await apply({ phone, name: '陈建国', bankUrl: sandbox.street.bankUrl }, facts)
    expect(offer.card?.title).toContain('已批准额度 ¥8,000.00 · 年利率 18.25%')
    const contract = await phone.choose(offer, '签约', '签约信用卡')
    await phone.choose(contract, '签约信用卡', '验证码已发送')
    await phone.say(await phone.code())
    const issued = await phone.waitFor('已签发')
    const activation = await phone.choose(issued, '激活', '激活信用卡')
    await phone.choose(activation, '激活信用卡', '验证码已发送')
    await phone.say(await phone.code())
    const resume = await phone.waitFor('您的订单仍保留：降噪耳机 ¥899.00')
    expect((await readBank(sandbox.street.bankUrl)).payments.map(({ state }) => state)).toEqual(['failed'])
    const which = await phone.choose(resume, '支付', '用哪个账户支付')
    const again = await phone.choose(which, '信用卡', '确认支付 ¥899.00')
    await phone.choose(again, '确认支付', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('马上发货')
    const { payments } = await readBank(sandbox.street.bankUrl)
    expect(payments.map(({ state }) => state).sort()).toEqual(['failed', 'succeeded'])
    expect(new Set(payments.map(({ clientRef }) => clientRef)).size).toBe(2)
  })

  it('sells in three parts that cost nothing, and says so (S15)', async () => {
    const phone = phoneOf('+8613800000002')
    const goods = await phone.ask('购物', '智能音箱')
    const speaker = await phone.choose(goods, '买智能音箱', '智能音箱 ¥1,000.00')
    const parts = await phone.choose(speaker, '分期付款', '智能音箱 ¥1,000.00 · 年利率 0.00%')
    expect(textOf(parts)).toContain('3 期，每期 ¥333.33，末期 ¥333.34')
    const confirm = await phone.choose(parts, '就这样分期', '确认分期 ¥1,000.00 · 年利率 0.00%')
    expect(textOf(confirm)).toContain('信用卡')
    await phone.choose(confirm, '确认分期', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('分期办理成功 ¥1,000.00')
    sold = /单号 ([0-9A-Z]{10})/.exec(textOf(await phone.waitFor('马上发货')))?.[1] ?? ''
  })

  it('gives back of it to the card, first a part and then the rest, and gets back what it paid for it', async () => {
    const books = async (): Promise<readonly bigint[]> => {
      const { accounts } = await readBank(sandbox.street.bankUrl)
      const balanceOf = (kind: string): bigint =>
        accounts.filter((account) => account.kind === kind).reduce((sum, one) => sum + BigInt(one.balanceMinor), 0n)
      return [balanceOf('card'), balanceOf('merchant'), balanceOf('fees')]
    }
    const { id: order } = await sandbox.api.orders.get.query({ tenant, order: sold })
    const refund = async (amount: string, ref: string): Promise<unknown> => {
      await sandbox.api.orders.refund.mutate({ tenant, order, amount, reason: '退货', ref })
      const find = async () => (await sandbox.api.orders.refunds.query({ tenant, order })).items
      while ((await find()).some(({ state }) => state === 'processing')) await pause(50)
      return (await find()).map(({ state, amount: given }) => `${state} ${given.value}`).sort()
    }
    const before = await books()
    expect(await refund('400.00', 'part')).toEqual(['succeeded 40000'])
    const after = (card: bigint, shop: bigint, fees: bigint): readonly bigint[] =>
      [card, shop, fees].map((change, index) => (before[index] ?? 0n) + change)
    expect(await books()).toEqual(after(40_000n, -39_280n, -720n))
    await expect(refund('600.01', 'too-much')).rejects.toThrow()
    expect(await refund('600.00', 'rest')).toEqual(['succeeded 40000', 'succeeded 60000'])
    expect(await books()).toEqual(after(100_000n, -98_200n, -1_800n))
    expect((await sandbox.api.books.breaks.query({ tenant })).items).toEqual([])
  })

  it('gives back in parts, and never more than was paid (S18)', async () => {
    const phone = phoneOf('+8613800000001')
    const cable = await phone.choose(await phone.ask('购物', '数据线'), '买数据线', '数据线 ¥128.00')
    await phone.choose(await phone.choose(cable, '支付', '确认支付 ¥128.00'), '确认支付', '验证码已发送')
    await phone.say(await phone.code())
    const number = /单号 ([0-9A-Z]{10})/.exec(textOf(await phone.waitFor('马上发货')))?.[1] ?? ''
    const { id: order } = await sandbox.api.orders.get.query({ tenant, order: number })
    const refund = (amount: string, ref: string): Promise<unknown> =>
      sandbox.api.orders.refund.mutate({ tenant, order, amount, reason: '退货', ref })
    await refund('50.00', 'one')
    const both = await Promise.allSettled([refund('78.00', 'two'), refund('78.00', 'three')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await agree(sandbox, tenant)
    const states = async (): Promise<readonly string[]> =>
      (await sandbox.api.orders.refunds.query({ tenant, order })).items.map(({ state }) => state)
    while ((await states()).includes('processing')) await pause(50)
    expect(await states()).toEqual(['succeeded', 'succeeded'])
    await expect(refund('0.01', 'four')).rejects.toThrow()
  })

  it('agrees with the bank’s statement of the day: parts, refunds, and what the shop paid for them', async () => {
    await sandbox.house.advance(30 * 3_600_000)
    const statements = async () => await sandbox.api.books.statements.query({ tenant })
    // Two days, where the bank's midnight fell between what was sold and what came back.
    const countLines = async () => (await statements()).reduce((sum, { lines }) => sum + lines, 0)
    while ((await countLines()) < 11) await pause(50)
    expect((await statements()).filter(({ breaks }) => breaks > 0)).toEqual([])
    expect((await sandbox.api.books.breaks.query({ tenant })).items).toEqual([])
  })
})
