import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScope } from '@inthread/store'
import { insertAll, sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { buildOrderRow, now } from '../../test/sample-order.ts'
import { financeMigrations } from './migrations.ts'
import type { OrderRow } from './tables.ts'
import { listOrders, type OrderQuery } from '../orders/order.view.store.ts'

const many = 20_000
const limit = 20
const rail = openScope('rail')
const states: readonly OrderRow['state'][] = ['succeeded', 'failed', 'cancelled', 'processing']
const capabilities = ['payment', 'bills', 'transfer']

/** The sort key is the same for neighbours, so that a page may begin among equals. */
const atOf = (index: number): number => now + Math.floor(index / 3) * 1_000_000
const idOf = (index: number): string => `019cbb4b-4c00-8e16-960a-${String(index).padStart(12, '0')}`

function orderOf(index: number): OrderRow {
  return buildOrderRow({
    id: idOf(index),
    number: `N${index}`,
    state: states[index % states.length] ?? 'succeeded',
    capability: capabilities[index % capabilities.length] ?? 'payment',
    bank_id: index % 2 === 0 ? 'main' : 'other',
    conversation_id: `019cbb4b-4c00-8e16-960a-9${String(index % 200).padStart(11, '0')}`,
    created_at: atOf(index),
  })
}

const latestFirst = Array.from({ length: many }, (_, index) => orderOf(many - 1 - index))
const middle = { at: atOf(many / 2), id: idOf(many / 2) }

/** By how far the part of an index that a page is looked for in may be walked: MariaDB may begin at its newest end. */
const ofState = many / states.length
const ofCapability = Math.ceil(many / capabilities.length)

/** `most`: how many rows a page may touch, where it is more than a few times its own. */
const pages: readonly { readonly name: string; readonly query: Omit<OrderQuery, 'limit'>; readonly most?: number }[] = [
  { name: 'all', query: {} },
  { name: 'all, from the middle on', query: { after: middle } },
  { name: 'a state', query: { state: 'failed' } },
  { name: 'a state, from the middle on', query: { state: 'failed', after: middle }, most: ofState },
  { name: 'a bank', query: { bank: 'other', after: middle }, most: many / 2 },
  { name: 'a capability', query: { capability: 'bills', after: middle }, most: ofCapability },
  { name: 'a thread', query: { conversation: orderOf(77).conversation_id } },
  { name: 'a time', query: { from: atOf(900), until: atOf(9_000) }, most: many },
  { name: 'a state within a time', query: { state: 'succeeded', from: atOf(900), until: atOf(9_000) }, most: ofState },
  { name: 'a number', query: { number: 'N777' } },
]

/** What the query is to answer, from the rows themselves. */
function expected({ state, bank, capability, conversation, number, ...range }: Omit<OrderQuery, 'limit'>): string[] {
  const { from = 0, until = Number.MAX_SAFE_INTEGER, after } = range
  const equal: readonly (readonly [keyof OrderRow, string | undefined])[] = [
    ['state', state],
    ['bank_id', bank],
    ['capability', capability],
    ['conversation_id', conversation],
    ['number', number],
  ]
  return latestFirst
    .filter((row) => equal.every(([name, value]) => value === undefined || row[name] === value))
    .filter((row) => row.created_at >= from && row.created_at < until)
    .filter((row) => !after || row.created_at < after.at || (row.created_at === after.at && row.id < after.id))
    .slice(0, limit)
    .map(({ id }) => id)
}

describeOnEachDatabase('a page of orders among twenty thousand', (open) => {
  let ground: Ground
  const seen: string[] = []
  beforeAll(async () => {
    const observer = {
      observe: ({ sql: text = '', phase }: { sql?: string; phase: string }) =>
        void (phase === 'before' && seen.push(text)),
    }
    ground = await openGround(await open(), { migrations: financeMigrations, observer })
    for (let first = 0; first < many; first += 1_000)
      await ground.store.write('fill', (tx) => insertAll(tx, 'bank_order', latestFirst.slice(first, first + 1_000)))
    if (ground.store.flavour === 'mysql')
      await ground.store.write('analyze', (tx) => sql`analyze table bank_order`.execute(sqlOf(tx)))
  })
  afterAll(() => ground.close())

  it.each(pages)('of $name is what was asked for, and touches few rows', async ({ query, most = 5 * limit }) => {
    seen.length = 0
    const { found, touched } = await readPage(ground, { ...query, limit })
    expect(found).toEqual(expected(query))
    expect(found.length).toBeGreaterThan(0)
    if (touched !== undefined) expect(touched).toBeLessThanOrEqual(most)
    else await expectIndexed(ground, seen.find((text) => text.startsWith('select')) ?? '')
  })
})

interface Page {
  readonly found: readonly string[]
  /** Rows that the server handled; SQLite does not count them, there the plan is all there is to see. */
  readonly touched: number | undefined
}

function readPage(ground: Ground, query: OrderQuery): Promise<Page> {
  return ground.store.read('page', async (reader) => {
    const count = async (): Promise<number> => {
      const { rows } = await sql<{ Value: string }>`show session status like 'Handler_read%'`.execute(sqlOf(reader))
      return rows.reduce((sum, row) => sum + Number(row.Value), 0)
    }
    const list = async (): Promise<string[]> => (await listOrders(reader, rail, query)).map(({ id }) => id)
    if (ground.store.flavour === 'sqlite') return { found: await list(), touched: undefined }
    // What looking costs itself.
    const looking = await count()
    const before = await count()
    const found = await list()
    return { found, touched: (await count()) - before - (before - looking) }
  })
}

/** Over an index, and sorted by it: only what has the same time may be put in order afterwards. */
async function expectIndexed(ground: Ground, statement: string): Promise<void> {
  const text = `explain query plan ${statement.replace(/\?/g, "'x'")}`
  const plan = await ground.store.read('explain', (reader) => sql.raw<{ detail: string }>(text).execute(sqlOf(reader)))
  const details = plan.rows.map(({ detail }) => detail)
  expect(details[0]).toMatch(/^SEARCH bank_order USING INDEX/)
  expect(details.join('\n')).not.toMatch(/TEMP B-TREE FOR ORDER BY/)
}
