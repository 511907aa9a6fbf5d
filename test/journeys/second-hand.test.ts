import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf, type Phone } from '../kit/phone.ts'
import { readBank } from '../kit/purchase.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'

const tenant = 'digital-mall'
const hourMs = 3_600_000
const dayMs = 24 * hourMs

describe('a used thing, for money that the bank keeps', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openSandbox({ tenant, street: { bank: { terms: { codesPerMinute: 100 } } } })
  })
  afterAll(() => sandbox.stop())

  /** What waits at the bank, and what the shop has. */
  async function count(): Promise<{ waits: bigint; shop: bigint }> {
    const { accounts } = await readBank(sandbox.street.bankUrl)
    const sum = (kind: string): bigint =>
      accounts.filter((each) => each.kind === kind).reduce((all, each) => all + BigInt(each.balanceMinor), 0n)
    return { waits: sum('promo'), shop: sum('merchant') }
  }

  async function buy(phone: Phone, name: string, price: string): Promise<void> {
    const shelf = await phone.ask('二手', name)
    const card = await phone.choose(shelf, `买${name}`, `确认担保付款 ${price}`)
    expect(textOf(card)).toContain('您确认收货后')
    await phone.choose(card, '确认担保付款', '验证码已发送')
    await phone.say(await phone.code())
    await phone.waitFor(`货款已由银行保管 ${price}`)
    const kept = textOf(await phone.waitFor('等待卖家寄出'))
    expect(kept).toMatch(/前没有寄出，货款会自动退回/)
    await send(/单号 ([0-9A-Z]{10})/.exec(kept)?.[1] ?? '')
    await phone.waitFor('卖家已寄出')
  }

  /** The shop writes down what it has sent, and is believed from then on. */
  async function send(order: string): Promise<void> {
    const text = `order,parcel\n${order},SF-${order}\n`
    const file = { format: 'csv', text, mode: 'merge', skipBad: false, dryRun: false } as const
    await sandbox.api.collections.import.mutate({ tenant, plugin: 'second-hand', collection: 'parcels', ...file })
    await sandbox.house.advance(hourMs + 60_000)
  }

  it('is paid to the seller when the buyer has it, and by the rule when nobody says anything', async () => {
    const phone = sandbox.phone('+8613800000001')
    await buy(phone, '二手镜头', '¥880.00')
    expect(await count()).toEqual({ waits: 880_00n, shop: 0n })
    const order = await phone.ask('担保订单', '卖家已发货，收到后请确认')
    const sure = await phone.choose(order, '确认收货', '把 ¥880.00 付给卖家')
    await phone.choose(sure, '确认付给卖家', '¥880.00 已付给卖家')
    expect(await count()).toEqual({ waits: 0n, shop: 880_00n })
    expect(textOf(await phone.ask('担保订单', '没有由银行保管'))).not.toContain('880')
    await buy(phone, '二手键盘', '¥260.00')
    await sandbox.house.advance(7 * dayMs + 60_000)
    await phone.waitFor('卖家已发货，收到后请确认')
    await sandbox.house.advance(2 * dayMs + 60_000)
    await phone.waitFor('按约定的规则，¥260.00 已付给卖家')
    expect(await count()).toEqual({ waits: 0n, shop: 1_140_00n })
  }, 120_000)
})
