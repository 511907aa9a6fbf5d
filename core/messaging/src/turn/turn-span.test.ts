import { afterAll, beforeAll, expect, it } from 'vitest'
import { defineContract, defineFlow, definePlugin, intent, z } from '@inthread/sdk'
import { Fault } from '@inthread/sdk/fault'
import { openScope, storeMigrations, type Store } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { openWitness, type Witness } from '../../../../test/kit/traces/witness.ts'
import { portsOf } from '../../test/ports.ts'
import { shop } from '../../test/sample-shop.ts'
import { Thread } from '../../test/thread.ts'
import { commitInternal, commitPushes } from '../inbox/accept.store.ts'
import type { MessagingPorts } from '../ports.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { MessagingTables } from '../schema/tables.ts'
import { TurnPipeline } from './pipeline.ts'

function stumble(): never {
  throw new Error('at +8613800000001')
}

describeOnEachDatabase('the span of a turn', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
  })
  afterAll(() => ground.close())

  const { tenancy } = new Thread({ plugins: [shop] })
  let people = 0

  interface Setting extends Witness {
    readonly ports: MessagingPorts
    readonly pipeline: TurnPipeline
  }
  const setUp = (change: Partial<MessagingPorts> = {}): Setting => {
    const witness = openWitness()
    const tenancies = { find: () => tenancy, tenants: () => [] }
    const ports = { ...portsOf(ground, { tenancies }), traces: witness.traces, ...change }
    return { ...witness, ports, pipeline: new TurnPipeline(ports) }
  }

  async function say(text: string, traceparent: string | null = 'door'): Promise<string> {
    const from = `+86138000000${(people += 1) + 10}`
    const content = { kind: 'text', text } as const
    const message = { kind: 'message', key: ground.ids.next(), from, content } as const
    const items = [{ ...message, conversationRef: undefined, contributionRef: undefined }]
    const push = { scope: openScope('rail'), botId: 'bot', operatorId: 'ct', replay: undefined, items, traceparent }
    const [accepted] = await ground.store.write('push', (tx) => commitPushes(tx, [push], setUp().ports))
    return accepted?.conversations[0] ?? ''
  }
  const rowsOf = <T extends 'inbox' | 'outbox'>(table: T, conversationId: string) =>
    ground.store.read('rows', async (reader) => {
      const query = sql<MessagingTables[T]>`
        select * from ${sql.table(table)} where conversation_id = ${conversationId} order by id`
      return [...(await query.execute(sqlOf(reader))).rows]
    })
  const change = (statement: string): Promise<void> =>
    ground.store.write('change', async (tx) => void (await sql.raw(statement).execute(sqlOf(tx))))

  it('goes on from its message, and what it says goes on from it', async () => {
    const { pipeline, find } = setUp()
    const conversation = await say('order')
    await pipeline.run([conversation])
    const turn = find('turn')
    expect(turn).toMatchObject({ from: 'door', code: '', facts: { tenant: 'rail', kind: 'message', plugin: 'shop' } })
    for (const name of ['turn.fold', 'turn.commit'])
      expect(find(name)).toMatchObject({ from: turn.traceparent, code: '' })
    expect((await rowsOf('outbox', conversation)).map(({ traceparent }) => traceparent)).toEqual([turn.traceparent])
  })

  it('begins a trace where nothing is known of its item', async () => {
    const { pipeline, find } = setUp()
    await pipeline.run([await say('order', null)])
    expect(find('turn').from).toBeNull()
  })

  it('is each turn’s own in a group, whatever the others go on from', async () => {
    const { pipeline, spans } = setUp()
    const conversations = [await say('order', 'door-1'), await say('order', 'door-2')]
    await pipeline.run(conversations)
    const turns = spans.filter(({ name }) => name === 'turn')
    expect(turns.map(({ from }) => from).toSorted()).toEqual(['door-1', 'door-2'])
    for (const [index, conversation] of conversations.entries()) {
      const own = turns.find(({ from }) => from === `door-${index + 1}`)
      expect((await rowsOf('outbox', conversation)).map(({ traceparent }) => traceparent)).toEqual([own?.traceparent])
    }
  })

  it('ends as failed where what it needs cannot be read', async () => {
    const conversation = await say('order')
    await setUp().pipeline.run([conversation])
    await change(`update run set snapshot = 'x' where conversation_id = '${conversation}'`)
    const { pipeline, spans, ports } = setUp()
    const body = { kind: 'announcement', text: 'hm' } as const
    const item = { scope: openScope('rail'), conversationId: conversation, runId: undefined, key: conversation, body }
    await ground.store.write('tell', (tx) => commitInternal(tx, [{ ...item, traceparent: 'office' }], ports))
    await pipeline.run([conversation])
    expect(spans.map(({ name, from, code }) => [name, from, code])).toEqual([['turn', 'office', 'turn.item_failed']])
  })

  it('ends as failed where a plugin fails, with the code and nothing that was thrown', async () => {
    const stumbling = defineContract({
      ...{ id: 'stumbling', publisher: 'somebody', version: '1.0.0', host: '^0.1', locales: ['en'] },
      ...{ title: { en: 'Stumbling' }, config: z.strictObject({}), needs: {}, collections: {} },
      texts: {},
    })
    const step = { kind: 'branch', when: [{ is: stumble, to: 'end' }], otherwise: 'end' } as const
    const steps = { step, end: { kind: 'end' } } as const
    const nothing = z.strictObject({})
    const flow = defineFlow(stumbling, { id: 'f', revision: 1, input: nothing, state: nothing, start: 'step', steps })
    const intents = { go: intent({ flow, title: { en: 'Go' }, words: { en: ['go'] }, input: {} }) }
    const { tenancy: other } = new Thread({ plugins: [definePlugin(stumbling, { flows: [flow], intents })] })
    const { pipeline, find } = setUp({ tenancies: { find: () => other, tenants: () => [] } })
    await pipeline.run([await say('go')])
    expect(find('turn')).toMatchObject({ code: 'turn.failed', facts: { outcome: 'plugin.threw' } })
    expect(JSON.stringify(find('turn').facts)).not.toContain('13800000001')
  })

  it('ends as lost when another process has the conversation by then', async () => {
    const conversation = await say('order')
    const find = async () => {
      await change(`update conversation set fence = fence + 1 where id = '${conversation}'`)
      return tenancy
    }
    const { pipeline, find: findSpan } = setUp({ tenancies: { find, tenants: () => [] } })
    await pipeline.run([conversation])
    expect(findSpan('turn').code).toBe('turn.lost')
    expect(await rowsOf('outbox', conversation)).toEqual([])
  })

  it('ends with what kept the group from being written, and comes again with another', async () => {
    const conversation = await say('order')
    const away: Store = {
      flavour: ground.store.flavour,
      read: (label, work) => ground.store.read(label, work),
      write: (label, work, settle) =>
        label === 'turn.commit'
          ? Promise.reject(new Fault('store.unreachable'))
          : ground.store.write(label, work, settle),
      close: () => Promise.resolve(),
    }
    const { pipeline, find } = setUp({ store: away })
    await expect(pipeline.run([conversation])).rejects.toThrow()
    for (const name of ['turn', 'turn.commit']) expect(find(name).code).toBe('store.unreachable')
    const { pipeline: again, find: findAgain } = setUp()
    await again.run([conversation])
    expect(findAgain('turn')).toMatchObject({ from: 'door', code: '' })
  })
})
