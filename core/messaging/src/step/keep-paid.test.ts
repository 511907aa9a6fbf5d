import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  collection,
  defineContract,
  defineFlow,
  definePlugin,
  holdSchema,
  intent,
  minutes,
  money,
  need,
  text,
  textMessage,
  z,
} from '@inthread/sdk'
import { payment } from '@inthread/sdk/capabilities'
import type { Plugin } from '@inthread/sdk/engine'
import { openScope, storeMigrations } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { plainTill as till } from '../../test/plain-till.ts'
import { closedDesk, portsOf } from '../../test/ports.ts'
import { Thread } from '../../test/thread.ts'
import { commitInternal, commitPushes } from '../inbox/accept.store.ts'
import { openMessage } from '../outbox/message.ts'
import type { FinanceDesk, MessagingPorts, Outcome } from '../ports.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { MessagingTables } from '../schema/tables.ts'
import { TurnPipeline } from '../turn/pipeline.ts'

const contract = defineContract({
  ...{ id: 'inn', publisher: 'somebody', version: '1.0.0', host: '^0.1', locales: ['en'], title: { en: 'Inn' } },
  config: z.strictObject({}),
  needs: { pay: need(payment, { range: '^1', purpose: { en: 'to be paid' } }) },
  texts: { who: text({}, { en: 'For whom?' }), checking: text({}, { en: 'Being checked.' }) },
  collections: {
    rooms: collection(z.strictObject({ id: z.string(), count: z.number() }), {
      key: 'id',
      counters: { rooms: { capacity: 'count' } },
    }),
  },
})

/** Asks something between the payment and the handing over. */
function buildInn(revision: number): Plugin {
  const flow = defineFlow(contract, {
    ...{ id: 'stay', revision, input: z.strictObject({}), start: 'offer' },
    state: z.strictObject({ hold: holdSchema, who: z.string() }).partial(),
    steps: {
      offer: { kind: 'write', to: 'rooms', put: () => ({ id: 'R', count: 9 }), next: 'hold' },
      hold: {
        ...{ kind: 'reserve', from: 'rooms', counter: 'rooms', of: () => ({ key: 'R' }), holdMs: minutes(30) },
        on: { held: { to: 'pay', set: (hold) => ({ hold }) }, none_left: 'end' },
      },
      pay: {
        ...{ kind: 'call', need: 'pay', operation: 'pay' },
        input: () => ({ amount: money('5.00', 'CNY'), purpose: 'a night' }),
        on: { succeeded: 'who', declined: 'end', cancelled: 'end', expired: 'end', unknown: 'checking' },
      },
      checking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'end' },
      who: {
        kind: 'ask',
        slot: 'who',
        prompt: ({ t }) => textMessage(t('who')),
        read: (words) => words,
        timeout: { afterMs: minutes(5), to: 'end' },
        next: 'take',
      },
      take: {
        kind: 'take',
        hold: ({ state: { hold } }) => hold ?? { id: '', unit: 0, until: 0 },
        on: { taken: 'end', lapsed: 'end' },
      },
      end: { kind: 'end' },
    },
  })
  return definePlugin(contract, {
    flows: [flow],
    intents: { stay: intent({ flow, title: { en: 'Stay' }, words: { en: ['stay'] }, input: {} }) },
  })
}

const scope = openScope('rail')
const kill = { level: 'code', plugin: 'inn' } as const

