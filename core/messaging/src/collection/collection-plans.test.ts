import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Slots } from '@inthread/sdk/engine'
import type { Reader } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { commitCollection, readDocuments } from './documents.store.ts'
import { buildIndexRange } from './index-key.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import { diaryOf } from '../../test/sample-diary.ts'
import { goods, trainOf } from '../../test/sample-goods.ts'
import { Shelf } from '../../test/shelf.ts'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'

const many = 20_000
const few = 500
const limit = 20
const cities = ['chengdu', 'beijing', 'xian', 'wuhan', 'kunming', 'lhasa', 'harbin', 'sanya']
const plugin = goods.contract.declaration.id
const diary = diaryOf(1, { dataClass: 'personal' })

/** Every shape of a read that a declaration allows: by key, and by each beginning of each index. */
const shapes: readonly { readonly name: string; readonly by: { key: string } | { by: string; where: Slots } }[] = [
  { name: 'a key', by: { key: 'T07777' } },
  { name: 'nothing, in the order of an index', by: { by: 'route', where: {} } },
  { name: 'the first field', by: { by: 'route', where: { from: 'xian' } } },
  { name: 'the first two', by: { by: 'route', where: { from: 'xian', to: 'lhasa' } } },
  { name: 'all of them', by: { by: 'route', where: { from: 'xian', to: 'lhasa', minutes: 102 } } },
  { name: 'a number', by: { by: 'all', where: { minutes: 300 } } },
]

const trains = (count: number): Slots[] =>
  Array.from({ length: count }, (_, index) => ({
    ...trainOf(`T${String(index).padStart(5, '0')}`, {
      from: cities[index % 8] ?? '',
      to: cities[Math.floor(index / 8) % 8] ?? '',
      minutes: 60 + (index % 500),
    }),
  }))

describeOnEachDatabase('reads of a collection', (open) => {
  let ground: Ground
  let shelf: Shelf
  let small: Shelf
  const seen: string[] = []
  beforeAll(async () => {
    const observer = {
      observe: ({ sql: text = '', phase }: { sql?: string; phase: string }) =>
        void (phase === 'before' && seen.push(text)),
    }
    ground = await openGround(await open(), { migrations: messagingMigrations, observer })
    shelf = new Shelf(ground, { collection: 'trains' })
    small = new Shelf(ground, { collection: 'trains', tenant: 'small' })
    for (const [{ scope }, count] of [
      [shelf, many],
      [small, few],
    ] as const) {
      const content = {
        plugin: goods,
        collection: 'trains',
        documents: trains(count),
        now: ground.clock.now(),
        ids: ground.ids,
      }
      await ground.store.write('fill', (tx) => commitCollection(tx, scope, content))
    }
  })
  afterAll(() => ground.close())

  it.each(shapes)('by $name find what they ask for, in order', async ({ by }) => {
    const found = await shelf.read(goods, 'key' in by ? by : { ...by, limit })
    const where = 'key' in by ? { id: by.key } : by.where
    const wanted = trains(many).filter((train) =>
      Object.entries(where).every(([field, value]) => train[field] === value),
    )
    expect(found.length).toBe(Math.min(limit, wanted.length))
    expect(found.every((train) => Object.entries(where).every(([field, value]) => train[field] === value))).toBe(true)
  })

  it.each(shapes)('by $name touch few rows among twenty thousand', async ({ by }) => {
    const touched = await countTouched(ground, shelf, by)
    // The index rows, and the documents behind them.
    if (touched !== undefined) expect(touched).toBeLessThanOrEqual(3 * limit + 5)
  })

  it.each(shapes)('by $name are planned over a key, without sorting', async ({ by }) => {
    seen.length = 0
    await shelf.read(goods, 'key' in by ? by : { ...by, limit })
    const statements = seen.filter((text) => text.startsWith('select'))
    expect(statements).toHaveLength('key' in by ? 1 : 2)
    for (const statement of statements) {
      const parameters = /document_index/.test(statement)
        ? parametersOfIndex(by, ground.clock.now())
        : ['rail', `${plugin}/trains`]
      assertPlan(await explain(ground, statement, parameters))
    }
  })

  it('of a personal collection are planned over a key too', async () => {
    const mine = new Shelf(ground, { collection: 'pages' })
    for (const id of ['a', 'b', 'c']) await mine.write(diary, { act: 'put', document: { id, words: id } })
    const blind = ground.keyring.blindIndex('rail', 'document', ['diary/pages', 'wang', 'a'].join('\u0000'))
    for (const by of [{ key: 'a' }, { by: 'mine', limit }]) {
      seen.length = 0
      await mine.read(diary, by)
      const statement = seen.find((text) => text.startsWith('select')) ?? ''
      assertPlan(await explain(ground, statement, ['rail', 'diary/pages', 'wang', ground.clock.now(), blind]))
    }
  })

  it('cost no more in a collection forty times as large', async () => {
    const timeOf = async (of: Shelf): Promise<number> => {
      const times: number[] = []
      for (let round = 0; round < 60; round += 1) {
        const begun = performance.now()
        await of.read(goods, { by: 'route', where: { from: 'xian', to: 'lhasa' }, limit: 5 })
        times.push(performance.now() - begun)
      }
      return times.toSorted((left, right) => left - right)[30] ?? 0
    }
    await timeOf(shelf)
    const [inSmall, inLarge] = [await timeOf(small), await timeOf(shelf)]
    expect(inLarge / inSmall).toBeLessThan(3)
  })
})

