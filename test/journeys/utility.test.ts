import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSqliteDatabase } from '../kit/databases.ts'
import { applyTenant } from '../kit/definition.ts'
import { Phone, textOf } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const bot = 'sip:106900000021@botplatform.rcs.vnet.cn'
const minuteMs = 60_000
let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  sandbox = await openSandbox({ database: await createSqliteDatabase() })
  await applyTenant(sandbox.api, 'clear-water')
  const { operatorUrl, bankUrl } = sandbox.street
  phone = new Phone({ operatorUrl, bankUrl, number: '+8613800000001', bot })
})
afterAll(() => sandbox.stop())

async function callBank(method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${sandbox.street.bankUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true)
}

const setMood = (subject: string, mood: string): Promise<void> =>
  callBank('PUT', `/sandbox/moods/${encodeURIComponent(subject)}`, { mood })

async function confirm(amount: string): Promise<void> {
  const card = await phone.waitFor(`确认缴费 ¥${amount}`)
  await phone.choose(card, '确认缴费', '验证码已发送')
  await phone.say(await phone.code())
}

describe('a bill of the household', () => {
  it('is found, paid and settled, and the account is known from then on (S05)', async () => {
    await phone.ask('电费', '请输入国网电力的电费户号')
    const bill = await phone.ask('1301 2340 077', '电费 ¥86.50')
    expect(textOf(bill)).toContain('国网电力 户号 ****0077')
    expect(textOf(bill)).toContain('无滞纳金')
    await phone.tap(bill, '缴费')
    await confirm('86.50')
    expect(textOf(await phone.waitFor('国网电力已销账'))).toContain('缴费成功：电费 ¥86.50')
  })

  it('is not paid twice within a day unless that is wanted (S06)', async () => {
    const accounts = await phone.ask('电费', '请选择户号')
    const question = await phone.choose(accounts, '尾号 0077', '是否仍要缴费')
    expect(textOf(question)).toContain('已缴同一账单 ¥86.50')
    await phone.choose(question, '不缴了', '好的')
    expect(await readAccount()).toEqual(['303395', '0'])
  })

  it('whose amount moved while somebody looked at it is shown anew', async () => {
    await phone.ask('水费', '请输入清源水务的水费户号')
    const bill = await phone.ask('13012340077', '水费 ¥42.00')
    await setMood('biller:water:amount', '4550')
    await sandbox.house.advance(11 * minuteMs)
    await phone.tap(bill, '缴费')
    await phone.waitFor('由 ¥42.00 变为 ¥45.50')
    const fresh = await phone.waitFor('水费 ¥45.50')
    await phone.tap(fresh, '稍后')
    expect(await readAccount()).toEqual(['303395', '0'])
  })

  it('that the biller does not take is given back, and never paid again meanwhile', async () => {
    await setMood('biller:gas', 'silent')
    await phone.ask('燃气费', '请输入城市燃气的燃气费户号')
    const bill = await phone.ask('13012340077', '燃气费 ¥63.20')
    await phone.tap(bill, '缴费')
    await confirm('63.20')
    await expect.poll(readAccount, { timeout: 5000 }).toEqual(['297075', '0'])
    await sandbox.house.advance(minuteMs)
    // From the bank, or from both: that depends on what the bank's answer to the first question was.
    await phone.waitFor((message) => /请勿重复(缴费|支付)/.test(textOf(message)))
    await sandbox.restart()
    await sandbox.house.advance(24 * 60 * minuteMs)
    await phone.waitFor((message) => /已退回您的账户|已原路退回/.test(textOf(message)))
    expect(await readAccount()).toEqual(['303395', '0'])
  })
})

/** What the account of the user holds in the bank's books: all, and what is reserved. */
async function readAccount(): Promise<readonly [string, string] | undefined> {
  const answer = await fetch(`${sandbox.street.bankUrl}/sandbox/ledger`)
  const { accounts, totals } = (await answer.json()) as Ledger
  expect(totals['CNY']).toBe('0')
  const account = accounts.find(({ mask }) => mask === '****1234')
  return account && [account.balanceMinor, account.heldMinor]
}

interface Ledger {
  readonly accounts: readonly { readonly mask: string; readonly balanceMinor: string; readonly heldMinor: string }[]
  readonly totals: Readonly<Record<string, string>>
}
