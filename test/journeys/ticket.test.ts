import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { buyTicket, orderNumberOf, readBank, reachConfirm } from '../kit/purchase.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { textOf } from '../kit/phone.ts'

describeOnEachDatabase('a ticket bought in the thread', (open) => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox({ database: await open() })
  })
  afterAll(() => sandbox.stop())

  it('is paid once, and everybody who has to knows it', async () => {
    const phone = sandbox.phone('+8613800000001')
    const ticket = await buyTicket(phone)
    expect(textOf(ticket)).toContain('05车12A')
    const confirm = (await phone.heard()).find((message) => textOf(message).includes('确认支付'))
    const order = await sandbox.api.orders.get.query({
      tenant: 'northern-rail',
      order: orderNumberOf(confirm ?? ticket),
    })
    expect(order).toMatchObject({
      state: 'succeeded',
      amount: { value: '55350', currency: 'CNY' },
      attempts: [{ n: 1 }],
    })
    expect(order.movements.map(({ kind }) => kind)).toEqual(['pending', 'post', 'single', 'single'])
    const bank = await readBank(sandbox.street.bankUrl)
    expect(bank.totals).toEqual({ CNY: '0', PTS: '0' })
    expect(bank.payments).toMatchObject([{ clientRef: order.id, state: 'succeeded', amount: { value: '55350' } }])
    const book = await sandbox.api.orders.book.query({ tenant: 'northern-rail' })
    expect(book).toMatchObject({ pending: {}, undecided: 0, breaks: 0 })
  })

  it('is refused for lack of money, and the seat goes back', async () => {
    const phone = sandbox.phone('+8613800000002')
    const confirm = await reachConfirm(phone)
    await phone.choose(confirm, '确认支付', '验证码已发送')
    await phone.say(await phone.code())
    expect(textOf(await phone.waitFor('没有支付成功'))).toContain('余额不足')
    const order = await sandbox.api.orders.get.query({ tenant: 'northern-rail', order: orderNumberOf(confirm) })
    expect(order).toMatchObject({ state: 'failed', reason: 'insufficient_funds' })
    expect(order.movements.map(({ kind }) => kind)).toEqual(['pending', 'void'])
  })
})
