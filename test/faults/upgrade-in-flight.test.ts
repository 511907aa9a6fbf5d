import { expect, it, onTestFinished } from 'vitest'
import { createAdminClient, type AdminApi } from '@inthread/client'
import payment from '@inthread/plugin-payment'
import travel from '@inthread/plugin-travel'
import { openHome, type House } from '@inthread/runtime'
import { openStore, type Store } from '@inthread/store'
import { pause } from '../kit/ground.ts'
import { textOf } from '../kit/phone.ts'
import { drawPart } from '../kit/chance/draw.ts'
import { reachConfirm, readBank } from '../kit/purchase.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'
import { makeFragile, renew } from './kit/fragile.ts'
import { openHouse } from './kit/open-house.ts'
import { readRows } from './kit/rows.store.ts'
import { countDebits } from './kit/violations.ts'
import { prepareWorlds, type World } from './kit/world.ts'

const tenant = 'northern-rail'

interface Stage {
  readonly world: World
  readonly house: House
  readonly api: AdminApi
  /** Plugins that throw at everything from now on. */
  readonly broken: Set<string>
}

type Trouble = (stage: Stage) => Promise<unknown>

/** What happens to the plugins while a payment is on its way. */
const troubles: Readonly<Record<string, Trouble>> = {
  'the dialogue is unloaded': ({ api }) =>
    api.plugins.kill.mutate({ level: 'code', plugin: 'payment', reason: 'test' }),
  'the scene is unloaded': ({ api }) => api.plugins.kill.mutate({ level: 'code', plugin: 'travel', reason: 'test' }),
  'money is stopped': ({ api }) => api.plugins.kill.mutate({ level: 'money', capability: 'payment', reason: 'test' }),
  'questions are parked': ({ api }) => api.plugins.kill.mutate({ level: 'questions', tenant, reason: 'test' }),
  'the dialogue throws': async ({ broken }) => broken.add('payment'),
  'the scene throws': async ({ broken }) => broken.add('travel'),
  'both are upgraded': upgradeBoth,
}

async function upgradeBoth({ api, house }: Stage): Promise<void> {
  const scene = { tenant, bot: 'rail', plugin: 'travel', version: '1.9.0', consent: true }
  expect(await api.installations.upgrade.mutate(scene)).toMatchObject({ done: true, problems: [] })
  const dialogue = { tenant, bot: 'bank:main', plugin: 'payment', version: '1.9.0', consent: true }
  const { approval, fourEyes } = await api.installations.upgrade.mutate(dialogue)
  expect(fourEyes).toBe(true)
  const { key } = await api.keys.create.mutate({ name: 'second', role: 'platform' })
  const colleague = createAdminClient({ url: house.url, apiKey: key })
  const done = await colleague.installations.upgrade.mutate({ ...dialogue, ...(approval ? { approval } : {}) })
  expect(done).toMatchObject({ done: true, problems: [] })
}

/** How far the customer has come, and what is tried next once the trouble is there. */
const payments = { method: 'POST', path: '/v1/payments' }
const states: Readonly<Record<string, (stage: Stage, trouble: Trouble) => Promise<void>>> = {
  'the confirm card is shown': async (stage, trouble) => {
    const { phone } = stage.world
    const card = await reachConfirm(phone)
    await trouble(stage)
    await phone.tap(card, '确认支付')
  },
  'the code is asked': async (stage, trouble) => {
    await reachCode(stage)
    const code = await stage.world.phone.code()
    await trouble(stage)
    await stage.world.phone.say(code)
  },
  'it is submitted': async (stage, trouble) => {
    await stage.world.orderFault({ match: payments, do: 'slow', delayMs: 1500 })
    await submit(stage)
    await trouble(stage)
  },
  'it is unknown': async (stage, trouble) => {
    await stage.world.orderFault({ match: { path: '/v1/payments*' }, do: 'timeout-after', times: 3 })
    await submit(stage)
    await expect.poll(() => orderOf(stage), { timeout: 10_000 }).toMatchObject({ task: 'query' })
    await trouble(stage)
    await stage.world.clearFaults()
  },
  'the bank settles while the platform is away': async (stage, trouble) => {
    await stage.world.orderFault({ match: payments, do: 'slow', delayMs: 1000 })
    await submit(stage)
    await trouble(stage)
    await stage.house.stop()
    await expect
      .poll(async () => (await readBank(stage.world.street.bankUrl)).payments.length, { timeout: 8000 })
      .toBe(1)
    await openPlatform(stage.world, stage.broken)
  },
}

