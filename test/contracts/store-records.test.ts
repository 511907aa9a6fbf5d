import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  appendAudit,
  commitDecision,
  commitProposal,
  findSetting,
  listNumbers,
  openScope,
  platformActor,
  resolveSubscribers,
  saveSetting,
  storeMigrations,
  type Actor,
  type Decision,
  type TenantScope,
  type NumberSeen,
} from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../kit/ground.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'

const rail = openScope('rail')
const school = openScope('school')
const phone = (index: number): string => `+86138${String(index).padStart(8, '0')}`
const rowsOf = async (ground: Ground, table: string): Promise<Record<string, unknown>[]> =>
  (
    await ground.store.read('all', (reader) =>
      sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(sqlOf(reader)),
    )
  ).rows

describeOnEachDatabase('subscribers', (open) => {
  let one: Ground
  let two: Ground
  beforeAll(async () => {
    one = await openGround(await open(), { migrations: storeMigrations })
    two = await one.another('two')
  })
  afterAll(async () => {
    await two.close()
    await one.close()
  })
  const resolve = (ground: Ground, seen: readonly NumberSeen[]): Promise<readonly string[]> =>
    ground.store.write('subscriber.resolve', (tx) => resolveSubscribers(tx, seen, { ...ground, now: 7 }))

  it('are found again behind their number, each time in the order asked for', async () => {
    const [first, second, again] = await resolve(one, [
      { scope: rail, number: phone(1) },
      { scope: rail, number: phone(2) },
      { scope: rail, number: phone(1) },
    ])
    expect(first).toBe(again)
    expect(first).not.toBe(second)
    expect(await resolve(two, [{ scope: rail, number: phone(2) }])).toEqual([second])
  })

  it('are different people for two tenants', async () => {
    const [ours, theirs] = await resolve(one, [
      { scope: rail, number: phone(3) },
      { scope: school, number: phone(3) },
    ])
    expect(ours).not.toBe(theirs)
    const bindings = await rowsOf(one, 'binding')
    const indexes = bindings.filter((row) => [ours, theirs].includes(String(row['subscriber_id'])))
    expect(new Set(indexes.map((row) => row['blind_index'])).size).toBe(2)
  })

  it('have one binding when two processes meet new numbers at once, in whatever order', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => ({ scope: rail, number: phone(100 + index) }))
    const answers = await Promise.all(
      Array.from({ length: 6 }, async (_, turn) => {
        const mine = turn % 2 === 0 ? numbers : numbers.toReversed()
        const found = await resolve(turn % 3 === 0 ? one : two, mine)
        return turn % 2 === 0 ? found : found.toReversed()
      }),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
    const bindings = await rowsOf(one, 'binding')
    const mine = bindings.filter((row) => answers[0]?.includes(String(row['subscriber_id'])))
    const subscribers = (await rowsOf(one, 'subscriber')).filter((row) => answers[0]?.includes(String(row['id'])))
    expect([new Set(answers[0]).size, mine.length, subscribers.length]).toEqual([30, 30, 30])
  })

  it('have exactly one row each, and no binding without one', async () => {
    const bound = (await rowsOf(one, 'binding')).map((row) => row['subscriber_id'])
    const known = (await rowsOf(one, 'subscriber')).map((row) => row['id'])
    expect(known.toSorted()).toEqual(bound.toSorted())
  })

  it('give their numbers back to those who may open them, and to nobody who reads the table', async () => {
    const [subscriberId = ''] = await resolve(one, [{ scope: rail, number: phone(4) }])
    const list = (scope: typeof rail): Promise<ReadonlyMap<string, string>> =>
      two.store.read('number.list', (reader) => listNumbers(reader, [{ scope, subscriberId }], two.sealer))
    expect([...(await list(rail))]).toEqual([[subscriberId, phone(4)]])
    expect([...(await list(school))]).toEqual([])
    expect(JSON.stringify(await rowsOf(one, 'binding'))).not.toContain(phone(4).slice(1))
  })

  it('have no number once their binding is closed, and are somebody else the next time', async () => {
    const seen = [{ scope: rail, number: phone(5) }]
    const [before = ''] = await resolve(one, seen)
    await one.store.write('close', (tx) =>
      sql`update binding set open_key = null, closed_at = 9 where subscriber_id = ${before}`.execute(sqlOf(tx)),
    )
    const asked = [{ scope: rail, subscriberId: before }]
    expect((await one.store.read('number', (reader) => listNumbers(reader, asked, one.sealer))).size).toBe(0)
    expect(await resolve(two, seen)).not.toEqual([before])
  })
})

