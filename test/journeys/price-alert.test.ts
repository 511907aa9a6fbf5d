import { afterAll, beforeAll, expect, it } from 'vitest'
import { setMood } from '../kit/bank/controls.ts'
import { textOf, type Phone } from '../kit/phone.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const [hourMs, minuteMs] = [3_600_000, 60_000]
let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  sandbox = await openSandbox({ tenant: 'river-bank' })
  phone = sandbox.phone('+8613800000001')
  // Nobody is woken: whatever the time is now, it is noon in the bank's zone before anything is watched.
  const hour = ((performance.timeOrigin + performance.now()) / hourMs + 8) % 24
  await sandbox.house.advance(Math.round(((12 - hour + 24) % 24) * hourMs))
})
afterAll(() => sandbox.stop())

async function goTo(price: string): Promise<void> {
  await setMood(sandbox.street.bankUrl, 'price:gold', price)
  await sandbox.house.advance(minuteMs + 1000)
}

const countTold = async (): Promise<number> =>
  (await phone.heard()).filter((message) => textOf(message).includes('价格提醒：')).length

it('a price is told of once each time it crosses, in the thread, until that is taken back', async () => {
  await goTo('780.00')
  const which = await phone.ask('金价', '想关注哪个价格')
  await phone.tap(which, '金')
  await phone.waitFor('到多少时告诉您')
  await phone.ask('800', '涨到')
  await goTo('799.00')
  await goTo('805.00')
  const told = await phone.waitFor('价格提醒：')
  expect(textOf(told)).toContain('805.00')
  expect(textOf(told)).toContain('不构成投资建议')
  await goTo('806.00')
  await goTo('790.00')
  await goTo('801.00')
  await phone.waitFor('价格提醒：')
  expect(await countTold()).toBe(2)
  const alerts = await phone.ask('取消提醒', '要取消哪个')
  await phone.tap(alerts, '涨到')
  await phone.waitFor('不会再提醒')
  await goTo('790.00')
  await goTo('810.00')
  // Whatever comes is answered in order: had there been news, it would be there before this.
  await phone.ask('我的提醒', '没有设置价格提醒')
  expect(await countTold()).toBe(2)
}, 60_000)