describeOnEachDatabase('what was paid in an earlier turn and not handed over', (open) => {
  let ground: Ground
  let phones = 0
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
  })
  afterAll(() => ground.close())

  /** A guest of the inn, for whom another process may go on at any time. */
  function openGuest(closing: Outcome) {
    phones += 1
    const from = `+86138000000${10 + phones}`
    const desk: FinanceDesk = {
      ...closedDesk,
      open: async (_tx, orders) => orders.map(() => ({ kind: 'opened' })),
      commit: () => Promise.resolve({ kind: 'accepted' }),
      close: () => Promise.resolve(closing),
    }
    let ports = servedBy(1)
    let conversationId = ''

    function servedBy(revision: number, change: Partial<MessagingPorts['tenancies']> = {}): MessagingPorts {
      const { tenancy } = new Thread({ plugins: [buildInn(revision)], till })
      return portsOf(ground, { desk, tenancies: { find: () => tenancy, tenants: () => [], ...change } })
    }

    async function say(words: string): Promise<void> {
      const content = { kind: 'text', text: words } as const
      const message = { kind: 'message', key: ground.ids.next(), from, content } as const
      const items = [{ ...message, conversationRef: undefined, contributionRef: undefined }]
      const push = { scope, botId: 'bot', operatorId: 'ct', replay: undefined, items }
      const [accepted] = await ground.store.write('push', (tx) => commitPushes(tx, [push], ports))
      conversationId = accepted?.conversations[0] ?? ''
      await new TurnPipeline(ports).run([conversationId])
    }

    /** The bank’s last word: the scene is paid, and asks. */
    async function hearBank(): Promise<void> {
      const dialogue = (await rowsOf('run', conversationId)).find(({ parent_id }) => parent_id !== null)
      const event = { name: 'settled', data: { result: closing.name } }
      const body = { kind: 'order', outcome: closing, event } as const
      const item = { scope, conversationId, runId: dialogue?.id, key: `${dialogue?.order_id}:final`, body }
      await ground.store.write('letter', (tx) => commitInternal(tx, [item], ports))
      await new TurnPipeline(ports).run([conversationId])
    }

    async function readEnd() {
      const [scene] = (await rowsOf('run', conversationId)).filter(({ parent_id }) => parent_id === null)
      const holds = await ground.store.read('hold', (reader) =>
        sqlOf<MessagingTables>(reader)
          .selectFrom('reservation')
          .select('state')
          .where('run_id', '=', scene?.id ?? '')
          .execute(),
      )
      const said = (await rowsOf('outbox', conversationId)).map(({ id, body }) =>
        JSON.stringify(openMessage(ground.sealer, { tenantId: 'rail', messageId: id }, body)),
      )
      return {
        scene: scene?.state,
        holds: holds.map(({ state }) => state),
        cases: (await rowsOf('desk_case', conversationId)).map(({ reason }) => reason),
        told: said.filter((message) => message.includes('is not done yet')).length,
      }
    }

    const serve = (...[revision, change]: Parameters<typeof servedBy>) => void (ports = servedBy(revision, change))
    return { say, hearBank, readEnd, serve }
  }

  const rowsOf = <T extends 'run' | 'outbox' | 'desk_case'>(table: T, conversationId: string) =>
    ground.store.read('rows', async (reader) => {
      const query = sql<MessagingTables[T]>`
        select * from ${sql.table(table)} where conversation_id = ${conversationId} order by id`
      return [...(await query.execute(sqlOf(reader))).rows]
    })

  const paid = { name: 'succeeded', data: { receipt: 'A1' } }

  it.each([
    ['by a switch', (guest: ReturnType<typeof openGuest>) => guest.serve(1, { kills: () => [kill] })],
    ['by a process that starts again with another revision', (guest: ReturnType<typeof openGuest>) => guest.serve(2)],
    ['by its user', () => undefined],
  ])('stays its user’s, who hears so, and is a case when its scene is ended %s', async (_name, end) => {
    const guest = openGuest(paid)
    await guest.say('stay')
    await guest.hearBank()
    expect(await guest.readEnd()).toEqual({ scene: 'open', holds: ['committing'], cases: [], told: 0 })
    end(guest)
    await guest.say('cancel')
    const ended = { scene: 'ended', holds: ['taken'], cases: ['paid_without_scene'], told: 1 }
    expect(await guest.readEnd()).toEqual(ended)
    await guest.say('cancel')
    expect(await guest.readEnd()).toEqual(ended)
  })

  it('is handed over by a process that starts again with the same', async () => {
    const guest = openGuest(paid)
    await guest.say('stay')
    await guest.hearBank()
    guest.serve(1)
    await guest.say('Ann')
    expect(await guest.readEnd()).toEqual({ scene: 'ended', holds: ['taken'], cases: [], told: 0 })
  })

  it('is not what the bank has not decided: that waits for its last word', async () => {
    const guest = openGuest({ name: 'unknown', data: {} })
    await guest.say('stay')
    await guest.hearBank()
    expect(await guest.readEnd()).toEqual({ scene: 'ended', holds: ['committing'], cases: [], told: 0 })
  })
})
