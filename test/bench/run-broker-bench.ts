import { randomBytes } from 'node:crypto'
import {
  completeGrant,
  createDesk,
  financeMigrations,
  settleGrants,
  type GrantText,
  type NewOrder,
  type Reserve,
} from '@inthread/finance'
import { money } from '@inthread/sdk/money'
import { openScope, storeMigrations, type TenantScope } from '@inthread/store'
import { createMysqlDatabase, createSqliteDatabase, type TestDatabase } from '../kit/databases.ts'
import { openGround, pause, type Ground } from '../kit/ground.ts'

export interface BrokerBench {
  readonly mysqlUrl: string
  readonly rounds: number
  readonly write: (text: string) => void
}

interface Way {
  readonly name: string
  readonly reserve: Reserve | undefined
  readonly terms: GrantText
}

const limits = { perCall: '1000.00', perDay: '90000000.00', perUserDay: '9000.00', perMinute: 1_000_000 }
const ways: readonly Way[] = [
  {
    name: 'without the broker',
    reserve: () => Promise.resolve({ kind: 'allowed', strength: undefined }),
    terms: {},
  },
  { name: 'grants without limits', reserve: undefined, terms: {} },
  { name: 'every limit on every side', reserve: undefined, terms: limits },
]

/** Orders one after the other, and then that many conversations at once that share one tenant's day. */
const callersOf = { single: 1, many: 32 } as const
const ordersPerRound = 320

/** What judging and holding grants adds to opening an order; each way once a round, in turn. Ratios count. */
export async function runBrokerBench({ mysqlUrl, rounds, write }: BrokerBench): Promise<void> {
  write(`\nOpening an order, ${rounds} rounds of ${ordersPerRound}; medians of milliseconds an order\n\n`)
  write('| | 1 caller | × without | 32 callers | × without |\n| --- | --- | --- | --- | --- |\n')
  const open = { MariaDB: () => createMysqlDatabase(mysqlUrl), SQLite: createSqliteDatabase }
  for (const [name, create] of Object.entries(open)) await measureDatabase(name, await create(), { rounds, write })
}

async function measureDatabase(
  name: string,
  database: TestDatabase,
  { rounds, write }: Omit<BrokerBench, 'mysqlUrl'>,
): Promise<void> {
  const ground = await openGround(database, { migrations: [...storeMigrations, ...financeMigrations] })
  const times = new Map(ways.map((way) => [way.name, { single: [] as number[], many: [] as number[] }]))
  for (let round = 0; round <= rounds; round += 1)
    for (const [index, way] of ways.entries()) {
      const scope = openScope(`tenant-${index}`)
      if (round === 0) await grant(ground, scope, way.terms)
      for (const callers of ['single', 'many'] as const) {
        const taken = await measure(ground, scope, { way, callers: callersOf[callers] })
        // The first round prepares statements and machine code.
        if (round > 0) times.get(way.name)?.[callers].push(taken)
      }
    }
  const base = times.get(ways[0]?.name ?? '')
  for (const [way, { single, many }] of times) {
    const cells = [single, many].flatMap((taken, index) => {
      const without = (index === 0 ? base?.single : base?.many) ?? []
      const ratios = taken.map((ms, round) => ms / (without[round] ?? Number.NaN))
      return [median(taken).toPrecision(3), median(ratios).toPrecision(3)]
    })
    write(`| ${name}, ${[way, ...cells].join(' | ')} |\n`)
  }
  await ground.close()
  await database.drop()
}

async function grant(ground: Ground, scope: TenantScope, terms: GrantText): Promise<void> {
  const wanted = ['bank/main/payment', 'bot/bot/shop/pay'].map((place) => ({
    place,
    terms: completeGrant(terms, 'CNY'),
  }))
  const wish = { wanted, removed: [], free: true, now: ground.clock.now() }
  await ground.store.write('bench.grant', (tx) => settleGrants(tx, scope, wish))
}

/** Milliseconds an order. */
async function measure(
  ground: Ground,
  scope: TenantScope,
  { way, callers }: { readonly way: Way; readonly callers: number },
): Promise<number> {
  const ports = {
    ...ground,
    timers: { pause, every: () => ({ stop: () => Promise.resolve() }) },
    banks: { find: () => undefined, list: () => [] },
    mailbox: { tell: () => Promise.resolve(), tellRefund: () => Promise.resolve(), wake: () => undefined },
    log: { event: () => undefined },
  }
  const desk = createDesk(ports, way.reserve)
  const caller = async (): Promise<void> => {
    for (let count = 0; count < ordersPerRound / callers; count += 1)
      await ground.store.write('bench.open', (tx) => desk.open(tx, [buildOrder(ground, scope)]))
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: callers }, caller))
  return (performance.now() - start) / ordersPerRound
}

function buildOrder(ground: Ground, scope: TenantScope): NewOrder {
  const id = ground.ids.next()
  return {
    scope,
    orderId: id,
    bankId: 'main',
    capability: 'payment',
    operation: 'pay',
    input: { amount: money('12.80', 'CNY'), purpose: 'bench' },
    currency: 'CNY',
    botId: 'bot',
    plugin: 'shop',
    need: 'pay',
    ceiling: { perCall: money('500.00', 'CNY') },
    conversationId: id,
    subscriberId: randomBytes(16).toString('hex'),
    runId: id,
    locale: 'en',
    timeZone: 'Asia/Shanghai',
    now: ground.clock.now(),
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
