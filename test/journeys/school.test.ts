import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSqliteDatabase } from '../kit/databases.ts'
import { agree } from '../kit/credit/agree.ts'
import { apply } from '../kit/credit/apply.ts'
import { applyTenant } from '../kit/definition.ts'
import { Phone, textOf } from '../kit/phone.ts'
import { readBank } from '../kit/purchase.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'riverside-school'
const bot = 'sip:106900000002@botplatform.rcs.vnet.cn'

describe('a school, its fees and its courses', () => {
  let sandbox: Sandbox
  const database = createSqliteDatabase()
  beforeAll(async () => {
    sandbox = await openSandbox({
      database: await database,
      street: { bank: { terms: { reviewMs: 300, codesPerMinute: 100 } } },
    })
    await applyTenant(sandbox.api, tenant)
  })
  afterAll(async () => {
    await sandbox.stop()
    await (await database).drop()
  })
  const phoneOf = (number: string): Phone => {
    const { operatorUrl, bankUrl } = sandbox.street
    return new Phone({ operatorUrl, bankUrl, number, bot })
  }

  it('takes a meal fee once (S02)', async () => {
    const phone = phoneOf('+8613800000001')
    const list = await phone.ask('餐费', '4月餐费')
    const fee = await phone.choose(list, '缴4月餐费', '4月餐费 ¥480.00')
    const confirm = await phone.choose(fee, '支付', '确认支付 ¥480.00')
    expect(textOf(confirm)).toContain('收款方：星光小学 ****7710')
    await phone.choose(confirm, '确认支付', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('支付成功 ¥480.00')
    await phone.waitFor('4月餐费已缴')
    await phone.choose(await phone.ask('餐费', '4月餐费'), '缴4月餐费', '已经缴过了')
    const bank = await readBank(sandbox.street.bankUrl)
    expect(bank.payments.map(({ state, amount }) => [state, amount.value])).toEqual([['succeeded', '48000']])
  })

  it('is paid by a loan, and gives back through it (S03, S04)', async () => {
    const phone = phoneOf('+8613800000001')
    const course = await phone.ask('我想报 24 个月的编程课', '编程课 · 24 个月 · ¥18,800.00')
    const facts = await phone.choose(course, '分期贷款', '教育分期贷款 ¥18,800.00')
    // The rate stands beside the amount; the figures are those of the reference schedule.
    expect(facts.card?.title).toContain('年利率 9.80%（单利）/10.25%（复利）')
    expect(textOf(facts)).toContain('前 3 期只还利息，每期 ¥153.53；之后 21 期，每期 ¥977.84，末期 ¥977.81')
    expect(textOf(facts)).toContain('利息总额：¥2,195.20')
    // Up to how much the bank would think about is between it and the customer: the school hears nothing of it.
    const estimate = await phone.choose(facts, '我能贷多少', '预估可借：¥1,000.00 至 ¥')
    expect(estimate.card?.title).toContain('年利率 9.80%（单利）')
    expect(textOf(estimate)).toContain('这是预估，不是审批结果')
    const schedule = await phone.choose(estimate, '查看每期', '第 24 期')
    expect(textOf(schedule)).toContain('¥153.53')
    const again = await phone.waitFor('要继续吗')
    const applicant = { phone, name: '林晓雨', bankUrl: sandbox.street.bankUrl }
    const offer = await apply(applicant, again)
    expect(offer.card?.title).toContain('¥18,800.00 · 年利率 9.80%')
    const contract = await phone.choose(offer, '签署合同', '签署贷款合同 ¥18,800.00')
    expect(textOf(contract)).toContain('收款方：星光小学 ****7710')
    await phone.choose(contract, '签署贷款合同', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('放款成功 ¥18,800.00')
    const opened = await phone.waitFor('编程课已开通')
    const number = /单号 ([0-9A-Z]{10})/.exec(textOf(opened))?.[1] ?? ''
    const order = await sandbox.api.orders.get.query({ tenant, order: number })
    expect(order).toMatchObject({ state: 'succeeded', amount: { value: '1880000' } })
    const leaving = await phone.ask('退课', '退课：编程课，退 ¥5,000.00')
    expect(textOf(leaving)).toContain('不退现金')
    // So much money is given back only when a second person of the school agrees.
    await phone.choose(leaving, '确认退课', '不用重复申请')
    await agree(sandbox, tenant)
    await phone.waitFor('已退给银行，用于提前还本')
    const bank = await readBank(sandbox.street.bankUrl)
    expect(bank.totals['CNY']).toBe('0')
  })

  it('keeps what was allowed as evidence, and the no to advertising beside it', async () => {
    const { items } = await sandbox.api.consents.list.query({ tenant })
    expect(items.map(({ purpose, state }) => [purpose, state]).sort()).toEqual([
      ['credit-query', 'granted'],
      ['marketing', 'refused'],
      ['personal-data', 'granted'],
    ])
  })

  it('lends nothing to somebody under eighteen, and says no reason to the school', async () => {
    const phone = phoneOf('+8613800000006')
    const course = await phone.ask('我想报 24 个月的编程课', '编程课')
    const facts = await phone.choose(course, '分期贷款', '教育分期贷款')
    const data = await phone.choose(facts, '申请', '授权：提供申请资料')
    const offers = await phone.choose(data, '同意', '可选：接收优惠信息')
    const refused = await phone.choose(offers, '不同意', '没有批准')
    expect(refused.speaker?.party).toBe('bank')
    const full = await phone.waitFor('要全额支付吗')
    expect(full.speaker?.party).toBe('merchant')
  })
})
