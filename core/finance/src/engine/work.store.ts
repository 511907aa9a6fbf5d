import { addMs, type Instant } from '@inthread/sdk/time'
import type { Store } from '@inthread/store'
import { dbNow, dbNowPlus, sql, sqlOf } from '@inthread/store/sql'
import type { FinancePorts } from '../ports.ts'
import type { FinanceTables } from '../schema/tables.ts'
import { postponeMs, takeWithin, type BankWork, type Room } from './room.ts'
import type { WorkLoopParts } from './work-loop.ts'

const leaseMs = 20_000

/** The tables whose rows say what has to be done at the bank, and what is logged of each. */
const names = { bank_order: 'order', refund: 'refund' } as const
type WorkTable = keyof typeof names

interface Claim<T extends WorkTable> {
  readonly table: T
  readonly now: Instant
  readonly owner: string
  readonly room: Room
}

/** Rows for which something has to be done at the bank now, leased to this process. */
async function claimWork<T extends WorkTable>(
  store: Store,
  { table, now, owner, room }: Claim<T>,
): Promise<readonly FinanceTables[T][]> {
  const found = takeWithin(await findDue(store, { table, now, room }), room)
  if (found.length === 0) return []
  const tenants = [...new Set(found.map((row) => row.tenant_id))]
  const ids = found.map((row) => row.id)
  return store.write(`${names[table]}.claim`, async (tx) => {
    const db = sqlOf<FinanceTables>(tx)
    await db
      .updateTable(columnsOf(table))
      .set({ lease_owner: owner, lease_until: dbNowPlus(tx, leaseMs) })
      .where('tenant_id', 'in', tenants)
      .where('id', 'in', ids)
      .where('state', '=', 'processing')
      .where('lease_until', '<', dbNow(tx))
      .execute()
    const { rows } = await sql<FinanceTables[T]>`select * from ${sql.table(table)}
      where tenant_id in (${sql.join(tenants)}) and id in (${sql.join(ids)}) and state = 'processing'
      and lease_owner = ${owner} and lease_until > ${dbNow(tx)}`.execute(db)
    return rows
  })
}

function findDue(
  store: Store,
  { table, now, room }: Omit<Claim<WorkTable>, 'owner'>,
): Promise<readonly (BankWork & { readonly id: string })[]> {
  return store.read(`${names[table]}.find`, (reader) => {
    let query = sqlOf<FinanceTables>(reader)
      .selectFrom(columnsOf(table))
      .select(['tenant_id', 'bank_id', 'id'])
      .where('task', 'in', ['submit', 'query'])
      .where('task_at', '<=', now)
      .where('lease_until', '<', dbNow(reader))
    for (const bank of room.full)
      query = query.where((where) =>
        where.or([where('tenant_id', '!=', bank.tenant_id), where('bank_id', '!=', bank.bank_id)]),
      )
    return query.limit(sql.lit(room.limit)).execute()
  })
}

interface Worked {
  readonly table: WorkTable
  readonly owner: string
  readonly row: BankWork & { readonly id: string; readonly failures: number }
}

/** Done: whatever is next, the row says. */
function releaseWork(store: Store, { table, owner, row }: Worked): Promise<void> {
  return store.write(`${names[table]}.release`, async (tx) => {
    await sqlOf<FinanceTables>(tx)
      .updateTable(columnsOf(table))
      .set({ lease_until: 0, failures: 0 })
      .where('tenant_id', '=', row.tenant_id)
      .where('id', '=', row.id)
      .where('lease_owner', '=', owner)
      .execute()
  })
}

/** Not done: later, and the later the more often it could not be done. */
function postponeWork(store: Store, { table, owner, row, now }: Worked & { readonly now: Instant }): Promise<void> {
  return store.write(`${names[table]}.postpone`, async (tx) => {
    const mine = sqlOf<FinanceTables>(tx)
      .updateTable(columnsOf(table))
      .where('tenant_id', '=', row.tenant_id)
      .where('id', '=', row.id)
      .where('lease_owner', '=', owner)
    await mine
      .set({ task_at: addMs(now, postponeMs(row.failures)), failures: row.failures + 1 })
      .where('task_at', '<=', now)
      .execute()
    await mine.set({ lease_until: 0 }).execute()
  })
}

/** Gives back what an earlier process at the same place held: it is gone when this one listens there. */
export async function releasePlace(store: Store, owner: string): Promise<void> {
  for (const table of ['bank_order', 'refund'] as const)
    await store.write(`${names[table]}.take_back`, async (tx) => {
      await sqlOf<FinanceTables>(tx)
        .updateTable(columnsOf(table))
        .set({ lease_until: 0 })
        .where('lease_owner', '=', owner)
        .where('lease_until', '>', 0)
        .execute()
    })
}

/** The part of a loop that is the same for every table. */
export function createWork<T extends WorkTable>(
  table: T,
  { store, clock, owner }: Pick<FinancePorts, 'store' | 'clock' | 'owner'>,
): Pick<WorkLoopParts<FinanceTables[T]>, 'claim' | 'release' | 'postpone'> {
  return {
    claim: (room) => claimWork(store, { table, now: clock.now(), owner, room }),
    release: (row) => releaseWork(store, { table, owner, row }),
    postpone: (row) => postponeWork(store, { table, owner, row, now: clock.now() }),
  }
}

/** Both tables have the columns that work needs. */
function columnsOf(table: WorkTable): 'bank_order' {
  return table as 'bank_order'
}
