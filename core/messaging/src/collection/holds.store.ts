import type { Hold, HoldCommand, Slots } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { decodeJson } from '@inthread/sdk/json'
import type { Instant } from '@inthread/sdk/time'
import type { Reader, Transaction } from '@inthread/store'
import { insertAll, insertNew, plus, sql, sqlOf } from '@inthread/store/sql'
import type { MessagingTables, ReservationRow } from '../schema/tables.ts'
import type { Holder, NeedAnswers } from '../fold/need.ts'
import { collectionIdOf } from './index-key.ts'
import { readStored } from './upgrade.ts'

export type ReserveCommand = Extract<HoldCommand, { kind: 'reserve' }>

/** Carries out a hold command in the turn's own transaction. */
export async function commitHold(tx: Transaction, holder: Holder, command: HoldCommand): Promise<NeedAnswers['hold']> {
  switch (command.kind) {
    case 'reserve':
      return { hold: (await reserveUnit(tx, holder, command)) ?? null }
    case 'take':
      return { taken: await takeUnit(tx, holder, command.hold) }
    case 'release':
      await releaseWhere(tx, {
        ids: [command.hold.id],
        runIds: [holder.runId],
        tenantId: holder.tenantId,
        states: ['held'],
      })
      await giveBackTaken(tx, holder, command.hold)
      return { released: true }
  }
}

/**
 * What was sold comes back long after, in a run of its own: a ticket that is returned or changed. Nobody but the plugin
 * it was taken by knows the hold's id, which it keeps with what it sold.
 */
