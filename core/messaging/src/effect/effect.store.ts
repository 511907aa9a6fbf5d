import { openScope, type Store, type Transaction } from '@inthread/store'
import { dbNow, dbNowPlus, plus, sql, sqlOf } from '@inthread/store/sql'
import { commitInternal } from '../inbox/accept.store.ts'
import type { ItemBody } from '../inbox/item.ts'
import type { MessagingPorts } from '../ports.ts'
import type { EffectRow, InboxRow, MessagingTables } from '../schema/tables.ts'

/** What the pump needs of a row. */
export type Performable = Omit<EffectRow, 'lease_until'>

const leaseMs = 20_000

export async function claimEffects(store: Store, owner: string, limit: number): Promise<readonly EffectRow[]> {
  const found = await store.read('effect.find', (reader) =>
    sqlOf<MessagingTables>(reader)
      .selectFrom('effect')
      .select('id')
      .where('state', '=', 'new')
      .where('lease_until', '<', dbNow(reader))
      .where('not_before', '<=', dbNow(reader))
      .limit(sql.lit(limit))
      .execute(),
  )
  const ids = found.map((row) => row.id)
  if (ids.length === 0) return []
  return store.write('effect.claim', async (tx) => {
    const db = sqlOf<MessagingTables>(tx)
    await db
      .updateTable('effect')
      .set({ lease_owner: owner, lease_until: dbNowPlus(tx, leaseMs) })
      .where('id', 'in', ids)
      .where('state', '=', 'new')
      .where('lease_until', '<', dbNow(tx))
      .execute()
    return db
      .selectFrom('effect')
      .selectAll()
      .where('id', 'in', ids)
      .where('state', '=', 'new')
      .where('lease_owner', '=', owner)
      .execute()
  })
}

export function postponeEffect(store: Store, effectId: string, afterMs: number): Promise<void> {
  return store.write('effect.postpone', async (tx) => {
    await sqlOf<MessagingTables>(tx)
      .updateTable('effect')
      .set({
        attempts: plus(tx, 'attempts', 1),
        not_before: dbNowPlus(tx, afterMs),
        lease_until: dbNowPlus(tx, afterMs + leaseMs),
      })
      .where('id', '=', effectId)
      .execute()
  })
}

/** Written before anything leaves: after a crash it is known that something may have left. */
export function startAttempt(store: Store, effectId: string, deadlineMs: number): Promise<void> {
  return postponeEffect(store, effectId, deadlineMs)
}

export async function findSecretRow(store: Store, effect: Performable): Promise<InboxRow | undefined> {
  const { secret_id: secretId } = effect
  if (secretId === null) return undefined
  return store.read('effect.secret', (reader) =>
    sqlOf<MessagingTables>(reader)
      .selectFrom('inbox')
      .selectAll()
      .where('id', '=', secretId)
      .where('tenant_id', '=', effect.tenant_id)
      .where('conversation_id', '=', effect.conversation_id)
      .executeTakeFirst(),
  )
}

/** What the run is told, and what else belongs into the transaction that tells it. */
export interface RecordableAnswer {
  readonly body: ItemBody
  record(tx: Transaction): Promise<void>
}

/**
 * Records an answer once: what the bank said, the item that tells the run, and the end of the confidential words, all
 * in one transaction. False when it was recorded before.
 */
export function recordAnswer(ports: MessagingPorts, effect: Performable, answer: RecordableAnswer): Promise<boolean> {
  return ports.store.write('effect.record', async (tx) => {
    const closed = await sqlOf<MessagingTables>(tx)
      .updateTable('effect')
      .set({ state: 'done' })
      .where('id', '=', effect.id)
      .where('state', '=', 'new')
      .executeTakeFirst()
    if (closed.numUpdatedRows !== 1n) return false
    // The run hears the answer first, and then what has happened to it since.
    const { traceparent } = ports.traces.current()
    await commitInternal(tx, [{ ...toItem(effect, answer.body), traceparent }], ports)
    await answer.record(tx)
    await destroySecret(tx, effect)
    return true
  })
}

async function destroySecret(tx: Transaction, effect: Performable): Promise<void> {
  if (effect.secret_id === null) return
  await sqlOf<MessagingTables>(tx)
    .updateTable('inbox')
    .set({ body: null, body_key: null })
    .where('id', '=', effect.secret_id)
    .execute()
}

function toItem(effect: Performable, body: ItemBody): Parameters<typeof commitInternal>[1][number] {
  return {
    scope: openScope(effect.tenant_id),
    conversationId: effect.conversation_id,
    runId: effect.run_id,
    key: effect.id,
    body,
  }
}

/**
 * A confidential answer that nobody will pass on any more (its run was cancelled, its process died) is destroyed in
 * time.
 */
export function destroyForgotten(store: Store, before: number): Promise<void> {
  return store.write('effect.forget', async (tx) => {
    const db = sqlOf<MessagingTables>(tx)
    const rows = await db
      .selectFrom('effect')
      .innerJoin('inbox', 'inbox.id', 'effect.secret_id')
      .select('inbox.id')
      .where('inbox.body', 'is not', null)
      .where('inbox.received_at', '<', before)
      .limit(sql.lit(64))
      .execute()
    if (rows.length > 0)
      await db
        .updateTable('inbox')
        .set({ body: null, body_key: null })
        .where(
          'id',
          'in',
          rows.map((row) => row.id),
        )
        .execute()
  })
}
