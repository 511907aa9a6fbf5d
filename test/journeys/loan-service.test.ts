import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apply } from '../kit/credit/apply.ts'
import { fillIn } from '../kit/credit/fill-in.ts'
import { createSqliteDatabase } from '../kit/databases.ts'
import { applyTenant } from '../kit/definition.ts'
import { Phone, textOf } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'river-bank'
const bot = 'sip:106900000095@botplatform.rcs.vnet.cn'
const dayMs = 24 * 3_600_000

describe('a loan in the bank’s own thread', () => {
  let sandbox: Sandbox
  /** A shop's. */
  let owner: Phone
  const database = createSqliteDatabase()
  beforeAll(async () => {
    const terms = { reviewMs: 300, codesPerMinute: 100 }
    sandbox = await openSandbox({ database: await database, street: { bank: { terms } } })
    await applyTenant(sandbox.api, tenant)
    const { operatorUrl, bankUrl } = sandbox.street
    owner = new Phone({ operatorUrl, bankUrl, number: '+8613800000007', bot })
  })
  afterAll(async () => {
    await sandbox.stop()
    await (await database).drop()
  })

  it('is paid out, comes late, and is paid with its penalty (S29)', async () => {
    const { operatorUrl, bankUrl } = sandbox.street
    const phone = new Phone({ operatorUrl, bankUrl, number: '+8613800000001', bot })
    await phone.ask('经营贷款', '小微周转贷款 · 年利率 9.32%')
    const uses = await phone.ask('小微经营贷款', '只能用于经营')
    await phone.choose(uses, '采购货物', '想借多少')
    const months = await phone.ask('10000', '借多久')
    const wish = await phone.choose(months, '12 个月', '用途：采购货物')
    const facts = await phone.choose(wish, '继续', '小微经营贷款 ¥10,000.00 · 年利率')
    expect(textOf(facts)).toContain('用途：采购货物')
    const offer = await apply({ phone, name: '林晓雨', bankUrl }, facts, '个人和商户征信')
    const contract = await phone.choose(offer, '签署合同', '签署贷款合同 ¥10,000.00')
    await phone.choose(contract, '签署贷款合同', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('放款成功 ¥10,000.00')
    await phone.waitFor('款项已到您的结算账户')
    expect(await settlementBalance(bankUrl)).toBe(10_000_00n)
    // A month and ten days later nothing has been paid.
    await sandbox.house.advance(41 * dayMs)
    // The bank tells of it by itself.
    const late = await phone.waitFor('第 1 期已逾期')
    expect(textOf(late)).toContain('含罚息')
    const today = await phone.choose(late, '还款', '今日还款')
    const amount = /今日还款 (¥[0-9,.]+)/.exec(textOf(today))?.[1] ?? ''
    expect(textOf(late)).toContain(`今日应还 ${amount}`)
    const confirm = await phone.choose(today, '继续', `确认还款 ${amount}`)
    await phone.choose(confirm, '确认还款', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('已还款')
    const next = await phone.ask('我的贷款', '第 2 期')
    expect(textOf(next)).not.toContain('逾期')
  }, 40_000)

  it('says how much somebody could borrow, leaves no trace of it, and leads on to the application', async () => {
    const { bankUrl } = sandbox.street
    const phone = owner
    const before = await countCreditQueries(bankUrl)
    const ranges = await phone.ask('我能贷多少？', '预估可借：¥5,000.00 至 ¥300,000.00')
    const said = textOf(ranges)
    expect(said).toContain('消费贷款 · 年利率 7.20%（单利）\n预估可借：¥500.00 至 ¥200,000.00')
    expect(said).toContain('没有查询征信')
    expect(said).not.toMatch(/每期|每月|月供|审批通过|已批准/)
    const uses = await phone.choose(ranges, '申请小微经营贷款', '只能用于经营')
    await phone.choose(uses, '采购货物', '预估可借到 ¥300,000.00，以审批结果为准')
    // There is no button to point at, and an amount that is not lent is named.
    await phone.ask('随便', '没有看懂，请再说一次。')
    await phone.ask('999999', '¥999,999.00 不在可借的范围内')
    await phone.ask('一万块', '借多久')
    const wish = await phone.ask('一年', '小微经营贷款 ¥10,000.00 · 年利率 8.99%（单利）')
    const facts = await phone.choose(wish, '继续', '小微经营贷款 ¥10,000.00 · 年利率')
    // In the bank's dialogue it can be asked once more, of this loan alone.
    const told = await phone.choose(
      facts,
      '我能贷多少',
      '小微经营贷款 · 年利率 8.99%（单利）\n预估可借：¥5,000.00 至 ¥300,000.00',
    )
    await phone.choose(told, '申请', '授权：提供申请资料')
    expect(await countCreditQueries(bankUrl)).toBe(before)
    await phone.ask('取消', '没有借款')
  }, 40_000)

  it('asks for a signature again that was left, and keeps the application meanwhile', async () => {
    const { bankUrl } = sandbox.street
    const phone = owner
    await phone.ask('经营贷款', '小微周转贷款 · 年利率 9.32%')
    const uses = await phone.ask('小微经营贷款', '只能用于经营')
    await phone.choose(uses, '采购货物', '想借多少')
    // There is no button to point at, and an amount that is not lent is named.
    await phone.ask('随便', '没有看懂，请再说一次。')
    await phone.ask('999999', '¥999,999.00 不在可借的范围内')
    await phone.ask('一万块', '借多久')
    const wish = await phone.ask('一年', '小微经营贷款 ¥10,000.00 · 年利率 8.99%（单利）')
    const facts = await phone.choose(wish, '继续', '小微经营贷款 ¥10,000.00 · 年利率')
    const data = await phone.choose(facts, '申请', '授权：提供申请资料')
    const form = await phone.choose(
      await phone.choose(data, '同意', '可选：接收优惠信息'),
      '不同意',
      '请在银行页面填写资料',
    )
    await fillIn(bankUrl, form, '周启明')
    const query = await phone.waitFor('个人和商户征信')
    const card = await phone.choose(query, '签名授权', '授权内容')
    await phone.ask('好的', '请点“签名授权”或“取消”。')
    const left = await phone.choose(card, '取消', '授权还没有签名，申请先保留')
    const again = await phone.choose(left, '重新签名', '个人和商户征信')
    await phone.choose(await phone.choose(again, '签名授权', '授权内容'), '签名授权', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('审批通过')
  }, 40_000)

  it('goes on to the application at a bank that tells nobody how much before they apply', async () => {
    await applyTenant(sandbox.api, tenant, ({ banks: [bank] }) => {
      const grants = Object.entries(bank?.['grants'] ?? {}).filter(([name]) => name !== 'loan-precheck')
      if (bank) bank['grants'] = Object.fromEntries(grants)
    })
    const { operatorUrl, bankUrl } = sandbox.street
    const phone = new Phone({ operatorUrl, bankUrl, number: '+8613800000004', bot })
    await phone.ask('我能贷多少', '银行现在没有给出预估额度')
    const loans = await phone.waitFor('小微周转贷款 · 年利率 9.32%')
    await phone.choose(loans, '小微经营贷款', '只能用于经营')
  }, 40_000)
})

async function countCreditQueries(bankUrl: string): Promise<number> {
  const register = (await (await fetch(`${bankUrl}/sandbox/credit-queries`)).json()) as { readonly queries: unknown[] }
  return register.queries.length
}

/** What the seeded business of the customer has got, by the bank's own books. */
async function settlementBalance(bankUrl: string): Promise<bigint> {
  const ledger = (await (await fetch(`${bankUrl}/sandbox/ledger`)).json()) as {
    readonly accounts: readonly { readonly mask: string | null; readonly balanceMinor: string }[]
  }
  return BigInt(ledger.accounts.find(({ mask }) => mask === '****3601')?.balanceMinor ?? '-1')
}
