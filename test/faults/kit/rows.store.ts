import type { Store } from '@inthread/store'
import { dbNow, sql, sqlOf } from '@inthread/store/sql'

/** What tests look at of the house's rows. Nobody but the house writes them. */
interface HouseTables {
  setting: { name: string; value: string }
  publication: { state: string }
  conversation: { id: string; tenant_id: string; bot_id: string; subscriber_id: string; lease_until: number }
  inbox: { id: string; source: string; kind: string; key: string; state: string; body: string | null }
  run: {
    id: string
    tenant_id: string
    conversation_id: string
    plugin: string
    version: string
    flow: string
    state: string
    snapshot: string
    seq: number
  }
  journal: { run_id: string; seq: number; entry: string }
  outbox: { id: string; conversation_id: string; voice: string; state: string; seq: number; body: string }
  delivery: { message_ref: string; state: string; applied: number }
  effect: { id: string; run_id: string; operation: string; state: string; attempts: number }
  counter: { id: string; taken: number }
  reservation: { id: string; counter_id: string; run_id: string; unit: number; state: string }
  desk_case: { reason: string }
  bank_order: {
    tenant_id: string
    id: string
    number: string
    capability: string
    operation: string
    state: string
    reason: string | null
    /** As the bank calls it, once it has answered. */
    bank_ref: string | null
    amount_minor: bigint
    lease_until: number
    task: string | null
  }
  attempt: { order_id: string; n: number; bank_key: string; outcome: string | null }
  refund: { id: string; order_id: string; state: string; amount_minor: bigint; task: string | null }
  product: { capability: string; operation: string; client_ref: string; state: string; version: number }
  movement: {
    id: string
    order_id: string
    kind: string
    dr: string
    cr: string
    amount_minor: bigint
    /** Of an end: the hold that it ends. */
    pending_id: string | null
  }
  confirmation: { order_id: string; state: string }
  notice: { id: string; order_id: string | null; state: string }
  break_item: { order_id: string; kind: string; state: string }
  nonce: { nonce: string }
}

const names = [
  'setting',
  'publication',
  'conversation',
  'inbox',
  'run',
  'journal',
  'outbox',
  'delivery',
  'effect',
  'counter',
  'reservation',
  'desk_case',
  'bank_order',
  'attempt',
  'refund',
  'product',
  'movement',
  'confirmation',
  'notice',
  'break_item',
  'nonce',
] as const satisfies readonly (keyof HouseTables)[]

export type HouseRows = { readonly [Name in keyof HouseTables]: readonly HouseTables[Name][] } & {
  /** Database time. */
  readonly now: number
}

export type TableName = keyof HouseTables

/** Everything that stands in these tables at one moment. */
export function readRows(store: Store): Promise<HouseRows> {
  return store.read('test.rows', async (reader) => {
    const db = sqlOf<HouseTables>(reader)
    const rows: Partial<Record<TableName, readonly object[]>> = {}
    for (const name of names) rows[name] = await db.selectFrom(name).selectAll().execute()
    const { now } = await sqlOf<{ one: { n: number } }>(reader)
      .selectNoFrom(dbNow(reader).as('now'))
      .executeTakeFirstOrThrow()
    return { ...(rows as Omit<HouseRows, 'now'>), now }
  })
}

/** How many rows there are, by table: what an unwanted call must not change. */
export async function countRows(store: Store, tables: readonly TableName[]): Promise<Readonly<Record<string, number>>> {
  return store.read('test.count', async (reader) => {
    const counts: Record<string, number> = {}
    for (const name of tables) {
      const row = await sqlOf<HouseTables>(reader)
        .selectFrom(name)
        .select(sql<number>`count(*)`.as('rows'))
        .executeTakeFirstOrThrow()
      counts[name] = row.rows
    }
    return counts
  })
}

/** What waits for somebody although nothing more is to come. */
export function listStuck(rows: HouseRows): readonly string[] {
  const { inbox, effect, outbox, bank_order, refund, conversation, now } = rows
  const open = bank_order.filter(({ state }) => state === 'confirmed' || state === 'processing')
  const leased = [...conversation, ...bank_order].filter((row) => row.lease_until > now)
  return [
    ...inbox.filter(({ state }) => state === 'new').map(({ kind }) => `an inbox item waits: ${kind}`),
    ...effect.filter(({ state }) => state === 'new').map(({ operation }) => `an effect waits: ${operation}`),
    ...outbox.filter(({ state }) => state === 'queued').map(({ seq }) => `message ${seq} was not sent`),
    ...refund.filter(({ task }) => task !== null).map(({ state }) => `the refund is ${state}`),
    ...open.map(({ state, task }) => `the order is ${state}, task ${task ?? 'none'}`),
    ...leased.map(() => 'a lease is held'),
  ]
}
