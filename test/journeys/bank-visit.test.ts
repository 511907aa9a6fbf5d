import { days, hours } from '@inthread/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf, type Phone } from '../kit/phone.ts'
import { describeWithAll } from '../kit/requirements.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  sandbox = await openSandbox({ tenant: 'river-bank' })
  phone = sandbox.phone('+8613800000001')
})
afterAll(() => sandbox.stop())

/** Nobody works on a Sunday: then it is the day after. The first free half hour of the afternoon. */
async function pickTime(): Promise<void> {
  const first = await phone.waitFor('哪一天')
  await phone.tap(first, first.suggestions[2]?.label ?? '')
  const answer = await phone.waitFor((message) => /上午还是下午|没有空位/.test(textOf(message)))
  const half = textOf(answer).includes('没有空位') ? await pickDayAfter() : answer
  const times = await phone.choose(half, '下午', '几点到')
  await phone.tap(times, times.suggestions[0]?.label ?? '')
}

async function pickDayAfter(): ReturnType<Phone['waitFor']> {
  const again = await phone.waitFor('哪一天')
  return phone.choose(again, again.suggestions[3]?.label ?? '', '上午还是下午')
}

describe('a visit to a branch', () => {
  it('is kept, confirmed, and booked once the cash is there', async () => {
    const branches = await phone.ask('预约取10万现金', '支行')
    await phone.tapButton(branches, firstButton(branches))
    await pickTime()
    const card = await phone.waitFor('金额：¥100,000.00')
    const confirm = await phone.choose(card, '确认', '确认预约')
    await phone.tap(confirm, '确认预约')
    await phone.waitFor('验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('正在备款')
  })

  it('is moved in one step, and cancelled', async () => {
    const mine = await phone.ask('我的预约', '大额取现')
    await phone.tap(mine, '改时间')
    await pickTime()
    await phone.waitFor('已改到')
    const moved = await phone.ask('我的预约', '大额取现')
    await phone.choose(moved, '取消预约', '预约已取消')
    expect(textOf(await phone.ask('我的预约', '没有待办的预约'))).toBeTruthy()
  })
})

/** The bank's word comes by its list after the clock has jumped: that takes its time. */
describeWithAll('a visit that is near', () => {
  it('is reminded of, by the bank', async () => {
    const service = await phone.ask('预约网点', '要办什么业务')
    await phone.tap(service, '一般业务')
    const branches = await phone.waitFor('支行')
    await phone.tapButton(branches, firstButton(branches))
    await pickTime()
    const card = await phone.waitFor('为您保留')
    const confirm = await phone.choose(card, '确认', '确认预约')
    await phone.tap(confirm, '确认预约')
    await phone.waitFor('验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor('已约好')
    await sandbox.house.advance(days(3) + hours(12))
    const reminder = await phone.waitFor('提醒：')
    expect(textOf(reminder)).toContain('请带身份证')
  })
})

function firstButton(message: Awaited<ReturnType<Phone['waitFor']>>) {
  const [button] = message.suggestions
  if (!button) throw new Error('no branch can be chosen')
  return button
}
