import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { column, type Migration, type Store, type Transaction } from '@inthread/store'
import { insertAll, insertNew, mergeAll, plus, sql, sqlOf } from '@inthread/store/sql'
import { openGround, type Ground } from '../kit/ground.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'

const { count, flag, id, instant, money, nullable, ref, table, text } = column

interface Tables {
  sample: {
    id: string
    name: string
    note: string
    amount_minor: bigint
    at: number
    n: number
    done: number
    spare: string | null
  }
}

const columns = {
  id: id(),
  name: ref(),
  note: text(),
  amount_minor: money(),
  at: instant(),
  n: count(),
  done: flag(),
  spare: nullable(ref()),
}
const migrations: readonly Migration[] = [
  { id: 'sample.001', tables: [table('sample', columns, { primary: ['id'], unique: { name: ['name'] } })] },
]
const twoTo62 = 2n ** 62n
const above2to53 = 2n ** 53n + 1n

const rowOf = (name: string, change: object = {}): object => ({
  id: `id-${name}`,
  name,
  note: '',
  amount_minor: 0n,
  at: 0,
  n: 0,
  done: false,
  spare: null,
  ...change,
})
const put = (store: Store, ...rows: readonly object[]): Promise<void> =>
  store.write('sample.put', (tx) => insertAll(tx, 'sample', rows))
const clear = (store: Store): Promise<unknown> =>
  store.write('sample.clear', (tx) => sqlOf<Tables>(tx).deleteFrom('sample').execute())
const readAll = (store: Store): Promise<Tables['sample'][]> =>
  store.read('sample.all', (reader) => sqlOf<Tables>(reader).selectFrom('sample').selectAll().orderBy('name').execute())
const namesOf = async (store: Store): Promise<string[]> => (await readAll(store)).map((row) => row.name)

describeOnEachDatabase('values in a store', (open) => {
  let ground: Ground
  let store: Store
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations })
    store = ground.store
  })
  afterAll(() => ground.close())

  describe('texts', () => {
    const spellings = ['A', 'a', 'a ', ' a', 'aa', 'Á', 'á', 'a\u0301', '价', '𠮷', '😀', '😁', 'ß', 'ss']

    it('are told apart by every byte: case, blanks, accents, emoji', async () => {
      await clear(store)
      await put(store, ...spellings.map((name) => rowOf(name, { id: name })))
      const found = await Promise.all(
        spellings.map((name) =>
          store.read('sample.find', (reader) =>
            sqlOf<Tables>(reader).selectFrom('sample').select('id').where('name', '=', name).execute(),
          ),
        ),
      )
      expect(found).toEqual(spellings.map((name) => [{ id: name }]))
    })

    it('are ordered by their bytes', async () => {
      const bytes = (name: string): string => Buffer.from(name).toString('hex')
      expect(await namesOf(store)).toEqual(spellings.toSorted((left, right) => (bytes(left) < bytes(right) ? -1 : 1)))
    })

    it('come back as they were, also long ones and empty ones', async () => {
      await clear(store)
      const note = `${'价😀\r\n\t\\\'"%_ '.repeat(20_000)}\u0000end`
      await put(store, rowOf('long', { note }), rowOf('', { note: '' }))
      expect((await readAll(store)).map((row) => row.note)).toEqual(['', note])
    })
  })

  describe('whole numbers', () => {
    const amounts = [above2to53, twoTo62, -twoTo62, 2n ** 63n - 1n, -(2n ** 63n), 0n, 1n]

    it('of money keep every unit: written, read, compared', async () => {
      await clear(store)
      await put(store, ...amounts.map((amount, index) => rowOf(`a${index}`, { amount_minor: amount })))
      expect((await readAll(store)).map((row) => row.amount_minor)).toEqual(amounts)
      const find = (amount: bigint): Promise<unknown[]> =>
        store.read('sample.find', (reader) =>
          sqlOf<Tables>(reader).selectFrom('sample').select('name').where('amount_minor', '=', amount).execute(),
        )
      expect(await find(above2to53)).toEqual([{ name: 'a0' }])
      expect(await find(above2to53 - 1n)).toEqual([])
      const above = await store.read('sample.above', (reader) =>
        sqlOf<Tables>(reader)
          .selectFrom('sample')
          .select('name')
          .where('amount_minor', '>', twoTo62 - 1n)
          .orderBy('amount_minor')
          .execute(),
      )
      expect(above).toEqual([{ name: 'a1' }, { name: 'a3' }])
    })

    it.each([
      [above2to53, 1n],
      [twoTo62, twoTo62 - 1n],
      [twoTo62, -1n],
      [-twoTo62, -1n],
      [above2to53, 2],
    ])('of money are added exactly: %s and %s', async (amount, more) => {
      await clear(store)
      await put(store, rowOf('sum', { amount_minor: amount }))
      await store.write('sample.add', (tx) =>
        sqlOf<Tables>(tx)
          .updateTable('sample')
          .set({ amount_minor: plus(tx, 'amount_minor', more) })
          .execute(),
      )
      expect((await readAll(store))[0]?.amount_minor).toBe(amount + BigInt(more))
    })

    it('of money are summed exactly, where the sum is named as money', async () => {
      await clear(store)
      await put(store, rowOf('a', { amount_minor: twoTo62 }), rowOf('b', { amount_minor: above2to53 }))
      const { rows } = await store.read('sample.sum', (reader) =>
        sql`select sum(amount_minor) as total_minor, count(*) as many from sample`.execute(sqlOf<Tables>(reader)),
      )
      expect(rows).toEqual([{ total_minor: twoTo62 + above2to53, many: 2 }])
    })

    it('that are no money are numbers, and one too large for that is a fault', async () => {
      await clear(store)
      await put(store, rowOf('safe', { n: Number.MAX_SAFE_INTEGER }))
      expect((await readAll(store))[0]?.n).toBe(Number.MAX_SAFE_INTEGER)
      await put(store, rowOf('large', { n: above2to53 }))
      await expect(readAll(store)).rejects.toMatchObject({ code: 'store.number_too_large', data: { column: 'n' } })
    })
  })

  it('keeps instants to the microsecond, in the year 2099 too', async () => {
    await clear(store)
    const at = Date.parse('2099-12-31T23:59:59.999Z') * 1000 + 999
    await put(store, rowOf('late', { at }), rowOf('early', { at: -1 }))
    expect((await readAll(store)).map((row) => row.at)).toEqual([-1, at])
  })

  it('keeps flags as 0 and 1, and nothing as null', async () => {
    await clear(store)
    await put(store, rowOf('a', { done: true }), rowOf('b', { done: false, spare: 'x' }))
    const rows = await readAll(store)
    expect(rows.map(({ done, spare }) => ({ done, spare }))).toEqual([
      { done: 1, spare: null },
      { done: 0, spare: 'x' },
    ])
  })

  it('puts nothing before something', async () => {
    await clear(store)
    await put(store, rowOf('a', { spare: 'x' }), rowOf('b'), rowOf('c', { spare: '' }))
    const ordered = await store.read('sample.order', (reader) =>
      sqlOf<Tables>(reader).selectFrom('sample').select('name').orderBy('spare').execute(),
    )
    expect(ordered.map((row) => row.name)).toEqual(['b', 'c', 'a'])
  })
})