describeOnEachDatabase('records', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: storeMigrations })
  })
  afterAll(() => ground.close())
  const mei: Actor = { kind: 'person', id: 'mei' }
  const tom: Actor = { kind: 'person', id: 'tom' }
  const now = 1_772_703_300_000_000
  const dayUs = 86_400_000_000
  const change = { limit: { perDay: '500000', currency: 'CNY' }, for: 'travel' }
  const propose = async (id: string, maker = mei): Promise<string> =>
    ground.store.write('proposal.put', (tx) => commitProposal(tx, rail, { id, subject: 'limit', change, maker, now }))
  const decide = (
    id: string,
    digest: string,
    { scope = rail, ...decision }: Partial<Decision> & { scope?: TenantScope } = {},
  ): Promise<unknown> => {
    const whole: Decision = { id, digest, checker: tom, verdict: 'approved', now: now + 1, ...decision }
    return ground.store.write('proposal.decide', (tx) => commitDecision(tx, scope, whole))
  }
  const refused = (id: string): object => ({ code: 'proposal.not_decidable', data: { proposal: id } })

  it('of a proposal give the change to whoever approves exactly that one', async () => {
    const digest = await propose('approved')
    expect(await decide('approved', digest)).toEqual(change)
    const row = (await rowsOf(ground, 'proposal')).find(({ id }) => id === 'approved')
    expect(row).toMatchObject({ state: 'approved', maker: 'person:mei', checker: 'person:tom', decided_at: now + 1 })
  })

  it.each<[string, Partial<Decision>]>([
    ['its own maker', { checker: mei }],
    ['somebody with another digest', { digest: 'f'.repeat(64) }],
    ['somebody who comes a day later', { now: now + dayUs }],
    ['somebody who comes much later', { now: now + 30 * dayUs }],
  ])('of a proposal refuse %s', async (who, decision) => {
    const digest = await propose(who)
    await expect(decide(who, digest, decision)).rejects.toMatchObject(refused(who))
    expect(await decide(who, digest, { now: now + dayUs - 1 })).toEqual(change)
  })

  it('of a proposal refuse another tenant, and one that nobody made', async () => {
    const digest = await propose('foreign')
    await expect(decide('foreign', digest, { scope: school })).rejects.toMatchObject(refused('foreign'))
    await expect(decide('absent', digest)).rejects.toMatchObject(refused('absent'))
  })

  it('of a proposal are decided once, by however many at once', async () => {
    const digest = await propose('race')
    const verdicts = ['approved', 'rejected', 'approved', 'rejected', 'approved'] as const
    const results = await Promise.allSettled(
      verdicts.map((verdict, index) =>
        decide('race', digest, { verdict, checker: { kind: 'person', id: `p${index}` } }),
      ),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(decide('race', digest)).rejects.toMatchObject(refused('race'))
  })

  it('of what was done are written with it, or not at all', async () => {
    const record = { scope: rail, actor: tom, action: 'limit.raised', object: { kind: 'limit', id: 'l1' } }
    const ports = { ids: ground.ids, now }
    const failing = ground.store.write('audit', async (tx) => {
      await appendAudit(tx, [record], ports)
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    expect(await rowsOf(ground, 'audit')).toEqual([])
    await ground.store.write('audit', (tx) =>
      appendAudit(tx, [record, { ...record, actor: platformActor, data: { amount: 5n, count: 2 } }], ports),
    )
    await ground.store.write('audit', (tx) => appendAudit(tx, [], ports))
    const whole = { tenant_id: 'rail', at: now, action: 'limit.raised', object_kind: 'limit', object_id: 'l1' }
    const rows = (await rowsOf(ground, 'audit')).toSorted((left, right) =>
      String(left['id']) < String(right['id']) ? -1 : 1,
    )
    expect(rows).toMatchObject([
      { ...whole, actor_kind: 'person', actor_id: 'tom', data: '{}' },
      { ...whole, actor_kind: 'platform', actor_id: 'platform', data: '{"amount":{"$n":"5"},"count":2}' },
    ])
  })

  it('of the installation are kept by name', async () => {
    expect(await findSetting(ground.store, 'clock')).toBeUndefined()
    await saveSetting(ground.store, 'clock', '1')
    await saveSetting(ground.store, 'clock', '2')
    expect([await findSetting(ground.store, 'clock'), await findSetting(ground.store, 'Clock')]).toEqual([
      '2',
      undefined,
    ])
  })
})
