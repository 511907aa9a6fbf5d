import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSqliteDatabase } from '../kit/databases.ts'
import { applyTenant } from '../kit/definition.ts'
import { Phone, textOf } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const bot = 'sip:106900000095@botplatform.rcs.vnet.cn'
let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  sandbox = await openSandbox({ database: await createSqliteDatabase() })
  await applyTenant(sandbox.api, 'river-bank')
  const { operatorUrl, bankUrl } = sandbox.street
  phone = new Phone({ operatorUrl, bankUrl, number: '+8613800000001', bot })
})
afterAll(() => sandbox.stop())

/** The first day of those offered that is not a Sunday, then the first free half hour of the afternoon. */
async function pickTime(): Promise<void> {
  const days = await phone.waitFor('哪一天')
  const second = days.suggestions[2]?.label ?? ''
  const half = await phone.choose(days, second, '上午还是下午').catch(() => undefined)
  if (!half) throw new Error(`no half of ${second}`)
  const times = await phone.choose(half, '下午', '几点到')
  await phone.tap(times, times.suggestions[0]?.label ?? '')
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

function firstButton(message: Awaited<ReturnType<Phone['waitFor']>>) {
  const [button] = message.suggestions
  if (!button) throw new Error('no branch can be chosen')
  return button
}
