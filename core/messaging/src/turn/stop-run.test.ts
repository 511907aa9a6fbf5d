import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineContract, defineFlow, definePlugin, intent, money, need, text, textMessage, z } from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { openScope, storeMigrations } from '@inthread/store'
import { insertAll, sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { Counter } from '../../test/counter.ts'
import { plainTill as till } from '../../test/plain-till.ts'
import { closedDesk, portsOf } from '../../test/ports.ts'
import { Thread } from '../../test/thread.ts'
import type { Need } from '../fold/need.ts'
import { commitInternal, commitPushes } from '../inbox/accept.store.ts'
import type { FinanceDesk, NewOrder } from '../ports.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { MessagingTables, ReservationRow } from '../schema/tables.ts'
import { TurnPipeline } from './pipeline.ts'

const contract = defineContract({
  id: 'clumsy',
  publisher: 'somebody',
  version: '1.0.0',
  host: '^0.1',
  locales: ['en'],
  title: { en: 'Clumsy' },
  config: z.strictObject({}),
  needs: { pay: need(payment, { range: '^1', purpose: { en: 'to be paid' } }) },
  texts: { hm: text({}, { en: 'Hm.' }), words: text({ words: 'text' }, { en: '{{words}}' }) },
  emits: { sold: z.strictObject({ what: z.string().max(3) }) },
  collections: {},
  limits: { messagesPerTurn: 2 },
})

const inner = defineFlow(contract, {
  id: 'inner',
  revision: 1,
  input: z.strictObject({ word: z.string().max(3) }),
  state: z.strictObject({}),
  start: 'say',
  steps: {
    say: { kind: 'say', message: ({ t, input }) => textMessage(t('words', { words: input.word })), next: 'again' },
    again: { kind: 'say', message: ({ t }) => textMessage(t('hm')), next: 'more' },
    more: { kind: 'say', message: ({ t }) => textMessage(t('hm')), next: 'end' },
    end: { kind: 'end' },
  },
})

const nothing = { succeeded: 'end', declined: 'end', cancelled: 'end', expired: 'end', unknown: 'end' } as const

/** Pays, and then stumbles over what it wants next. */
function clumsy(stumble: string): Plugin {
  const flow = defineFlow(contract, {
    id: 'buy',
    revision: 1,
    runs: { inner },
    input: z.strictObject({}),
    state: z.strictObject({}),
    start: 'pay',
    steps: {
      pay: {
        kind: 'call',
        need: 'pay',
        operation: 'pay',
        input: () => ({ amount: money('5.00', 'CNY'), purpose: 'a thing' }),
        on: { ...nothing, succeeded: 'which' },
      },
      which: {
        kind: 'branch',
        when: [
          { is: () => stumble === 'input', to: 'payLong' },
          { is: () => stumble === 'amount', to: 'payNothing' },
          { is: () => stumble === 'event', to: 'tell' },
          { is: () => stumble === 'limit', to: 'chatter' },
          { is: () => stumble === 'words', to: 'sayWrong' },
          { is: () => stumble === 'below', to: 'below' },
        ],
        otherwise: 'end',
      },
      payLong: {
        kind: 'call',
        need: 'pay',
        operation: 'pay',
        input: () => ({ amount: money('5.00', 'CNY'), purpose: 'x'.repeat(61) }),
        on: nothing,
      },
      payNothing: {
        kind: 'call',
        need: 'pay',
        operation: 'pay',
        input: () => ({ amount: money('0.00', 'CNY'), purpose: 'nothing' }),
        on: nothing,
      },
      tell: { kind: 'emit', event: 'sold', data: () => ({ what: 'too long' }), next: 'end' },
      chatter: { kind: 'say', message: ({ t }) => textMessage(t('hm')), next: 'chatter2' },
      chatter2: { kind: 'say', message: ({ t }) => textMessage(t('hm')), next: 'chatter3' },
      chatter3: { kind: 'say', message: ({ t }) => textMessage(t('hm')), next: 'end' },
      sayWrong: { kind: 'say', message: ({ t }) => textMessage(t('words', {} as { words: string })), next: 'end' },
      below: { kind: 'run', flow: 'inner', input: () => ({ word: 'one' }), on: { done: 'end' } },
      end: { kind: 'end' },
    },
  })
  return definePlugin(contract, {
    flows: [flow, inner],
    intents: { buy: intent({ flow, title: { en: 'Buy' }, words: { en: ['buy'] }, input: {} }) },
  })
}

/** As finance does it: an order that moves nothing is refused. */
function refuseNothing({ input, orderId }: NewOrder): void {
  const { amount } = input as { readonly amount: { readonly amountMinor: bigint } }
  if (amount.amountMinor === 0n) throw new Fault('order.amount_refused', { data: { order: orderId } })
}

const paid = { name: 'succeeded', data: { receipt: 'A1' } }
const letter = { kind: 'order', outcome: paid, event: { name: 'settled', data: { result: 'succeeded' } } } as const

describe('the bank’s last word, at which the scene stumbles', () => {
  it.each(['input', 'amount', 'event', 'limit', 'words', 'below'])('is heard all the same: %s', (stumble) => {
    const bank = new Counter()
    const answer = (asked: Need) => {
      if (asked.kind === 'open') refuseNothing(asked.order)
      return asked.kind === 'standing' ? undefined : bank.answer(asked)
    }
    const thread = new Thread({ plugins: [clumsy(stumble)], till, answer })
    thread.say('buy')
    bank.closing = paid
    const draft = thread.tell(letter)
    expect(thread.heard[0]).toContain('The bank has decided.')
    expect(thread.heard.at(-1)).toContain('this service cannot go on')
    expect(draft).toMatchObject({ failed: false, cases: ['paid_without_scene'], settled: [{ state: 'taken' }] })
    expect(thread.runs).toEqual([])
  })
})

describe('a scene of a guest, which hears a turn later that it was paid', () => {
  it('is ended with what was paid kept, when it stumbles only then', () => {
    const bank = new Counter()
    const thread = new Thread({ plugins: [clumsy('event')], till, answer: (asked) => bank.answer(asked) })
    thread.say('buy')
    const [scene, dialogue] = thread.runs
    thread.rows.set(dialogue?.row.id ?? '', { ...dialogue!.row, state: 'ended', told: 'succeeded' })
    const visit = scene?.state.visit ?? 0
    const event = { kind: 'outcome', visit, outcome: 'succeeded', data: paid.data, at: thread.clock.now() } as const
    const draft = thread.take({ kind: 'entry', entries: [{ run: scene?.row.id ?? '', event }] })
    expect(draft).toMatchObject({ cases: ['paid_without_scene'], settled: [{ runId: scene?.row.id, state: 'taken' }] })
  })
})

describeOnEachDatabase('a run that stumbles inside of a transaction', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
  })
  afterAll(() => ground.close())

  const scope = openScope('rail')

  /** As far as the bank's last word, with a unit on hold for it; what is left then. */
  async function stumbleAt(stumble: string) {
    const { tenancy } = new Thread({ plugins: [clumsy(stumble)], till })
    const bank: FinanceDesk = {
      ...closedDesk,
      open: async (_tx, orders) => orders.map((order) => (refuseNothing(order), { kind: 'opened' })),
      commit: () => Promise.resolve({ kind: 'accepted' }),
      close: () => Promise.resolve(paid),
    }
    const ports = portsOf(ground, { tenancies: { find: () => tenancy, tenants: () => [] }, desk: bank })
    const pipeline = new TurnPipeline(ports)
    const content = { kind: 'text', text: 'buy' } as const
    const from = `+861380000000${stumble.length}`
    const message = { kind: 'message', key: ground.ids.next(), from, content } as const
    const items = [{ ...message, conversationRef: undefined, contributionRef: undefined }]
    const push = { scope, botId: 'bot', operatorId: 'ct', replay: undefined, items }
    const [accepted] = await ground.store.write('push', (tx) => commitPushes(tx, [push], ports))
    const conversationId = accepted?.conversations[0] ?? ''
    await pipeline.run([conversationId])
    const runs = await rowsOf('run', conversationId)
    const dialogue = runs.find(({ parent_id }) => parent_id !== null)
    const hold: ReservationRow = {
      ...{ id: ground.ids.next(), tenant_id: 'rail', counter_id: 'x', run_id: dialogue?.parent_id ?? '', unit: 1 },
      ...{ state: 'committing', until: 0, created_at: 0 },
    }
    await ground.store.write('letter', async (tx) => {
      await insertAll(tx, 'reservation', [hold])
      const item = { scope, conversationId, runId: dialogue?.id, key: `${dialogue?.order_id}:final`, body: letter }
      await commitInternal(tx, [item], ports)
    })
    await pipeline.run([conversationId])
    const [held] = await ground.store.read('hold', (reader) =>
      sqlOf<MessagingTables>(reader).selectFrom('reservation').select('state').where('id', '=', hold.id).execute(),
    )
    return {
      runs: (await rowsOf('run', conversationId)).map(({ state }) => state),
      items: (await rowsOf('inbox', conversationId)).map(({ state }) => state),
      cases: (await rowsOf('desk_case', conversationId)).map(({ reason }) => reason),
      held: held?.state,
    }
  }

  const rowsOf = <T extends 'run' | 'inbox' | 'desk_case'>(table: T, conversationId: string) =>
    ground.store.read('rows', async (reader) => {
      const query = sql<MessagingTables[T]>`
        select * from ${sql.table(table)} where conversation_id = ${conversationId} order by id`
      return [...(await query.execute(sqlOf(reader))).rows]
    })

  it.each(['amount', 'input'])('goes no further, and what the bank said is kept: %s', async (stumble) => {
    expect(await stumbleAt(stumble)).toEqual({
      runs: ['ended', 'ended'],
      items: ['done', 'done'],
      cases: ['paid_without_scene'],
      held: 'taken',
    })
  })
})
