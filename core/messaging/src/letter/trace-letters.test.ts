import { afterAll, beforeAll, expect, it } from 'vitest'
import { defineContract, defineFlow, definePlugin, reaction, text, textMessage, z } from '@inthread/sdk'
import { openScope, storeMigrations } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { openWitness } from '../../../../test/kit/traces/witness.ts'
import { portsOf } from '../../test/ports.ts'
import { Thread } from '../../test/thread.ts'
import { recordAnswer } from '../effect/effect.store.ts'
import { commitPushes } from '../inbox/accept.store.ts'
import { commitBankNews } from '../inbox/commit-bank-news.store.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { MessagingTables } from '../schema/tables.ts'
import { TurnPipeline } from '../turn/pipeline.ts'

const news = z.strictObject({ id: z.string() })
const contract = defineContract({
  ...{ id: 'alarm', publisher: 'somebody', version: '1.0.0', host: '^0.1', locales: ['en'] },
  ...{ title: { en: 'Alarm' }, config: z.strictObject({}), needs: {}, collections: {} },
  listens: { spent: { plugin: 'bank', event: 'card.spent', data: news } },
  egress: {
    shop: { host: 'shop.example.com', purpose: { en: 'to ask' }, data: ['public'], answer: z.strictObject({}) },
  },
  texts: { told: text({}, { en: 'It was spent.' }) },
})
const flow = defineFlow(contract, {
  ...{ id: 'spent', revision: 1, input: news, state: z.strictObject({}), start: 'ask' },
  steps: {
    ask: {
      ...{ kind: 'fetch', from: 'shop', request: () => ({ method: 'GET', path: '/' }) },
      on: { answered: 'tell', failed: 'tell' },
    },
    tell: { kind: 'say', message: ({ t }) => textMessage(t('told')), next: 'end' },
    end: { kind: 'end' },
  },
})
const alarm = definePlugin(contract, {
  flows: [flow],
  intents: {},
  reactions: { spent: reaction({ flow, input: (data) => data }) },
})

describeOnEachDatabase('news of a bank', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
  })
  afterAll(() => ground.close())

  it('is a letter within its notice, from which the turn, its question and the answer to that go on', async () => {
    const { tenancy } = new Thread({ plugins: [alarm] })
    const { traces, spans, find } = openWitness()
    const ports = { ...portsOf(ground, { tenancies: { find: () => tenancy, tenants: () => [] } }), traces }
    const pipeline = new TurnPipeline(ports)
    const scope = openScope('rail')
    const message = {
      kind: 'message',
      key: 'm',
      from: '+8613800000001',
      content: { kind: 'text', text: 'hi' },
    } as const
    const items = [{ ...message, conversationRef: undefined, contributionRef: undefined }]
    const push = { scope, botId: 'bot', operatorId: 'ct', replay: undefined, items }
    const [accepted] = await ground.store.write('push', (tx) => commitPushes(tx, [push], ports))
    const conversations = accepted?.conversations ?? []
    await pipeline.run(conversations)
    const before = spans.length

    const { subscriber_id: subscriberId = '' } = (await last('conversation')) ?? {}
    const word = { scope, subscriberId, key: 'n', event: 'card.spent', data: { id: 'a' } }
    const hear = () => ground.store.write('news', (tx) => commitBankNews(tx, { tenancy, news: word }, ports))
    await traces.open('notice', { from: null }).cover(hear)
    await pipeline.run(conversations)
    const effect = await last('effect')
    if (!effect) throw new Error('nothing was asked')
    const body = { kind: 'fetched', visit: effect.visit, answer: { kind: 'failed', reason: 'late' } } as const
    const record = () => recordAnswer(ports, effect, { body, record: () => Promise.resolve() })
    await traces.open('effect', { from: effect.traceparent }).cover(record)
    await pipeline.run(conversations)

    const [, , turn, , , , again] = spans.slice(before)
    expect(find('letter')).toMatchObject({ from: find('notice').traceparent, facts: { kind: 'event' }, code: '' })
    expect(turn).toMatchObject({ name: 'turn', from: find('letter').traceparent, facts: { state: 'asking' } })
    expect(effect.traceparent).toBe(turn?.traceparent)
    expect(again).toMatchObject({ name: 'turn', from: find('effect').traceparent, facts: { kind: 'fetched' } })
    expect((await last('outbox'))?.traceparent).toBe(again?.traceparent)
  })

  const last = <T extends 'conversation' | 'effect' | 'outbox'>(table: T) =>
    ground.store.read('last', async (reader) => {
      const query = sql<MessagingTables[T]>`select * from ${sql.table(table)} order by id desc`
      return (await query.execute(sqlOf(reader))).rows[0]
    })
})
