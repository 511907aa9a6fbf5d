import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScope, storeMigrations } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { closedDesk, portsOf, type LoggedEvent } from '../../test/ports.ts'
import { shop } from '../../test/sample-shop.ts'
import { Thread } from '../../test/thread.ts'
import { commitPushes } from '../inbox/accept.store.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { MessagingTables } from '../schema/tables.ts'
import type { Tenancy } from '../tenancy/tenancy.ts'
import { claimConversations, findWaiting } from './claim.store.ts'
import { TurnPipeline } from './pipeline.ts'

describeOnEachDatabase('a turn whose setting is not complete', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
  })
  afterAll(() => ground.close())

  const whole = new Thread({ plugins: [shop] }).tenancy
  let present: Tenancy | undefined = whole
  const log: LoggedEvent[] = []
  const openPipeline = () => {
    const tenancies = { find: (id: string) => (id === 'rail' ? present : whole), tenants: () => [] }
    const ports = portsOf(ground, { tenancies, desk: closedDesk, log })
    return { ports, pipeline: new TurnPipeline(ports) }
  }

  async function say(text: string, { tenant = 'rail', from = '+8613800000001' } = {}): Promise<string> {
    const { ports } = openPipeline()
    const message = { kind: 'message', key: ground.ids.next(), from, content: { kind: 'text', text } } as const
    const items = [{ ...message, conversationRef: undefined, contributionRef: undefined }]
    const push = { scope: openScope(tenant), botId: 'bot', operatorId: 'ct', replay: undefined, items }
    const [accepted] = await ground.store.write('push', (tx) => commitPushes(tx, [push], ports))
    return accepted?.conversations[0] ?? ''
  }

  const rowsOf = <T extends 'run' | 'inbox' | 'outbox'>(table: T, conversationId: string) =>
    ground.store.read('rows', async (reader) => {
      const query = sql<MessagingTables[T]>`
        select * from ${sql.table(table)} where conversation_id = ${conversationId} order by id`
      return [...(await query.execute(sqlOf(reader))).rows]
    })
  const statesOf = async (conversationId: string) => ({
    items: (await rowsOf('inbox', conversationId)).map(({ state }) => state),
    runs: (await rowsOf('run', conversationId)).map(({ state }) => state),
    said: (await rowsOf('outbox', conversationId)).length,
  })

  it('waits for a tenant that is away, keeps nobody else waiting, and is taken up when it is back', async () => {
    const { pipeline, ports } = openPipeline()
    const [mine, other] = [await say('order'), await say('order', { tenant: 'school' })]
    present = undefined
    const report = await pipeline.run([mine, other])
    expect([report.absent, report.again, report.turns]).toEqual([['rail'], [], 1])
    expect(await statesOf(mine)).toEqual({ items: ['new'], runs: [], said: 0 })
    expect(await statesOf(other)).toMatchObject({ items: ['done'], runs: ['open'] })
    expect(log.filter(({ name }) => name === 'turn.tenant_unknown')).toHaveLength(1)
    // It is nobody's, so that a process that has the tenant takes it at once; and it hides nobody behind it.
    const found = (except: readonly string[]) => findWaiting(ports.store, { limit: 10, except })
    expect([await found([]), await found(['rail'])]).toEqual([[mine], []])
    expect(await claimConversations(ports.store, [mine], 'another')).toHaveLength(1)
    await sqlFree(mine)
    present = whole
    await pipeline.run([mine])
    expect(await statesOf(mine)).toMatchObject({ items: ['done'], runs: ['open'] })
  })

  const sqlFree = (id: string) =>
    ground.store.write('free', async (tx) => {
      await sql`update conversation set lease_until = 0 where id = ${id}`.execute(sqlOf(tx))
    })

  it('of a bot or an operator that was taken away is held all the same: what is open ends', async () => {
    const { pipeline } = openPipeline()
    const id = await say('order', { from: '+8613800000002' })
    await pipeline.run([id])
    const before = await statesOf(id)
    present = { ...whole, bots: new Map(), operators: new Map() }
    await say('to Rome', { from: '+8613800000002' })
    await pipeline.run([id])
    expect([before.runs, await statesOf(id)]).toEqual([
      ['open'],
      { items: ['done', 'done'], runs: ['ended'], said: before.said + 1 },
    ])
    expect((await rowsOf('outbox', id)).at(-1)).toMatchObject({ operator_id: 'ct', state: 'queued' })
    present = whole
  })
})
