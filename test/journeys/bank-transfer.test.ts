import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAccount } from '../kit/bank/controls.ts'
import { textOf, type Phone } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  sandbox = await openSandbox({ tenant: 'river-bank' })
  phone = sandbox.phone('+8613800000001')
})
afterAll(() => sandbox.stop())

async function confirmTransfer(speed: string, arrives: string): Promise<void> {
  const banks = await phone.waitFor('收款银行')
  const payee = await phone.choose(banks, '泸州银行', '收款人：*小明')
  expect(textOf(payee)).toContain('****8802')
  await phone.choose(payee, '是他/她', '转多少钱')
  const card = await phone.ask('500', '伍佰元整')
  expect(textOf(card)).toContain('\n手续费：¥0.00\n')
  const confirm = await phone.choose(card, speed, '确认转账')
  expect(textOf(confirm)).toContain('*小明')
  expect(textOf(confirm).match(/到账时间：.*|手续费：.*/gu)).toEqual([`到账时间：${arrives}`, '手续费：¥0.00'])
  await phone.choose(confirm, '确认转账', '验证码已发送')
  await phone.say(await phone.code())
}

describe('a transfer to a phone number', () => {
  it('is shown, confirmed, scheduled and taken back', async () => {
    await phone.ask('转账', '转给谁')
    await phone.say('13900000000')
    await confirmTransfer('2小时后', '2 小时后')
    await phone.waitFor('转账已受理')
    const question = await phone.waitFor('前可以撤回')
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['312045', '50000'])
    await phone.choose(question, '撤回', '已撤回')
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['312045', '0'])
  })

  it('arrives at once, and the payee is known by name from then on', async () => {
    await phone.say('转账给13900000000')
    await confirmTransfer('实时到账', '实时')
    await phone.waitFor('转账成功')
    const whether = await phone.waitFor('要记住 *小明 吗')
    await phone.choose(whether, '起个称呼', '怎么称呼 *小明')
    await phone.ask('弟弟', '记住了：弟弟')
    await phone.ask('给弟弟转三百五', '弟弟 = 139****0000（*小明）')
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['262045', '0'])
  })
})

describe('a large transfer to somebody new', () => {
  it('is signed on the page of the bank by somebody who knows the hidden character', async () => {
    const rich = sandbox.phone('+8613800000007')
    const page = await goToPage(rich, '给13900000000转6万', '陆万元整')
    expect(await typeOn(page, '李')).toContain('还可再试 2 次')
    expect(await typeOn(page, '王')).toContain('已确认')
    await rich.waitFor('转账成功')
    const heard = (await rich.heard()).map(textOf).join('\n')
    expect(heard).toContain('*小明')
    expect(heard).not.toContain('王')
  })

  it('does not go when the character was wrong three times', async () => {
    const before = await readAccount(sandbox.street.bankUrl)
    const page = await goToPage(phone, '给13600001111转5000', '伍仟元整')
    for (const wrong of ['王', '桂', '兰']) await typeOn(page, wrong)
    await phone.waitFor('没有转出去')
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(before)
  })
})

/** Up to the page of the bank; its address. */
async function goToPage(user: Phone, wish: string, words: string): Promise<string> {
  const banks = await user.ask(wish, '收款银行')
  const payee = await user.choose(banks, '不清楚', '收款人')
  const card = await user.choose(payee, '是他/她', words)
  expect(textOf(card)).toContain('姓名中被隐去的字')
  const confirm = await user.choose(card, '实时到账', '确认转账')
  const page = await user.choose(confirm, '确认转账', '请在银行页面上确认')
  return page.suggestions.find(({ kind }) => kind === 'open')?.target ?? ''
}

async function typeOn(page: string, character: string): Promise<string> {
  const answer = await fetch(page, { method: 'POST', body: new URLSearchParams({ answer: 'yes', character }) })
  expect(answer.status).toBe(200)
  return answer.text()
}