async function reachCode({ world: { phone } }: Stage): Promise<void> {
  const card = await reachConfirm(phone)
  await phone.choose(card, '确认支付', '验证码已发送')
}

async function submit(stage: Stage): Promise<void> {
  await reachCode(stage)
  const { phone } = stage.world
  await phone.say(await phone.code())
  await expect.poll(() => orderOf(stage), { timeout: 8000 }).toMatchObject({ state: 'processing' })
}

async function orderOf({ house }: Pick<Stage, 'house'>) {
  const { bank_order: orders } = await readRows(house.store)
  expect(orders).toHaveLength(1)
  return orders[0]
}

async function openPlatform(world: World, broken: Set<string>): Promise<House> {
  const fragile = [travel, payment].map((plugin) => {
    const { id } = plugin.contract.declaration
    return makeFragile(plugin, () => broken.has(id))
  })
  const plugins = [...fragile, ...fragile.map((plugin) => renew(plugin, '1.9.0'))]
  const { house } = await openHouse(world, { plugins })
  return house
}

/** The database, beside the platform: which may have been stopped and started meanwhile. */
async function openReader(world: World): Promise<Store> {
  const url = world.environment['DATABASE_URL'] ?? openHome(world.home).databaseFile
  const store = await openStore({ url, poolSize: 1, pause })
  onTestFinished(() => store.close())
  return store
}

const ended = ['succeeded', 'failed', 'cancelled', 'expired']

/** What a customer takes for an answer about the money, by how the order ended. */
const answers: Readonly<Record<string, RegExp>> = {
  // The ticket is an answer too: where the dialogue is gone, the scene hears of the end by itself.
  succeeded: /(?<!没有)支付成功|出票成功/,
  failed: /没有(支付成功|扣款)/,
  cancelled: /取消|没有(支付成功|扣款)/,
  expired: /过期|超时|没有(支付成功|扣款)/,
}

const ways = Object.entries(states).flatMap(([state, reach]) =>
  Object.entries(troubles).map(([name, trouble]) => ({ state, reach, name, trouble })),
)

describeOnEachDatabase('a payment in flight', (open, kind) => {
  const openWorld = prepareWorlds(open)

  it.each(drawPart(ways, 3, kind))(
    'ends when $state, and the user is told, although $name',
    { timeout: 60_000 },
    async ({ reach, trouble }) => {
      const world = await openWorld()
      const broken = new Set<string>()
      const house = await openPlatform(world, broken)
      const api = createAdminClient({ url: house.url, apiKey: house.adminKey })
      await reach({ world, house, api, broken }, trouble)
      const reader = await openReader(world)
      await expect
        .poll(
          async () => {
            const order = (await readRows(reader)).bank_order[0]
            if (order && ended.includes(order.state)) return order.state
            await world.advance(400_000)
            return order?.state
          },
          { timeout: 30_000, interval: 700 },
        )
        .toSatisfy((state: string | undefined) => state !== undefined && ended.includes(state))
      const [order] = (await readRows(reader)).bank_order
      const told = answers[order?.state ?? '']
      await expect
        .poll(async () => (await world.phone.heard()).some((message) => told?.test(textOf(message))), {
          timeout: 20_000,
        })
        .toBe(true)
      const bank = await readBank(world.street.bankUrl)
      expect(countDebits(bank)).toBe(order?.state === 'succeeded' ? 1 : 0)
      expect(Object.values(bank.totals).filter((total) => total !== '0')).toEqual([])
    },
  )
})
