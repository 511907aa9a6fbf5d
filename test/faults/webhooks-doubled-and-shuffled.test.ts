import { expect, it, onTestFinished } from 'vitest'
import { findFreePorts } from '../kit/ports.ts'
import { describeOnDrawnDatabase } from '../kit/requirements.ts'
import { getTestSeed } from '../kit/chance/seed.ts'
import { openDraw } from '../kit/chance/draw.ts'
import { readAftermath } from './kit/aftermath.ts'
import { Customer } from './kit/customer.ts'
import { getMode } from './kit/modes.ts'
import { openHouse } from './kit/open-house.ts'
import { openPushProxy, type Push, type PushProxy, type Route } from './kit/push-proxy.ts'
import { listSaidTwice, listViolations } from './kit/violations.ts'
import { prepareWorlds, type World } from './kit/world.ts'

const windowMs = 150
const copiesAtMost = 4
const storyLimitMs = 40_000

/** One to four copies of each push, each at another moment; now and then one more that somebody has changed. */
function openStormyRoute(draw: () => number): Route {
  return (push) => {
    const copies = 1 + Math.floor(draw() * copiesAtMost)
    const genuine = Array.from({ length: copies }, () => ({ afterMs: draw() * windowMs, push }))
    const forged = { afterMs: draw() * windowMs, push: forge(push), forged: true }
    return draw() < 0.3 ? [...genuine, forged] : genuine
  }
}

/** A bank signs the body, an operator only its headers: what is signed is what is changed. */
function forge(push: Push): Push {
  if (push.path.startsWith('/bank/')) {
    const body = Buffer.from(push.body)
    body[body.length - 2] = (body.at(-2) ?? 0) ^ 1
    return { ...push, body }
  }
  const signature = push.headers['signature'] ?? ''
  const other = signature.endsWith('0') ? '1' : '0'
  return { ...push, headers: { ...push.headers, signature: signature.slice(0, -1) + other } }
}

async function openBetween(world: World, route: Route): Promise<PushProxy> {
  const [port = 0] = await findFreePorts(1)
  const platform = `http://127.0.0.1:${world.environment['INTHREAD_PORT'] ?? ''}`
  const proxy = await openPushProxy(port, () => platform, route)
  onTestFinished(() => proxy.close())
  return proxy
}

function customerOf(world: World, number: string): Customer {
  const letTimePass = (): Promise<boolean> => world.advance(3000)
  // Nobody repeats anything here, so whatever is said twice was made of one push.
  return new Customer({ phone: world.phoneOf(number), letTimePass, isUp: () => true, patienceMs: storyLimitMs })
}

/** The phone has shown everything and said so, which were the last pushes. */
async function untilDisplayed(world: World): Promise<void> {
  const displayed = async (): Promise<boolean> =>
    (await readAftermath(world)).rows.outbox.every(({ state }) => state === 'displayed')
  await expect.poll(displayed, { timeout: 15_000 }).toBe(true)
}

/** Four customers of the sandbox bank, and how a purchase of each ends when nothing goes wrong. */
const customers = [
  { number: '+8613800000001', ending: '出票成功', state: 'succeeded' },
  { number: '+8613800000002', ending: '没有支付成功', state: 'failed' },
  { number: '+8613800000003', ending: '开通', state: 'cancelled' },
  { number: '+8613800000004', ending: '出票成功', state: 'succeeded' },
]

describeOnDrawnDatabase('pushes between the street and the house', (open) => {
  const openWorld = prepareWorlds(open)

  it('may come several times, late and in any order, and four purchases end as they would', async () => {
    const world = await openWorld()
    const proxy = await openBetween(world, openStormyRoute(openDraw(getTestSeed())))
    await openHouse(world, {}, { INTHREAD_PUBLIC_URL: proxy.url })
    const buying = customers.map(({ number, ending }) => customerOf(world, number).buy(ending, storyLimitMs))
    expect(await Promise.all(buying)).toEqual([true, true, true, true])
    await untilDisplayed(world)
    await proxy.drain()
    const { rows, bank, unfaithful } = await readAftermath(world)
    expect(rows.bank_order.map(({ state }) => state).toSorted()).toEqual(customers.map(({ state }) => state).toSorted())
    expect(bank.payments.map(({ state }) => state).toSorted()).toEqual(['failed', 'succeeded', 'succeeded'])
    expect(new Set(Object.values(bank.totals))).toEqual(new Set(['0']))
    expect(unfaithful).toEqual([])
    expect(rows.reservation.filter(({ state }) => state !== 'released').map(({ state }) => state)).toEqual([
      'taken',
      'taken',
    ])
    for (const { number } of customers) expect(listSaidTwice(await world.phoneOf(number).heard())).toEqual([])
    const statuses = (forged: boolean): unknown[] => [
      ...new Set(proxy.passed.filter((each) => each.forged === forged).map(({ status }) => status)),
    ]
    expect(statuses(false)).toEqual([200])
    expect(statuses(true)).toEqual([403])
  }, 90_000)

  it('may be lost where they are notices of the bank, which is asked instead', async () => {
    const world = await openWorld()
    const lost: Push[] = []
    const proxy = await openBetween(world, (push) => {
      if (!push.path.startsWith('/bank/')) return [{ afterMs: 0, push }]
      lost.push(push)
      return []
    })
    await openHouse(world, {}, { INTHREAD_PUBLIC_URL: proxy.url })
    await world.orderFault({ match: { method: 'POST', path: '/v1/payments' }, do: 'timeout-after' })
    const customer = customerOf(world, '+8613800000001')
    expect(await customer.buy('出票成功', storyLimitMs)).toBe(true)
    const aftermath = await readAftermath(world)
    expect(listViolations(getMode('ok'), { ...aftermath, repeats: customer.repeats })).toEqual([])
    expect(lost.length).toBeGreaterThan(0)
  }, 60_000)

  it('are refused when they are ten minutes old, every one of them, and change nothing', async () => {
    const world = await openWorld()
    const proxy = await openBetween(world, (push) => [{ afterMs: 0, push }])
    await openHouse(world, {}, { INTHREAD_PUBLIC_URL: proxy.url })
    expect(await customerOf(world, '+8613800000001').buy('出票成功', storyLimitMs)).toBe(true)
    await untilDisplayed(world)
    const before = await readAftermath(world)
    await world.advance(600_000)
    const old = proxy.passed.map(({ push }) => push)
    expect(old.some(({ path }) => path.startsWith('/bank/'))).toBe(true)
    for (const push of old) expect(await proxy.repeat(push)).toBe(403)
    const { rows, bank } = await readAftermath(world)
    for (const table of ['inbox', 'nonce', 'notice', 'movement', 'journal'] as const)
      expect(rows[table].length).toBe(before.rows[table].length)
    expect(bank.payments).toEqual(before.bank.payments)
  }, 60_000)
})