async function giveBackTaken(tx: Transaction, { tenantId, plugin }: Holder, hold: Hold): Promise<void> {
  const row = await sqlOf<MessagingTables>(tx)
    .selectFrom('reservation')
    .select(['id', 'counter_id'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', hold.id)
    .where('state', '=', 'taken')
    .executeTakeFirst()
  if (row?.counter_id.startsWith(`${plugin}/`)) await releaseUnit(tx, { tenantId, row, states: ['taken'] })
}

/**
 * One unit of a counter, by one conditional update: however many ask at once, no more are given than there are. The row
 * lock of that update also guards the choice of the unit's number.
 */
async function reserveUnit(tx: Transaction, holder: Holder, command: ReserveCommand): Promise<Hold | undefined> {
  const capacity = await readCapacity(tx, holder, command)
  const counterId = counterIdOf(holder, command)
  await insertNew(tx, 'counter', { rows: [{ tenant_id: holder.tenantId, id: counterId, taken: 0 }], key: 'id' })
  const taken = await sqlOf<MessagingTables>(tx)
    .updateTable('counter')
    .set({ taken: plus(tx, 'taken', 1) })
    .where('tenant_id', '=', holder.tenantId)
    .where('id', '=', counterId)
    .where('taken', '<', capacity)
    .executeTakeFirst()
  if (taken.numUpdatedRows !== 1n) return undefined
  const unit = await findFreeUnit(tx, holder.tenantId, counterId)
  const hold: Hold = { id: holder.holdId, unit, until: command.until }
  const row = {
    id: hold.id,
    tenant_id: holder.tenantId,
    counter_id: counterId,
    run_id: holder.runId,
    unit,
    state: 'held',
    until: hold.until,
    created_at: holder.now,
  }
  await insertAll(tx, 'reservation', [row])
  return hold
}

export function counterIdOf({ plugin }: Pick<Holder, 'plugin'>, command: ReserveCommand): string {
  const counterId = [plugin, command.from, command.counter, command.key, command.part].join('/')
  if (counterId.length > 190)
    throw new Fault('collection.key_too_long', { data: { fields: [command.from, command.counter] } })
  return counterId
}

async function readCapacity(tx: Transaction, holder: Holder, command: ReserveCommand): Promise<number> {
  const row = await sqlOf<MessagingTables>(tx)
    .selectFrom('document')
    .select(['body', 'version'])
    .where('tenant_id', '=', holder.tenantId)
    .where('collection_id', '=', collectionIdOf(holder.plugin, command.from))
    .where('key', '=', command.key)
    .where('expires_at', '>', holder.now)
    .executeTakeFirst()
  const document = row && (decodeJson(row.body) as Slots)
  const brought = document && holder.goods && (await readStored(holder.goods, { ...row, document }, undefined))
  // What cannot be brought up here (a guest's code does not run in a transaction) may have the field all the same.
  const capacity = (typeof brought === 'object' ? brought : document)?.[holder.capacityField]
  return typeof capacity === 'number' ? capacity : 0
}

async function findFreeUnit(tx: Transaction, tenantId: string, counterId: string): Promise<number> {
  return findLowestFree(await listUsedUnits(tx, tenantId, counterId))
}

/** Units of a counter that somebody has, by their numbers. */
export async function listUsedUnits(reader: Reader, tenantId: string, counterId: string): Promise<ReadonlySet<number>> {
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('reservation')
    .select('unit')
    .where('tenant_id', '=', tenantId)
    .where('counter_id', '=', counterId)
    .where('state', 'in', ['held', 'committing', 'taken'])
    .execute()
  return new Set(rows.map((row) => row.unit))
}

export function findLowestFree(used: ReadonlySet<number>): number {
  let unit = 1
  while (used.has(unit)) unit += 1
  return unit
}

async function takeUnit(tx: Transaction, holder: Holder, hold: Hold): Promise<boolean> {
  const taken = await sqlOf<MessagingTables>(tx)
    .updateTable('reservation')
    .set({ state: 'taken' })
    .where('tenant_id', '=', holder.tenantId)
    .where('id', '=', hold.id)
    .where('run_id', '=', holder.runId)
    .where((where) =>
      where.or([
        where('state', '=', 'committing'),
        where.and([where('state', '=', 'held'), where('until', '>', holder.now)]),
      ]),
    )
    .executeTakeFirst()
  return taken.numUpdatedRows === 1n
}

interface Releasing {
  readonly tenantId: string
  readonly ids?: readonly string[]
  readonly runIds?: readonly string[]
  readonly states: readonly ReservationRow['state'][]
}

async function releaseWhere(tx: Transaction, { tenantId, ids, runIds, states }: Releasing): Promise<void> {
  let query = sqlOf<MessagingTables>(tx)
    .selectFrom('reservation')
    .select(['id', 'counter_id'])
    .where('tenant_id', '=', tenantId)
    .where('state', 'in', [...states])
  if (ids) query = query.where('id', 'in', [...ids])
  if (runIds) query = query.where('run_id', 'in', [...runIds])
  for (const row of await query.orderBy('counter_id').orderBy('id').execute())
    await releaseUnit(tx, { tenantId, row, states })
}

/** The state decides who gives the unit back, so it is given back once. */
async function releaseUnit(
  tx: Transaction,
  {
    tenantId,
    row,
    states,
  }: {
    readonly tenantId: string
    readonly row: { readonly id: string; readonly counter_id: string }
    readonly states: readonly ReservationRow['state'][]
  },
): Promise<void> {
  const released = await sqlOf<MessagingTables>(tx)
    .updateTable('reservation')
    .set({ state: 'released' })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', row.id)
    .where('state', 'in', [...states])
    .executeTakeFirst()
  if (released.numUpdatedRows !== 1n) return
  await sqlOf<MessagingTables>(tx)
    .updateTable('counter')
    .set({ taken: plus(tx, 'taken', -1) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', row.counter_id)
    .execute()
}

/** What ended runs still hold goes back; what waits for the bank stays. */
export function releaseRuns(tx: Transaction, tenantId: string, runIds: readonly string[]): Promise<void> {
  return releaseWhere(tx, { tenantId, runIds, states: ['held'] })
}

/** From here on the holds of this run cannot run out: the money for them is on its way. */
export async function lockHolds(tx: Transaction, tenantId: string, runId: string): Promise<void> {
  await moveHolds(tx, { tenantId, runId, from: 'held', to: 'committing' })
}

export async function hasLocked(reader: Reader, tenantId: string, runId: string): Promise<boolean> {
  const row = await sqlOf<MessagingTables>(reader)
    .selectFrom('reservation')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)
    .where('state', '=', 'committing')
    .limit(sql.lit(1))
    .executeTakeFirst()
  return row !== undefined
}

export async function unlockHolds(tx: Transaction, tenantId: string, runId: string): Promise<void> {
  await moveHolds(tx, { tenantId, runId, from: 'committing', to: 'held' })
}

export async function settleHolds(
  tx: Transaction,
  tenantId: string,
  settled: { readonly runId: string; readonly state: 'taken' | 'released' },
): Promise<void> {
  if (settled.state === 'taken')
    return moveHolds(tx, { tenantId, runId: settled.runId, from: 'committing', to: 'taken' })
  await releaseWhere(tx, { tenantId, runIds: [settled.runId], states: ['committing'] })
}

interface Moving {
  readonly tenantId: string
  readonly runId: string
  readonly from: ReservationRow['state']
  readonly to: ReservationRow['state']
}

async function moveHolds(tx: Transaction, { tenantId, runId, from, to }: Moving): Promise<void> {
  await sqlOf<MessagingTables>(tx)
    .updateTable('reservation')
    .set({ state: to })
    .where('tenant_id', '=', tenantId)
    .where('run_id', '=', runId)
    .where('state', '=', from)
    .execute()
}

/** Gives back holds whose time is over, a bounded number at a time; how many there were. */
export async function releaseLapsed(tx: Transaction, now: Instant, limit: number): Promise<number> {
  const rows = await sqlOf<MessagingTables>(tx)
    .selectFrom('reservation')
    .select(['tenant_id', 'id', 'counter_id'])
    .where('state', '=', 'held')
    .where('until', '<=', now)
    .orderBy('until')
    .limit(sql.lit(limit))
    .execute()
  for (const row of rows) await releaseUnit(tx, { tenantId: row.tenant_id, row, states: ['held'] })
  return rows.length
}
