import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf, type Phone } from '../kit/phone.ts'
import { readBank } from '../kit/purchase.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  sandbox = await openSandbox({ tenant: 'city-trips' })
  phone = sandbox.phone('+8613800000001')
})
afterAll(() => sandbox.stop())

async function confirm(amount: string): Promise<void> {
  const card = await phone.waitFor(`确认支付 ¥${amount}`)
  await phone.choose(card, '确认支付', '验证码已发送')
  await phone.say(await phone.code())
}

async function buyTicket(): Promise<void> {
  const reading = await phone.ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
  const trains = await phone.choose(reading, '对', 'G308')
  const seat = await phone.choose(trains, '选 G308', '座位为您保留')
  await phone.tap(seat, '支付')
  await confirm('553.50')
  await phone.waitFor('出票成功')
}

describe('a hotel for whoever has bought a ticket (S10)', () => {
  it('is offered once, asked for a consent of its own, and paid by an order of its own', async () => {
    await buyTicket()
    const offer = await phone.waitFor('王府井酒店 · ¥398.00/晚')
    const consent = await phone.choose(offer, '订王府井酒店', '需要把您的姓名和手机号提供给王府井酒店')
    await phone.tap(consent, '同意')
    await confirm('398.00')
    await phone.waitFor('预订成功：王府井酒店')
    const { payments, totals } = await readBank(sandbox.street.bankUrl)
    expect(payments.map(({ amount }) => amount.value).toSorted()).toEqual(['39800', '55350'])
    expect(totals['CNY']).toBe('0')
  })

  it('is never offered again to somebody who does not want to hear of it', async () => {
    await buyTicket()
    const offer = await phone.waitFor('西站酒店 · ¥288.00/晚')
    await phone.choose(offer, '不再推荐', '以后不再推荐酒店')
    await buyTicket()
    await phone.ask('退票', 'G308')
    const said = (await phone.heard()).filter((message) => textOf(message).includes('西站酒店'))
    expect(said).toHaveLength(2)
  })
})