describeOnEachDatabase('statements of a store', (open) => {
  let ground: Ground
  let store: Store
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations })
    store = ground.store
  })
  afterAll(() => ground.close())
  const attempt = (work: (tx: Transaction) => Promise<unknown>): Promise<unknown> => store.write('sample.attempt', work)

  it('insert what is new, once, also when a batch holds it twice', async () => {
    await clear(store)
    await put(store, rowOf('a', { n: 1 }))
    await attempt((tx) =>
      insertNew(tx, 'sample', { rows: [rowOf('a', { n: 2 }), rowOf('b', { n: 3 }), rowOf('b', { n: 4 })], key: 'id' }),
    )
    expect((await readAll(store)).map(({ name, n }) => [name, n])).toEqual([
      ['a', 1],
      ['b', 3],
    ])
  })

  it('insert nothing where another key than the named one is taken', async () => {
    await clear(store)
    await put(store, rowOf('a', { n: 1 }))
    await attempt((tx) => insertNew(tx, 'sample', { rows: [rowOf('a', { id: 'other', n: 2 })], key: 'id' }))
    expect((await readAll(store)).map(({ id: key, n }) => [key, n])).toEqual([['id-a', 1]])
  })

  it('refuse a duplicate by name, and leave nothing of the batch', async () => {
    await clear(store)
    await put(store, rowOf('a'))
    const fault = await put(store, rowOf('b'), rowOf('a')).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'store.duplicate', message: 'a row with this key is already there', data: {} })
    expect(await namesOf(store)).toEqual(['a'])
  })

  it('merge by key: the named columns and no others', async () => {
    await clear(store)
    await put(store, rowOf('a', { n: 1, note: 'kept' }))
    const rows = [
      rowOf('a', { n: 5, note: 'lost' }),
      rowOf('b', { n: 6, note: 'new' }),
      rowOf('b', { n: 7, note: 'x' }),
    ]
    await attempt((tx) => mergeAll(tx, 'sample', { rows, key: ['id'], update: ['n'] }))
    expect((await readAll(store)).map(({ name, n, note }) => [name, n, note])).toEqual([
      ['a', 5, 'kept'],
      ['b', 7, 'new'],
    ])
  })

  it('take more rows than a database takes parameters', async () => {
    await clear(store)
    const rows = Array.from({ length: 9000 }, (_, index) => rowOf(`n${index}`))
    await attempt((tx) => insertNew(tx, 'sample', { rows, key: 'id' }))
    await attempt((tx) => insertNew(tx, 'sample', { rows, key: 'id' }))
    expect(await readAll(store)).toHaveLength(9000)
    await attempt((tx) => insertAll(tx, 'sample', []))
  })

  it.each([
    ['a date', new Date(0), 'Date'],
    ['undefined', undefined, 'undefined'],
    ['a float', 0.5, 'number'],
    ['an unsafe number', 2 ** 53, 'number'],
    ['an object', { a: 1 }, 'object'],
  ])('refuse %s, written or asked for, and nothing is stored', async (_name, value, type) => {
    await clear(store)
    const refused = { code: 'store.parameter_refused', data: { type } }
    await expect(put(store, rowOf('good'), rowOf('bad', { spare: value }))).rejects.toMatchObject(refused)
    const asked = attempt((tx) => sql`select * from sample where spare = ${value}`.execute(sqlOf<Tables>(tx)))
    await expect(asked).rejects.toMatchObject(refused)
    expect(await readAll(store)).toEqual([])
  })

  it('say what was wrong without the values', async () => {
    const secret = 'the-value-itself'
    const fault = await attempt((tx) =>
      sql`insert into sample (id, nowhere) values (${secret}, ${secret})`.execute(sqlOf<Tables>(tx)),
    ).catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'store.statement_refused' })
    expect(`${String(fault)} ${JSON.stringify(fault)}`).not.toContain(secret)
  })
})
