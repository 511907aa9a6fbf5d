import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAccount, setMood } from '../kit/bank/controls.ts'
import { textOf, type Phone } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const dayMs = 86_400_000
let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  sandbox = await openSandbox({ tenant: 'steady-insurance' })
  phone = sandbox.phone('+8613800000001')
})
afterAll(() => sandbox.stop())

async function confirm(premium: string): Promise<void> {
  const card = await phone.waitFor(`确认投保 ¥${premium}`)
  expect(textOf(card)).toContain('责任免除')
  await phone.choose(card, '确认投保', '验证码已发送')
  await phone.say(await phone.code())
}

/** The insurer takes its time, and how much depends on when it began. */
async function waitForNews(words: string): ReturnType<Phone['waitFor']> {
  for (let round = 0; round < 10; round += 1) {
    await sandbox.house.advance(3 * 60_000)
    const heard = await phone.waitFor(words, 500).catch(() => undefined)
    if (heard) return heard
  }
  return phone.waitFor(words)
}

describe('a car insurance', () => {
  it('is quoted, declared, paid and bound', async () => {
    const products = await phone.ask('投保', '车辆损失与第三者责任')
    const quote = await phone.choose(products, '车险报价', '机动车商业险 · 保费 ¥980.00')
    expect(textOf(quote)).toContain('责任免除：酒驾、无证驾驶、竞赛')
    await phone.tap(quote, '声明属实')
    await confirm('980.00')
    expect(textOf(await phone.waitFor('承保成功：机动车商业险'))).toContain('保费 ¥980.00')
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['214045', '0'])
  })

  it('pays what was reported step by step and agreed to (S32)', async () => {
    await phone.ask('报案', '出了什么事')
    await phone.ask('碰撞剐蹭', '哪天发生的')
    await phone.ask('今天', '说明经过')
    await phone.ask('倒车时剐到了立柱', '大约多少元')
    const summary = await phone.ask('3200', '损失 ¥3,200.00')
    await phone.choose(summary, '提交报案', '已报案')
    const offer = await waitForNews('可赔付 ¥3,200.00')
    await phone.choose(offer, '同意赔付', '已同意')
    await phone.waitFor('赔款 ¥3,200.00 已到账')
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['534045', '0'])
  })

  it('is renewed by one tap thirty days before it ends, for a premium that has changed (S31)', async () => {
    await setMood(sandbox.street.bankUrl, 'insurer:car-insurance:premium', '103500')
    // The insurer counts its own days, whose night may lie between now and then.
    await sandbox.house.advance(337 * dayMs)
    const offer = await phone.waitFor('去年方案保费 ¥980.00')
    const quote = await phone.choose(offer, '一键续保', '保费 ¥1,035.00')
    await phone.tap(quote, '声明属实')
    await confirm('1,035.00')
    await phone.waitFor('承保成功：机动车商业险')
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['430545', '0'])
  })

  it('that is not bound within a day gives the premium back', async () => {
    await setMood(sandbox.street.bankUrl, 'insurer', 'silent')
    const products = await phone.ask('投保', '车辆损失与第三者责任')
    const quote = await phone.choose(products, '旅行险报价', '保费 ¥30.00')
    await phone.tap(quote, '声明属实')
    await confirm('30.00')
    await phone.waitFor('24 小时内没有承保会自动全额退回')
    await sandbox.restart()
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['427545', '0'])
    await sandbox.house.advance(dayMs + 60_000)
    await phone.waitFor('¥30.00 已全额退回')
    expect(await readAccount(sandbox.street.bankUrl)).toEqual(['430545', '0'])
  })
})
