import { expect, it } from 'vitest'
import { textOf } from '../kit/phone.ts'
import { describeOnDrawnDatabase, describeOnEachDatabase, type OpenDatabase } from '../kit/requirements.ts'
import { drawPart } from '../kit/chance/draw.ts'
import { readAftermath } from './kit/aftermath.ts'
import { Customer } from './kit/customer.ts'
import { getMode, type Mode } from './kit/modes.ts'
import { openHouse } from './kit/open-house.ts'
import { listViolations } from './kit/violations.ts'
import { prepareWorlds, type World } from './kit/world.ts'

const storyLimitMs = 40_000
const stepMs = 3000

/** What a purchase asks of the bank, up to its end. */
const calls = [
  { name: 'link', match: { method: 'POST', path: '/v1/links' } },
  { name: 'methods', match: { method: 'GET', path: '/v1/links/*/methods' } },
  { name: 'challenge', match: { method: 'POST', path: '/v1/confirmations' } },
  { name: 'code', match: { method: 'POST', path: '/v1/confirmations/*/answers' } },
  { name: 'payment', match: { method: 'POST', path: '/v1/payments' } },
  { name: 'search', match: { method: 'GET', path: '/v1/payments' } },
]
const kinds = ['timeout-before', 'timeout-after', '500-after', 'malformed', 'slow']
const combinations = calls.flatMap((call) => kinds.map((kind) => ({ ...call, kind })))
/** A search is only made when the answer to the payment is missing. */
const missingAnswer = { match: { method: 'POST', path: '/v1/payments' }, do: 'timeout-after' }

type Combination = (typeof combinations)[number]

async function buyThrough(world: World, { name, match, kind }: Combination): Promise<readonly string[]> {
  await openHouse(world)
  if (name === 'search') await world.orderFault(missingAnswer)
  await world.orderFault({ match, do: kind, times: 2, delayMs: 1500 })
  return buy(world, getMode('ok'))
}

async function buy(world: World, mode: Mode): Promise<readonly string[]> {
  const { phone, advance } = world
  const customer = new Customer({ phone, letTimePass: () => advance(stepMs), isUp: () => true })
  const ended = await customer.buy(mode.ending, storyLimitMs)
  const violations = listViolations(mode, { ...(await readAftermath(world)), repeats: customer.repeats })
  return ended ? violations : [`the customer never heard "${mode.ending}"`, ...violations]
}

function describeCombinations(open: OpenDatabase, chosen: readonly Combination[]): void {
  const openWorld = prepareWorlds(open)
  it.each(chosen)(
    '$kind, twice, at the $name: paid once in the end',
    async (combination) => {
      expect(await buyThrough(await openWorld(), combination)).toEqual([])
    },
    60_000,
  )
}

describeOnEachDatabase('a bank that fails now and then', (open, kind) =>
  describeCombinations(open, drawPart(combinations, 2, kind)),
)

describeOnEachDatabase('a bank that says something else than was asked', (open) => {
  const openWorld = prepareWorlds(open)

  it.each(['wrong-amount', 'wrong-currency'])(
    '%s is no success: people have to decide',
    async (kind) => {
      const world = await openWorld()
      await openHouse(world)
      await world.orderFault({ match: { path: '/v1/payments*' }, do: kind, times: 1000 })
      expect(await buy(world, getMode('wrong amount'))).toEqual([])
      // Time does not decide it either, and neither does the bank's own change of mind.
      await world.clearFaults()
      for (let hour = 0; hour < 3; hour += 1) await world.advance(3_600_000)
      expect(listViolations(getMode('wrong amount'), { ...(await readAftermath(world)), repeats: 0 })).toEqual([])
    },
    60_000,
  )
})

describeOnDrawnDatabase('a bank that stays away', (open) => {
  const openWorld = prepareWorlds(open)

  it('before anything was handed over: the customer hears so, and the seat is free again', async () => {
    const world = await openWorld()
    await openHouse(world)
    await world.orderFault({ match: { path: '/v1/links*' }, do: 'timeout-before', times: 1000 })
    const customer = new Customer({ phone: world.phone, letTimePass: () => Promise.resolve(true), isUp: () => true })
    expect(await customer.buy('暂时联系不上银行系统，这次付款没有提交，没有扣款', storyLimitMs)).toBe(true)
    const { rows, bank } = await readAftermath(world)
    expect(rows.bank_order.map(({ state }) => state)).toEqual(['cancelled'])
    expect([...rows.movement, ...bank.payments]).toEqual([])
    expect(rows.reservation.map(({ state }) => state)).toEqual(['released'])
  }, 60_000)

  it('with the money: the seat is kept for hours, others are served, and the late success is a ticket', async () => {
    const world = await openWorld()
    const { log } = await openHouse(world)
    await world.orderFault(missingAnswer)
    await world.orderFault({ match: { path: '/v1/payments*' }, do: 'timeout-before', times: 1000 })
    const customer = new Customer({ phone: world.phone, letTimePass: () => Promise.resolve(true), isUp: () => true })
    expect(await customer.buy('正在核对', storyLimitMs)).toBe(true)
    const standing = async (): Promise<string> => {
      const { rows } = await readAftermath(world, 0)
      return [...rows.bank_order, ...rows.reservation].map(({ state }) => state).join()
    }
    await expect
      .poll(async () => (await world.advance(3_600_000)) && log.join(), { timeout: 80_000, interval: 500 })
      .toContain('bank.resting')
    const other = world.phoneOf('+8613800000003')
    expect(textOf(await other.ask('帮助', '直接输入'))).toContain('直接输入')
    expect(await standing()).toBe('processing,committing')
    await world.clearFaults()
    await expect
      .poll(async () => (await world.advance(3_600_000)) && standing(), { timeout: 60_000, interval: 500 })
      .toBe('succeeded,taken')
    await world.phone.waitFor('出票成功')
    // That the bank answers again is seen by whoever asks; where its notice was faster, nobody has to.
    const asked = log.some((line) => line.includes('"task":"query"') && line.includes('"judgement":"succeeded"'))
    if (asked) expect(log.join()).toContain('bank.back')
    expect(listViolations(getMode('ok'), { ...(await readAftermath(world)), repeats: customer.repeats })).toEqual([])
  }, 240_000)
})
