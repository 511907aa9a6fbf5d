import { setTimeout as pause } from 'node:timers/promises'
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
    expect(new Set(Object.values(bank.totals))).toEqual(new Set(['0']))
    expect(bank.payments).toMatchObject([{ clientRef: order.id, state: 'succeeded', amount: { value: '55350' } }])
    const book = await sandbox.api.orders.book.query({ tenant: 'northern-rail' })
    expect(book).toMatchObject({ pending: {}, undecided: 0, breaks: 0 })
  })

  it('is given back in part, and bank and book say the same of it', async () => {
    const tenant = 'northern-rail'
    const [paid] = (await readBank(sandbox.street.bankUrl)).payments
    const order = paid?.clientRef ?? ''
    const asked = { tenant, order, amount: '53.50', reason: '改签差额', ref: 'one' }
    const { refund } = await sandbox.api.orders.refund.mutate(asked)
    expect((await sandbox.api.orders.refund.mutate(asked)).refund.id).toBe(refund.id)
    const stateOf = async (): Promise<string | undefined> =>
      (await sandbox.api.orders.refunds.query({ tenant, order })).items[0]?.state
    while ((await stateOf()) === 'processing') await pause(50)
    expect((await sandbox.api.orders.refunds.query({ tenant, order })).items).toMatchObject([
      { id: refund.id, state: 'succeeded', amount: { value: '5350', currency: 'CNY' }, failure: null },
    ])
    const phone = sandbox.phone('+8613800000001')
    expect(textOf(await phone.waitFor('退款成功'))).toContain(`¥53.50 已按原路退回。\n订单号：${refund.orderNumber}`)
    expect((await phone.heard()).filter((message) => textOf(message).includes('退款'))).toHaveLength(1)
    const { posted, pending, breaks } = await sandbox.api.orders.book.query({ tenant })
    const customer = Object.entries(posted).find(([account]) => account.startsWith('ext:customer:'))
    expect([customer?.[1], pending, breaks]).toEqual(['-50000', {}, 0])
    // What the bank has kept as its fee, and what it has given to the merchant, to the last fen.
    const fee = Number(posted['bank:main:fee-income|CNY'])
    expect([fee, posted['ext:tenant:northern-rail:due|CNY']]).toEqual([300, '49700'])
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

  it('is on the bank’s statement of the day, which agrees with the book', async () => {
    const tenant = 'northern-rail'
    // Two days, where the bank's midnight fell between the payment and its refund.
    const days = await sandbox.api.books.days.query({ tenant, from: '2020-01-01', until: '2100-01-01' })
    expect(days.reduce((sum, { payable }) => sum + Number(payable.value), 0)).toBe(49_700)
    await sandbox.house.advance(36 * 3_600_000)
    for (const { day } of days) {
      const { state } = await sandbox.api.books.importStatement.mutate({ tenant, bank: 'main', day })
      // Perhaps the morning's own reading was quicker.
      expect(['imported', 'known']).toContain(state)
    }
    expect((await sandbox.api.books.breaks.query({ tenant, all: true })).items).toEqual([])
    // The payment and the refund, and what the bank took and gave back of its fee.
    const found = await sandbox.api.books.statements.query({ tenant })
    expect(found.reduce((sum, { lines }) => sum + lines, 0)).toBe(4)
  })
})
