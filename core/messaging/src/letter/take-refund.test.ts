import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { openScope, storeMigrations } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { portsOf } from '../../test/ports.ts'
import { shop } from '../../test/sample-shop.ts'
import { till } from '../../test/sample-till.ts'
import { Thread } from '../../test/thread.ts'
import { commitInternal, commitPushes } from '../inbox/accept.store.ts'
import { openMessage } from '../outbox/message.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { MessagingTables } from '../schema/tables.ts'
import { TurnPipeline } from '../turn/pipeline.ts'

const given = { kind: 'refund', bankId: 'main', number: 'A1', amount: money('1553.50', 'CNY') } as const

describe('money that people have given back', () => {
  it.each([
    ['en', 'succeeded', 'Refunded\n¥1,553.50 goes back to where it came from.\nOrder: A1'],
    ['en', 'unknown', 'The refund is being checked\nWhether ¥1,553.50 went back is not known yet.'],
    ['en', 'declined', 'Not refunded\n¥1,553.50 did not go back.'],
    ['zh-CN', 'succeeded', '退款成功\n¥1,553.50 已按原路退回。\n订单号：A1'],
    ['zh-CN', 'unknown', '退款正在核对\n¥1,553.50 的退款结果还没有确认'],
    ['zh-CN', 'declined', '退款没有成功\n¥1,553.50 没有退回'],
  ] as const)('is told by the bank (%s): %s', (locale, outcome, words) => {
    const { heard, draft } = tellOf(locale, outcome)
    expect(heard).toEqual([expect.stringContaining(words)])
    expect(heard[0]).toMatch(/^bank: 【Test Bank】/)
    expect(draft?.cases).toEqual(outcome === 'declined' ? ['refund_not_done'] : [])
  })

  it('leaves an open question as it is', () => {
    const thread = new Thread({ plugins: [shop], till, answer: () => undefined })
    thread.say('order')
    thread.take({ ...given, outcome: 'succeeded' })
    thread.say('to Rome')
    expect(thread.heard).toEqual([expect.stringContaining('Rome for')])
  })

  function tellOf(locale: string, outcome: 'succeeded' | 'unknown' | 'declined'): Thread {
    const thread = new Thread({ plugins: [], till, locale })
    thread.take({ ...given, outcome })
    return thread
  }
})

describeOnEachDatabase('money that people have given back', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
  })
  afterAll(() => ground.close())

  it('is told once, by the process that goes on where another one has died', async () => {
    const { tenancy } = new Thread({ plugins: [], till })
    const ports = portsOf(ground, { tenancies: { find: () => tenancy, tenants: () => [] } })
    const scope = openScope('rail')
    const content = { kind: 'text', text: 'hi' } as const
    const message = { kind: 'message', key: 'm', from: '+8613800000001', content } as const
    const items = [{ ...message, conversationRef: undefined, contributionRef: undefined }]
    const push = { scope, botId: 'bot', operatorId: 'ct', replay: undefined, items }
    const [accepted] = await ground.store.write('push', (tx) => commitPushes(tx, [push], ports))
    const conversations = accepted?.conversations ?? []
    await new TurnPipeline(ports).run(conversations)
    const letter = {
      ...{ scope, conversationId: conversations[0] ?? '', runId: undefined, key: 'r:final' },
      body: { ...given, outcome: 'succeeded' },
    } as const
    for (let told = 0; told < 2; told += 1) {
      await ground.store.write('letter', (tx) => commitInternal(tx, [letter], ports))
      for (let turn = 0; turn < 2; turn += 1) await new TurnPipeline({ ...ports, owner: `${turn}` }).run(conversations)
    }
    const said = await ground.store.read('said', async (reader) => {
      const query = sql<MessagingTables['outbox']>`select * from outbox order by id`
      return (await query.execute(sqlOf(reader))).rows
    })
    const texts = said.map(({ id, body }) =>
      JSON.stringify(openMessage(ground.sealer, { tenantId: 'rail', messageId: id }, body)),
    )
    expect(texts.filter((text) => text.includes('¥1,553.50'))).toHaveLength(1)
  })
})
