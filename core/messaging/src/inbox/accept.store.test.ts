import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Inbound } from '@inthread/sdk/channel'
import { openScope, storeMigrations } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { portsOf } from '../../test/ports.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { InboxRow, MessagingTables } from '../schema/tables.ts'
import { commitInternal, commitPushes, type Accepted, type Push } from './accept.store.ts'
import { openItem } from './item.ts'

const phone = '+8613800000001'
const message = (key: string, text = 'hello', from = phone): Inbound => ({
  kind: 'message',
  key,
  from,
  content: { kind: 'text', text },
  conversationRef: undefined,
  contributionRef: `c-${key}`,
})

describeOnEachDatabase('the inbox', (open) => {
  let one: Ground
  let two: Ground
  let names = 0
  beforeAll(async () => {
    one = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
    two = await one.another('two')
  })
  afterAll(async () => {
    await two.close()
    await one.close()
  })
  const newName = (): string => `k${(names += 1)}`
  const pushOf = (items: readonly Inbound[], change: Partial<Push> = {}): Push => ({
    scope: openScope('rail'),
    botId: 'rail',
    operatorId: 'ct',
    replay: undefined,
    items,
    ...change,
  })
  const accept = (pushes: readonly Push[], ground = one): Promise<readonly Accepted[]> =>
    ground.store.write('inbox.accept', (tx) => commitPushes(tx, pushes, portsOf(ground)))
  const rowsOf = (key: string): Promise<InboxRow[]> =>
    one.store.read('inbox', (reader) =>
      sqlOf<MessagingTables>(reader).selectFrom('inbox').selectAll().where('key', '=', key).execute(),
    )
  const readBack = (row: InboxRow): unknown => openItem(two.sealer, { tenantId: row.tenant_id, itemId: row.id }, row)

  it('keeps a message sealed, in the conversation of its sender, and says that there is something to do', async () => {
    const key = newName()
    const [accepted] = await accept([pushOf([message(key, '学费 1234')])])
    const [row] = await rowsOf(key)
    expect(accepted).toEqual({ kind: 'accepted', conversations: [row?.conversation_id], deliveries: false })
    expect(row).toMatchObject({ state: 'new', source: 'ct', kind: 'message', reply_ref: `c-${key}`, run_id: null })
    expect(row && readBack(row)).toEqual({ kind: 'message', content: { kind: 'text', text: '学费 1234' } })
    const { rows } = await one.store.read('dump', (reader) => sql`select * from inbox`.execute(sqlOf(reader)))
    expect(JSON.stringify(rows)).not.toMatch(/1234|学费|138000/)
  })

  it('has one row of a message, however often it is pushed: in one batch, later, and in two processes', async () => {
    const key = newName()
    const push = pushOf([message(key), message(key, 'again')])
    const answers = await Promise.all([accept([push, push]), accept([push], two), accept([push]), accept([push], two)])
    expect(answers.flat().map(({ kind }) => kind)).toEqual(Array(5).fill('accepted'))
    const rows = await rowsOf(key)
    expect(rows).toHaveLength(1)
    expect(new Set(answers.flat().flatMap(({ conversations }) => conversations))).toEqual(
      new Set([rows[0]?.conversation_id]),
    )
  })

  it('takes the same key of another account, kind or tenant for another thing', async () => {
    const key = newName()
    const report: Inbound = { kind: 'report', key, topic: 'audit', data: { result: 'pass' } }
    await accept([
      pushOf([message(key), report]),
      pushOf([message(key)], { operatorId: 'cu' }),
      pushOf([message(key)], { scope: openScope('school') }),
    ])
    const rows = await rowsOf(key)
    expect(
      rows.map(({ tenant_id, source, kind, state }) => `${tenant_id} ${source} ${kind} ${state}`).toSorted(),
    ).toEqual(['rail ct message new', 'rail ct report done', 'rail cu message new', 'school ct message new'])
  })

  it('has one conversation for each bot and person, also when two processes meet them at once', async () => {
    const people = ['+8613800000011', '+8613800000012']
    const pushes = people.flatMap((from) =>
      ['rail', 'desk'].map((botId) => pushOf([message(newName(), 'hi', from)], { botId })),
    )
    const answers = await Promise.all([accept(pushes), accept(pushes.toReversed(), two), accept(pushes, two)])
    const [first = [], second = [], third = []] = answers
    const idsOf = (accepted: readonly Accepted[]): string[] => accepted.flatMap(({ conversations }) => conversations)
    expect(new Set(idsOf(first)).size).toBe(4)
    expect(idsOf(second.toReversed())).toEqual(idsOf(first))
    expect(idsOf(third)).toEqual(idsOf(first))
  })

  it('takes a known nonce with the same body for a retry, and with another body for a replay', async () => {
    const [nonce, first, second] = [newName(), newName(), newName()]
    const original = pushOf([message(first)], { replay: { nonce, digest: 'd1' } })
    const forged = pushOf([message(second)], { replay: { nonce, digest: 'd2' } })
    const kindsOf = (answers: readonly Accepted[]): string[] => answers.map(({ kind }) => kind)
    expect(kindsOf(await accept([original, forged]))).toEqual(['accepted', 'replayed'])
    expect(kindsOf(await accept([forged, original], two))).toEqual(['replayed', 'accepted'])
    expect(await rowsOf(second)).toEqual([])
    const elsewhere = pushOf([message(second)], { replay: { nonce, digest: 'd2' }, operatorId: 'cu' })
    expect(kindsOf(await accept([elsewhere]))).toEqual(['accepted'])
  })

  it('forgets the nonce of a push that could not be stored', async () => {
    const [nonce, key] = [newName(), newName()]
    const failing = one.store.write('inbox.accept', async (tx) => {
      await commitPushes(tx, [pushOf([message(key)], { replay: { nonce, digest: 'd1' } })], portsOf(one))
      throw new Error('cut')
    })
    await expect(failing).rejects.toThrow('cut')
    const [accepted] = await accept([pushOf([message(key)], { replay: { nonce, digest: 'd2' } })])
    expect([accepted?.kind, (await rowsOf(key)).length]).toEqual(['accepted', 1])
  })

  it('keeps what the bank and time say once, as rows of their own', async () => {
    const key = newName()
    const [accepted] = await accept([pushOf([message(newName())])])
    const conversationId = accepted?.conversations[0] ?? ''
    const body = { kind: 'timer' as const, visit: 3, due: 'timeout' }
    const item = { scope: openScope('rail'), conversationId, runId: conversationId, key, body }
    for (const ground of [one, two]) await ground.store.write('tell', (tx) => commitInternal(tx, [item, item], ground))
    const rows = await rowsOf(key)
    expect(rows).toMatchObject([{ source: 'house', kind: 'timer', state: 'new', run_id: conversationId }])
    expect(rows.map(readBack)).toEqual([body])
  })

  it('has nothing to open once a body is destroyed', async () => {
    const key = newName()
    await accept([pushOf([message(key, '123456')])])
    await one.store.write('destroy', (tx) =>
      sqlOf<MessagingTables>(tx).updateTable('inbox').set({ body_key: null }).where('key', '=', key).execute(),
    )
    expect((await rowsOf(key)).map(readBack)).toEqual([undefined])
  })
})
