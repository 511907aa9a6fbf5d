import { expect, it } from 'vitest'
import type { MessageView } from '@inthread/sandbox-operator/views'
import { textOf, type Phone } from '../kit/phone.ts'
import { orderNumberOf } from '../kit/purchase.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { readAftermath } from './kit/aftermath.ts'
import { getMode } from './kit/modes.ts'
import { openHouse } from './kit/open-house.ts'
import { listViolations } from './kit/violations.ts'
import { prepareWorlds } from './kit/world.ts'

const used = '这个按钮已经用过或已过期'

/** Two taps on one button, quicker than a thumb. Waits for what follows and for the word about the second. */
async function tapTwice(
  phone: Phone,
  message: MessageView,
  [label, expected]: readonly [string, string],
): Promise<MessageView> {
  const before = await countUsed(phone)
  const taps = [phone.tap(message, label), phone.tap(message, label)]
  await Promise.all(taps)
  const next = await phone.waitFor(expected)
  await expect.poll(() => countUsed(phone), { timeout: 10_000 }).toBe(before + 1)
  return next
}

async function countUsed(phone: Phone): Promise<number> {
  return (await phone.heard()).filter((message) => textOf(message).includes(used)).length
}

async function buyWithTwoThumbs(phone: Phone): Promise<{ readonly confirm: MessageView }> {
  const reading = await phone.ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
  const trains = await tapTwice(phone, reading, ['对', 'G308'])
  const check = await tapTwice(phone, trains, ['选 G308', '座位为您保留'])
  const confirm = await tapTwice(phone, check, ['支付', '确认支付 ¥'])
  await tapTwice(phone, confirm, ['确认支付', '验证码已发送'])
  const code = await phone.code()
  await Promise.all([phone.say(code), phone.say(code)])
  return { confirm }
}

describeOnEachDatabase('every button tapped twice', (open) => {
  const openWorld = prepareWorlds(open)

  it('does everything once, and says so to the second tap', async () => {
    const world = await openWorld()
    await openHouse(world)
    const { phone } = world
    const { confirm } = await buyWithTwoThumbs(phone)
    await phone.waitFor('出票成功')
    await expect.poll(async () => (await phone.heard()).map(textOf).join()).toContain('现在不需要验证码')
    const aftermath = await readAftermath(world)
    // Only the kind word about a used button is said again and again.
    const heard = aftermath.heard.filter((message) => !textOf(message).includes(used))
    expect(listViolations(getMode('ok'), { ...aftermath, heard, repeats: 0 })).toEqual([])
    await phone.choose(confirm, '确认支付', `订单 ${orderNumberOf(confirm)} 已支付成功，不会重复扣款`)
    await phone.choose(confirm, '取消', `订单 ${orderNumberOf(confirm)} 已支付成功，不会重复扣款`)
    const later = await readAftermath(world)
    expect(later.rows.movement).toEqual(aftermath.rows.movement)
    expect(later.bank.payments).toHaveLength(1)
  })

  it('takes the first of two opposite taps, and the money follows it', async () => {
    const world = await openWorld()
    await openHouse(world)
    const { phone } = world
    const reading = await phone.ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
    const trains = await phone.choose(reading, '对', 'G308')
    const check = await phone.choose(trains, '选 G308', '座位为您保留')
    const confirm = await phone.choose(check, '支付', '确认支付 ¥')
    await Promise.all([phone.tap(confirm, '取消'), phone.tap(confirm, '确认支付')])
    await phone.waitFor(used)
    const { rows, bank } = await readAftermath(world)
    const [first] = rows.bank_order
    const confirmed = (await phone.heard()).some((message) => textOf(message).includes('验证码已发送'))
    expect(first?.state).toBe(confirmed ? 'awaiting_confirmation' : 'cancelled')
    expect(rows.reservation.map(({ state }) => state)).toEqual([confirmed ? 'held' : 'released'])
    expect(bank.payments).toEqual([])
  })
})
