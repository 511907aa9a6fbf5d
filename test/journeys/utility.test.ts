import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAccount, setMood } from '../kit/bank/controls.ts'
import { textOf, type Phone } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const minuteMs = 60_000
let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  sandbox = await openSandbox({ tenant: 'clear-water' })
  phone = sandbox.phone('+8613800000001')
})
afterAll(() => sandbox.stop())

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
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['303395', '0'])
  })

  it('whose amount moved while somebody looked at it is shown anew', async () => {
    await phone.ask('水费', '请输入清源水务的水费户号')
    const bill = await phone.ask('13012340077', '水费 ¥42.00')
    await setMood(sandbox.street.bankUrl, 'biller:water:amount', '4550')
    await sandbox.house.advance(11 * minuteMs)
    await phone.tap(bill, '缴费')
    await phone.waitFor('由 ¥42.00 变为 ¥45.50')
    const fresh = await phone.waitFor('水费 ¥45.50')
    await phone.tap(fresh, '稍后')
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['303395', '0'])
  })

  it('that the biller does not take is given back, and never paid again meanwhile', async () => {
    await setMood(sandbox.street.bankUrl, 'biller:gas', 'silent')
    await phone.ask('燃气费', '请输入城市燃气的燃气费户号')
    const bill = await phone.ask('13012340077', '燃气费 ¥63.20')
    await phone.tap(bill, '缴费')
    await confirm('63.20')
    await expect.poll(() => readAccount(sandbox.street.bankUrl), { timeout: 5000 }).toEqual(['297075', '0'])
    await sandbox.house.advance(minuteMs)
    // From the bank, or from both: that depends on what the bank's answer to the first question was.
    await phone.waitFor((message) => /请勿重复(缴费|支付)/.test(textOf(message)))
    await sandbox.restart()
    await sandbox.house.advance(24 * 60 * minuteMs)
    await phone.waitFor((message) => /已退回您的账户|已原路退回/.test(textOf(message)))
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['303395', '0'])
  })
})
