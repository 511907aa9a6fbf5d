import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf, type Phone } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  sandbox = await openSandbox({ tenant: 'river-bank' })
  phone = sandbox.phone('+8613800000001')
})
afterAll(() => sandbox.stop())

describe('an account in the thread', () => {
  it('is shown after a code, with its entries, and is in no log', async () => {
    const confirm = await phone.ask('余额', '确认查询账户')
    await phone.choose(confirm, '确认查询账户', '验证码已发送')
    await phone.say(await phone.code())
    const card = await phone.waitFor('尾号 1234 可用')
    expect(textOf(card)).toContain('¥3,120.45')
    const entries = await phone.choose(card, '收支明细', '期初余额')
    expect(textOf(entries)).toContain('+¥3,120.45')
    await phone.choose(entries, '看完了', '好的')
    expect(sandbox.log.filter((line) => /3,?120\.45|312045|\*1234/.test(line))).toEqual([])
  })

  it('needs no second code for ten minutes', async () => {
    const card = await phone.ask('余额', '尾号 1234 可用')
    await phone.choose(card, '看完了', '好的')
  })
})

describe('a bill in the thread', () => {
  it('is found, paid, and booked by the biller', async () => {
    const which = await phone.ask('生活缴费', '缴什么费')
    await phone.choose(which, '电费', '请输入户号')
    const bill = await phone.ask('13012340077', '国网电力 ¥86.50')
    expect(textOf(bill)).toContain('无滞纳金')
    await pay(bill, '缴费')
    await phone.waitFor('已销账 ¥86.50')
  })

  it('is not paid twice by mistake', async () => {
    const known = await phone.ask('电费', '请选择户号')
    const again = await phone.choose(known, '尾号 0077', '已缴过同一账单')
    await phone.choose(again, '不缴了', '没有重复缴费')
    const balance = await phone.ask('余额', '尾号 1234 可用')
    expect(textOf(balance)).toContain('¥3,033.95')
  })

  it('is looked for before a question that waits is asked again', async () => {
    await phone.ask('转账', '转给谁')
    await phone.ask('电费', '请选择户号')
    const said = (await phone.heard()).slice(-2).map(textOf)
    expect(said).toEqual([expect.stringContaining('转给谁'), expect.stringContaining('请选择户号')])
    await phone.ask('取消', '转给谁')
    await phone.ask('取消', '已取消')
  })

  it('may be credit for a phone, within the limit of a day', async () => {
    const number = await phone.ask('充话费 600', '给哪个号码充值')
    const less = await phone.choose(number, '本机', '充多少')
    const quote = await phone.choose(less, '50', '充值 ¥50.00')
    await pay(quote, '充值')
    await phone.waitFor('138****0001 已到账 ¥50.00')
  })
})

async function pay(card: Awaited<ReturnType<Phone['waitFor']>>, button: string): Promise<void> {
  const confirm = await phone.choose(card, button, '确认')
  await phone.tap(confirm, '确认')
  await phone.waitFor('验证码已发送')
  await phone.say(await phone.code())
}
