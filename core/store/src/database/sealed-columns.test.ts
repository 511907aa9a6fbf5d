import { afterAll, beforeAll, expect, it } from 'vitest'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { count, id, nullable, ref, sealed, table } from '../schema/vocabulary.ts'
import { openLibraryQueries } from './library-queries.ts'
import type { SealedColumns } from './sealed-columns.ts'
import { sqlOf } from './store.ts'

const person = { id: id(), name: ref(), email: ref(), age: count(), sealed: nullable(sealed()) }
const migrations = [
  {
    id: 'test.sealed',
    tables: [
      table('auth_person', person, { primary: ['id'], unique: { email: ['email'] } }),
      table('auth_pet', { id: id(), owner: id(), name: ref() }, { primary: ['id'] }),
    ],
  },
]

/** Anybody can read this one, and see what was sealed with what. */
const columns: SealedColumns = {
  ...{ table: 'auth_person', found: 'email', hidden: ['name'], box: 'sealed' },
  indexOf: (value) => `index of ${value.length}`,
  seal: (values, index) => JSON.stringify([index, values]),
  open: (box, index) => {
    const [sealedFor, values] = JSON.parse(box) as [string, Readonly<Record<string, unknown>>]
    if (sealedFor !== index) throw new Error('of another row')
    return values
  },
}

describeOnEachDatabase('a library that sees sealed columns in clear', (open) => {
  let ground: Ground
  let db: ReturnType<typeof openLibraryQueries>
  const [ann, bo] = [
    { id: '1', name: 'Ann', email: 'ann@example.com', age: 3 },
    { id: '2', name: 'Bo', email: 'bo@example.com', age: 4 },
  ] as const
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations })
    db = openLibraryQueries(ground.store, { label: 'auth', prefix: 'auth_', moments: new Set(), sealed: columns })
    await db.insertInto('auth_person').values([ann, bo]).execute()
    await db.insertInto('auth_pet').values({ id: '1', owner: '1', name: 'Rex' }).execute()
  })
  afterAll(() => ground.close())

  it('finds by them and reads them, while the database has an index and a seal', async () => {
    const people = () => db.selectFrom('auth_person').selectAll()
    expect(await people().where('email', '=', ann.email).execute()).toEqual([ann])
    expect(await people().where('auth_person.email', 'in', [ann.email, bo.email, 'x']).orderBy('id').execute()).toEqual(
      [...[ann, bo]],
    )
    const nested = db.selectFrom((by) => by.selectFrom('auth_person').selectAll().where('email', '=', bo.email).as('p'))
    expect(await nested.selectAll('p').execute()).toEqual([bo])
    expect(await people().where('email', '=', 'nobody at all').execute()).toEqual([])
    expect(await db.selectFrom('auth_pet').selectAll().execute()).toEqual([{ id: '1', owner: '1', name: 'Rex' }])
    const stored = await ground.store.read('raw', (reader) =>
      sqlOf<Record<string, Record<string, unknown>>>(reader)
        .selectFrom('auth_person')
        .selectAll()
        .orderBy('id')
        .execute(),
    )
    expect(stored[0]).toEqual({
      ...{ id: '1', name: '', email: 'index of 15', age: 3 },
      sealed: JSON.stringify(['index of 15', { email: ann.email, name: ann.name }]),
    })
  })

  it('changes and deletes what is beside them', async () => {
    await db.updateTable('auth_person').set({ age: 9 }).where('email', '=', ann.email).execute()
    expect(await db.selectFrom('auth_person').select(['id', 'age']).where('age', '=', 9).execute()).toEqual([
      { id: '1', age: 9 },
    ])
    const third = { id: '3', name: 'C', email: 'c@example.com', age: 1 }
    await db.insertInto('auth_person').values(third).execute()
    await db.deleteFrom('auth_person').where('auth_person.email', '=', third.email).execute()
    expect(await db.selectFrom('auth_person').select('id').orderBy('id').execute()).toEqual([{ id: '1' }, { id: '2' }])
  })

  it('reads rows of before as they are', async () => {
    const old = { id: '7', name: 'Old', email: 'old@example.com', age: 70 }
    await ground.store.write('raw', (tx) =>
      sqlOf<Record<string, Record<string, unknown>>>(tx).insertInto('auth_person').values(old).execute(),
    )
    expect(await db.selectFrom('auth_person').selectAll().where('id', '=', '7').execute()).toEqual([old])
  })

  it('does nothing else with them', async () => {
    const people = () => db.selectFrom('auth_person')
    const refused = [
      () => people().selectAll().where('email', 'like', '%example%').execute(),
      () => people().selectAll().where('email', '<>', 'x').execute(),
      () => people().selectAll().where('email', 'is', null).execute(),
      () => people().selectAll().where('auth_person.name', '=', 'Ann').execute(),
      () => people().selectAll().where('sealed', 'is', null).execute(),
      () => people().select('email').execute(),
      () => people().select(['id', 'auth_person.name']).execute(),
      () => people().selectAll().orderBy('email').execute(),
      () =>
        people()
          .selectAll()
          .where((by) => by(by.fn('lower', ['email']), '=', 'x'))
          .execute(),
      () => db.updateTable('auth_person').set({ email: 'x' }).where('id', '=', '1').execute(),
      () => db.updateTable('auth_person').set({ name: 'x' }).where('id', '=', '1').execute(),
      () => db.insertInto('auth_person').values({ id: '4', name: 'D', age: 1 }).execute(),
      () =>
        db
          .insertInto('auth_person')
          .columns(['id', 'email', 'name', 'age'])
          .expression(db.selectFrom('auth_pet').select(['id', 'name', 'name', 'owner']))
          .execute(),
    ]
    for (const [at, query] of refused.entries())
      await expect(query(), String(at)).rejects.toMatchObject({ code: 'store.column_sealed' })
    expect(await people().select('id').execute()).toHaveLength(3)
  })
})
