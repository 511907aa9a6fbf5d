import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOf, type Phone } from '../kit/phone.ts'
import { readBank } from '../kit/purchase.ts'
import { openSandbox, type Sandbox } from '../kit/sandbox.ts'
import { openPriceHost, type PriceHost } from '../kit/scenes/price-host.ts'

const minuteMs = 60_000
let office: PriceHost
let sandbox: Sandbox
let phone: Phone
beforeAll(async () => {
  office = await openPriceHost()
  sandbox = await openSandbox({
    environment: { INTHREAD_EGRESS_LOOPBACK: `tickets.example.com=${office.port}` },
    change: ({ bots: [bot] }) => {
      const [travel] = (bot?.['plugins'] ?? []) as Record<string, unknown>[]
      Object.assign(travel ?? {}, {
        config: { ticketOffice: 'tickets.example.com' },
        secrets: { office: { secret: 'plain:key-of-the-office' } },
      })
    },
  })
  phone = sandbox.phone('+8613800000001')
})
afterAll(async () => {
  await sandbox.stop()
  await office.close()
})

async function confirm(amount: string): Promise<void> {
  const card = await phone.waitFor(`确认支付 ¥${amount}`)
  await phone.choose(card, '确认支付', '验证码已发送')
  await phone.say(await phone.code())
}

async function payTicket(): Promise<void> {
  const reading = await phone.ask('明天上午从成都到北京，一张二等座', '我理解得对吗')
  const trains = await phone.choose(reading, '对', 'G308')
  const seat = await phone.choose(trains, '选 G308', '座位为您保留')
  await phone.tap(seat, '支付')
  await confirm('553.50')
}

async function readBalance(): Promise<string | undefined> {
  const { accounts } = await readBank(sandbox.street.bankUrl)
  return accounts.find(({ mask }) => mask === '****1234')?.balanceMinor
}

describe('a ticket office of the merchant', () => {
  it('that says nothing for ten minutes is called off, and the money goes back', async () => {
    office.answer = 503
    await payTicket()
    await phone.waitFor('最多十分钟')
    await sandbox.house.advance(11 * minuteMs)
    await phone.waitFor('¥553.50 已原路退回')
    expect(office.asked.map((line) => line.replace(/\/tickets\/[^/]+/, '/tickets/{order}'))).toEqual(
      expect.arrayContaining(['POST /tickets', 'GET /tickets/{order}', 'POST /tickets/{order}/void']),
    )
    expect(await readBalance()).toBe('312045')
  })

  it('that has no other ticket leaves the old one as it is, and gives the difference back', async () => {
    office.answer = { state: 'issued' }
    await payTicket()
    await phone.waitFor('出票成功')
    const trains = await phone.ask('改签到下午', 'G320')
    const change = await phone.choose(trains, '选 G320', '补差价 ¥36.00')
    office.answer = { state: 'refused' }
    await phone.tap(change, '确认改签')
    await confirm('36.00')
    expect(textOf(await phone.waitFor('原票 G308 仍然有效'))).toContain('差价 ¥36.00 正在退回')
    await phone.waitFor('差价 ¥36.00 已退回')
    expect(await readBalance()).toBe('256695')
    await phone.ask('退票', '退回 ¥525.82')
  })
})
