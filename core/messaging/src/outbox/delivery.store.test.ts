import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeliveryState } from '@inthread/sdk/channel'
import { insertAll, sqlOf } from '@inthread/store/sql'
import { storeMigrations } from '@inthread/store'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { portsOf } from '../../test/ports.ts'
import { now } from '../../test/program.ts'
import { commitPushes } from '../inbox/accept.store.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { DeliveryRow, MessagingTables, OutboxRow } from '../schema/tables.ts'
import { openScope } from '@inthread/store'
import { applyDeliveries, deliveriesAtOnce } from './delivery.store.ts'
import { markMessages } from './outbox.store.ts'
import { rankOf } from './rank.ts'

const states = [
  'sent',
  'expired',
  'failed',
  'revoke_failed',
  'fallback_sent',
  'delivered',
  'displayed',
  'revoked',
] as const satisfies readonly DeliveryState[]

describe('rankOf', () => {
  it('puts every state above the ones before it, and no two beside each other', () => {
    const ranks = states.map(rankOf)
    expect(ranks.toSorted((left, right) => left - right)).toEqual(ranks)
    expect(new Set(ranks).size).toBe(states.length)
  })
})

const reasonOf = (state: DeliveryState): string | undefined => (state === 'failed' ? 'offline' : undefined)
const hourUs = 3_600_000_000

describeOnEachDatabase('deliveries', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
  })
  afterAll(() => ground.close())

  /** A message that waits to be sent. */
  async function queue(): Promise<string> {
    const id = ground.ids.next()
    const row: OutboxRow = {
      id,
      tenant_id: 'rail',
      conversation_id: id,
      operator_id: 'ct',
      subscriber_id: id,
      seq: 1,
      voice: 'merchant',
      body: '',
      in_reply_to: null,
      state: 'queued',
      rank: 0,
      provider_ref: null,
      reason: null,
      attempts: 0,
      not_before: 0,
      lease_owner: '',
      lease_until: 0,
      created_at: now,
      sent_at: null,
      traceparent: null,
    }
    await ground.store.write('queue', (tx) => insertAll(tx, 'outbox', [row]))
    return id
  }
  const markSent = (id: string, providerRef = id): Promise<unknown> =>
    markMessages(ground.store, [{ message: { id, tenant_id: 'rail' }, outcome: { kind: 'sent', providerRef }, now }])
  const report = (
    messageRef: string,
    state: DeliveryState,
    { tenant = 'rail', operatorId = 'ct' } = {},
  ): Promise<unknown> => {
    const item = {
      kind: 'delivery' as const,
      key: `${messageRef}#${state}`,
      messageRef,
      state,
      reason: reasonOf(state),
    }
    const push = { scope: openScope(tenant), botId: 'b', operatorId, replay: undefined, items: [item] }
    return ground.store.write('report', (tx) => commitPushes(tx, [push], portsOf(ground)))
  }
  const apply = (at = now): Promise<number> => applyDeliveries({ ...ground, now: at })
  const messageOf = async (id: string): Promise<Pick<OutboxRow, 'state' | 'reason' | 'rank'>> =>
    ground.store.read('message', (reader) =>
      sqlOf<MessagingTables>(reader)
        .selectFrom('outbox')
        .select(['state', 'reason', 'rank'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    )
  const reportsOf = (messageRef: string): Promise<DeliveryRow[]> =>
    ground.store.read('reports', (reader) =>
      sqlOf<MessagingTables>(reader).selectFrom('delivery').selectAll().where('message_ref', '=', messageRef).execute(),
    )

  it('end alike, in whatever order, however often and however early they are told', async () => {
    const told = fc.record({
      reports: fc.array(fc.record({ state: fc.constantFrom(...states), apply: fc.boolean() }), {
        minLength: 1,
        maxLength: 8,
      }),
      sentAfter: fc.nat(8),
    })
    const play = async ({
      reports,
      sentAfter,
    }: {
      reports: { state: DeliveryState; apply: boolean }[]
      sentAfter: number
    }) => {
      const id = await queue()
      for (const [index, { state, apply: now }] of reports.entries()) {
        if (index === sentAfter) await markSent(id)
        await report(id, state)
        if (now) await apply()
      }
      await markSent(id)
      await apply()
      const top = ['sent' as const, ...reports.map(({ state }) => state)].toSorted(
        (left, right) => rankOf(right) - rankOf(left),
      )[0]
      const state = top ?? 'sent'
      expect(await messageOf(id)).toEqual({ state, rank: rankOf(state), reason: reasonOf(state) ?? null })
      expect((await reportsOf(id)).filter(({ applied }) => applied !== 1)).toEqual([])
    }
    await fc.assert(fc.asyncProperty(told, play), { seed: getTestSeed(), numRuns: 30 })
  })

  it('of messages that are not there keep no others waiting', async () => {
    for (let nth = 0; nth < deliveriesAtOnce + 40; nth += 1) await report(`nobody's ${nth}`, 'delivered')
    const id = await queue()
    await markSent(id)
    await report(id, 'delivered')
    await apply()
    expect(await messageOf(id)).toMatchObject({ state: 'delivered' })
    while ((await apply(now + 2 * hourUs)) > 0) continue
  })

  it('are taken once each by two processes at once', async () => {
    const other = await ground.another('two')
    const ids = await Promise.all(Array.from({ length: 10 }, queue))
    for (const id of ids) await markSent(id)
    for (const id of ids) for (const state of ['delivered', 'displayed', 'sent'] as const) await report(id, state)
    await Promise.all([apply(), applyDeliveries({ ...other, now }), apply()])
    for (const id of ids) expect((await messageOf(id)).state).toBe('displayed')
    await other.close()
  })

  it('speak of the name that the provider gave', async () => {
    const id = await queue()
    await markSent(id, 'provider-7')
    await report(id, 'failed')
    await report('provider-7', 'delivered')
    await apply()
    expect((await messageOf(id)).state).toBe('delivered')
  })

  it('of another tenant, another account, or another case say nothing about a message of ours', async () => {
    const id = await queue()
    await markSent(id)
    await report(id, 'failed', { tenant: 'school' })
    await report(id, 'failed', { operatorId: 'cu' })
    await report(id.toUpperCase(), 'failed')
    await apply()
    expect((await messageOf(id)).state).toBe('sent')
  })

  it('of a message that never turns up are kept for an hour and then left alone', async () => {
    await report('nobody', 'delivered')
    await apply(now + hourUs)
    expect(await reportsOf('nobody')).toMatchObject([{ applied: 0 }])
    await apply(now + hourUs + 1)
    expect(await reportsOf('nobody')).toMatchObject([{ applied: 2 }])
    expect(await apply(now + hourUs + 1)).toBe(0)
  })

  it('of a message that was refused change nothing', async () => {
    const id = await queue()
    const outcome = { kind: 'rejected' as const, reason: 'x'.repeat(500) }
    await markMessages(ground.store, [{ message: { id, tenant_id: 'rail' }, outcome, now }])
    await report(id, 'delivered')
    await apply()
    expect(await messageOf(id)).toEqual({ state: 'rejected', rank: rankOf('failed'), reason: 'x'.repeat(190) })
  })
})
