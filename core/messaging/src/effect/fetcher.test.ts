import { afterAll, beforeAll, expect, it } from 'vitest'
import { defineContract, definePlugin, z } from '@inthread/sdk'
import { openScope, storeMigrations } from '@inthread/store'
import { insertAll, sqlOf } from '@inthread/store/sql'
import type { EgressRequest } from '@inthread/sdk/engine'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { portsOf } from '../../test/ports.ts'
import type { EgressCall, EgressReply, Tenancies } from '../ports.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { EffectRow, MessagingTables } from '../schema/tables.ts'
import { runFetch } from './fetcher.ts'
import { sealRequest } from './request.ts'

const shop = definePlugin(
  defineContract({
    id: 'shop',
    publisher: 'somebody',
    version: '1.0.0',
    host: '^0.1',
    locales: ['en'],
    title: { en: 'Shop' },
    config: z.strictObject({}),
    needs: {},
    secrets: { key: { purpose: { en: 'to be known' }, hosts: ['api.example.com'] } },
    egress: {
      open: { host: 'api.example.com', purpose: { en: 'to ask' }, data: ['public'], answer: z.object({ n: z.int() }) },
      known: {
        host: 'api.example.com',
        purpose: { en: 'to ask' },
        data: ['public'],
        answer: z.object({ n: z.int() }),
        secret: 'key',
      },
    },
    texts: {},
    collections: {},
  }),
  { flows: [] },
)

const answered: EgressReply = { kind: 'answered', data: { n: 1 } }
const failed = (reason: Extract<EgressReply, { kind: 'failed' }>['reason']): EgressReply => ({
  kind: 'failed',
  reason,
  detail: 'test',
})

describeOnEachDatabase('a request to a host', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
  })
  afterAll(() => ground.close())

  const tenanciesOf = (secrets: Readonly<Record<string, string>>): Tenancies => {
    const installation = { plugin: shop, config: {}, secrets }
    const bot = { id: 'bot', name: 'Bot', installations: [installation], menu: [] }
    const tenancy = { scope: openScope('rail'), epoch: 1, locale: 'en', timeZone: 'UTC', currency: 'CNY' }
    const found = { ...tenancy, bots: new Map([['bot', bot]]), operators: new Map(), providers: new Map() }
    return { ...portsOf(ground).tenancies, find: () => found }
  }

  interface Asking {
    readonly from?: 'open' | 'known' | 'gone'
    readonly method?: EgressRequest['method']
    readonly attempts?: number
    readonly deadlineMs?: number
    readonly replies: readonly EgressReply[]
    readonly secrets?: Readonly<Record<string, string>>
  }

  /** What the run is told, and what went out. */
  const ask = async (asking: Asking): Promise<{ answer: unknown; sent: readonly EgressCall[]; row: EffectRow }> => {
    const { from = 'open', method = 'GET', attempts = 0, deadlineMs = 4000, replies, secrets = {} } = asking
    const id = ground.ids.next()
    const request = { botId: 'bot', plugin: 'shop', from, request: { method, path: '/' } as const, deadlineMs }
    const row: EffectRow = {
      id,
      tenant_id: 'rail',
      conversation_id: id,
      run_id: id,
      visit: 1,
      kind: 'fetch',
      order_id: '',
      operation: from,
      request: sealRequest(ground.sealer, { tenantId: 'rail', effectId: id }, request),
      secret_id: null,
      state: 'new',
      attempts,
      not_before: 0,
      deadline_at: 0,
      lease_owner: 'one',
      lease_until: 0,
      created_at: ground.clock.now(),
      traceparent: null,
    }
    await ground.store.write('effect', (tx) => insertAll(tx, 'effect', [row]))
    const sent: EgressCall[] = []
    const send = (call: EgressCall): Promise<EgressReply> => {
      sent.push(call)
      return Promise.resolve(replies[sent.length - 1] ?? failed('unreachable'))
    }
    const ports = { ...portsOf(ground, { tenancies: tenanciesOf(secrets) }), egress: { send } }
    const answer = await runFetch(row, ports)
    const stored = await ground.store.read('effect', (reader) =>
      sqlOf<MessagingTables>(reader).selectFrom('effect').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    )
    return { answer, sent, row: stored }
  }

  it('is answered as declared, or malformed', async () => {
    expect(await ask({ replies: [answered] })).toMatchObject({ answer: { kind: 'answered', data: { n: 1 } } })
    const wrong = await ask({ replies: [{ kind: 'answered', data: { n: 'one' } }] })
    expect([wrong.answer, wrong.sent.length]).toEqual([{ kind: 'failed', reason: 'malformed' }, 1])
  })

  it.each([
    ['GET', 'unreachable', 2],
    ['GET', 'late', 2],
    ['GET', 'refused', 1],
    ['POST', 'unreachable', 2],
    ['POST', 'late', 1],
    ['POST', 'refused', 1],
  ] as const)(
    'is sent again only where that is safe: %s that is %s goes out %i times',
    async (method, reason, times) => {
      const { sent } = await ask({ method, replies: [failed(reason), answered] })
      expect(sent).toHaveLength(times)
      expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
    },
  )

  it('ends at its deadline, in whole milliseconds', async () => {
    const { answer, sent } = await ask({ replies: [], deadlineMs: 500 })
    expect(answer).toEqual({ kind: 'failed', reason: 'unreachable' })
    expect(sent.length).toBe(2)
    expect(sent.every(({ deadlineMs }) => Number.isInteger(deadlineMs) && deadlineMs <= 500)).toBe(true)
  })

  it('is known to have begun before anything leaves, so that a POST is not sent twice over a crash', async () => {
    const first = await ask({ method: 'POST', replies: [answered] })
    expect(first.row.attempts).toBe(1)
    const after = await ask({ method: 'POST', attempts: 1, replies: [answered] })
    expect([after.answer, after.sent]).toEqual([{ kind: 'failed', reason: 'late' }, []])
    expect((await ask({ method: 'GET', attempts: 1, replies: [answered] })).answer).toMatchObject({ kind: 'answered' })
  })

  it('carries a secret that the tenant has entered, and does not go without one', async () => {
    const { sent } = await ask({ from: 'known', replies: [answered], secrets: { key: 'k1' } })
    expect(sent[0]?.secret).toEqual({ value: 'k1', use: 'bearer' })
    expect((await ask({ from: 'known', replies: [answered] })).sent).toEqual([])
    expect((await ask({ from: 'open', replies: [answered], secrets: { key: 'k1' } })).sent[0]).not.toHaveProperty(
      'secret',
    )
  })

  it('goes nowhere for a name that is not declared any more', async () => {
    const { answer, sent } = await ask({ from: 'gone', replies: [answered] })
    expect([answer, sent]).toEqual([{ kind: 'failed', reason: 'unreachable' }, []])
  })
})