function parametersOfIndex(by: (typeof shapes)[number]['by'], now: number): (string | number)[] {
  if ('key' in by) return []
  const declaration = goods.contract.declaration.collections['trains']
  if (!declaration) throw new Error('the goods have no trains')
  const { from, before } = buildIndexRange(declaration, by.by, by.where)
  return ['rail', `${plugin}/trains/${by.by}`, from, now, ...(before === undefined ? [] : [before])]
}

/** The rows that the server handled for one read; SQLite does not count, there the plan is all there is to see. */
function countTouched(ground: Ground, shelf: Shelf, by: (typeof shapes)[number]['by']): Promise<number | undefined> {
  if (ground.store.flavour === 'sqlite') return Promise.resolve(undefined)
  const asked = { kind: 'read', visit: 1, from: 'trains' } as const
  const command = 'key' in by ? { ...asked, by: 'key' as const, key: by.key } : { ...asked, ...by, limit }
  return ground.store.read('touched', async (reader) => {
    const count = async (): Promise<number> => {
      const { rows } = await sql<{ Value: string }>`show session status like 'Handler_read%'`.execute(tables(reader))
      return rows.reduce((sum, row) => sum + Number(row.Value), 0)
    }
    // What looking costs itself.
    const first = await count()
    const before = await count()
    await readDocuments(reader, shelf.scope, { ...shelf.place(goods), command })
    return (await count()) - before - (before - first)
  })
}

interface Plan {
  readonly detail?: string
  readonly key?: string | null
  readonly type?: string
  readonly Extra?: string
}

async function explain(
  ground: Ground,
  statement: string,
  known: readonly (string | number)[],
): Promise<readonly Plan[]> {
  const word = ground.store.flavour === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'
  const rest = [...known]
  const text = statement.replace(/\?/g, () => {
    const next = rest.shift() ?? (/expires_at/.test(statement) ? 'T07777' : '')
    return typeof next === 'number' ? String(next) : `'${next.replaceAll("'", "''")}'`
  })
  return ground.store.read(
    'explain',
    async (reader) => (await sql.raw<Plan>(`${word} ${text}`).execute(tables(reader))).rows,
  )
}

function assertPlan(plan: readonly Plan[]): void {
  expect(plan.length).toBeGreaterThan(0)
  for (const { detail, key, type, Extra = '' } of plan) {
    if (detail === undefined) {
      expect(key ?? 'no key').not.toBe('no key')
      expect(['const', 'eq_ref', 'ref', 'range']).toContain(type)
      expect(Extra).not.toMatch(/filesort|temporary/)
    } else {
      expect(detail).toMatch(/^SEARCH .* USING (COVERING )?INDEX/)
    }
  }
}

function tables(reader: Reader): ReturnType<typeof sqlOf> {
  return sqlOf(reader)
}
