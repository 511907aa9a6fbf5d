import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { diaryOf } from '../../test/sample-diary.ts'
import { Shelf } from '../../test/shelf.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import { eraseOwner } from './personal.store.ts'

const diary = diaryOf(1, { dataClass: 'personal' })

describeOnEachDatabase('personal documents', (open) => {
  let ground: Ground
  let shelf: Shelf
  let other: Shelf
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: messagingMigrations })
  })
  afterAll(() => ground.close())
  beforeEach(async () => {
    shelf = new Shelf(ground, { collection: 'pages' })
    other = new Shelf(ground, { collection: 'pages', tenant: 'school' })
    for (const owner of ['wang', 'li'])
      await ground.store.write('erase', async (tx) => {
        await eraseOwner(tx, shelf.scope, owner)
        await eraseOwner(tx, other.scope, owner)
      })
  })
  const put = (id: string, words: string, owner?: string): Promise<boolean> =>
    shelf.write(diary, { act: 'put', document: { id, words } }, owner)

  it('are found by their owner alone, by key and as their own', async () => {
    await put('mine', 'of wang')
    await put('mine', 'of li', 'li')
    await other.write(diary, { act: 'put', document: { id: 'mine', words: 'elsewhere' } })
    expect(await shelf.read(diary, { key: 'mine' })).toEqual([{ id: 'mine', words: 'of wang' }])
    expect(await shelf.read(diary, { key: 'mine' }, 'li')).toEqual([{ id: 'mine', words: 'of li' }])
    expect(await shelf.read(diary, { by: 'mine' }, 'li')).toEqual([{ id: 'mine', words: 'of li' }])
    expect(await shelf.read(diary, { key: 'mine' }, 'nobody')).toEqual([])
    expect(await shelf.read(diary, { by: 'mine' }, 'nobody')).toEqual([])
  })

  it('are listed the newest first, a bounded number', async () => {
    for (const id of ['a', 'b', 'c']) await put(id, id)
    await put('a', 'again')
    expect((await shelf.read(diary, { by: 'mine' })).map(({ id }) => id)).toEqual(['a', 'c', 'b'])
    expect((await shelf.read(diary, { by: 'mine', limit: 1 })).map(({ words }) => words)).toEqual(['again'])
  })

  it('lie sealed in the table, their keys too', async () => {
    await put('+8613800000001', 'Beijing, room 7')
    const [row, ...others] = await shelf.rows('personal_document')
    expect(others).toEqual([])
    expect(row?.body).toMatch(/^s1\./)
    expect(JSON.stringify(row)).not.toMatch(/1380000|Beijing|room/)
    expect(await shelf.rows('document_index')).toEqual([])
  })

  it('do not open when they are moved to another owner', async () => {
    await put('a', 'of wang')
    await put('a', 'of li', 'li')
    const rows = await shelf.rows('personal_document')
    const [mine, theirs] = ['wang', 'li'].map((owner) => rows.find((row) => row.owner === owner))
    const place = { tenant: 'rail', table: 'personal_document', column: 'body' }
    const rowOf = (row: typeof mine): string => `${row?.collection_id}/${row?.owner}/${row?.key}`
    expect(ground.sealer.open({ ...place, row: rowOf(mine) }, mine?.body ?? '')).toContain('of wang')
    expect(() => ground.sealer.open({ ...place, row: rowOf(theirs) }, mine?.body ?? '')).toThrow()
  })

  it('are inserted once, replaced, and removed', async () => {
    const insert = (words: string): Promise<boolean> =>
      shelf.write(diary, { act: 'insert', document: { id: 'a', words } })
    expect(await insert('first')).toBe(true)
    expect(await insert('second')).toBe(false)
    expect(await shelf.read(diary, { key: 'a' })).toEqual([{ id: 'a', words: 'first' }])
    await put('a', 'third')
    expect(await shelf.read(diary, { key: 'a' })).toEqual([{ id: 'a', words: 'third' }])
    expect(await shelf.write(diary, { act: 'remove', key: 'a' }, 'li')).toBe(true)
    expect(await shelf.read(diary, { key: 'a' })).toHaveLength(1)
    await shelf.write(diary, { act: 'remove', key: 'a' })
    expect(await shelf.read(diary, { key: 'a' })).toEqual([])
  })

  it('that do not fit their schema are refused by the names of the fields', async () => {
    const data = { plugin: 'diary', collection: 'pages', fields: ['words'] }
    await expect(shelf.write(diary, { act: 'put', document: { id: 'a', words: 7 } })).rejects.toMatchObject({
      code: 'collection.document_refused',
      data,
    })
    expect(await shelf.rows('personal_document')).toEqual([])
  })

  it('go with their owner, and only those', async () => {
    await put('a', 'x')
    await put('b', 'x')
    await put('a', 'x', 'li')
    const erased = await ground.store.write('erase', (tx) => eraseOwner(tx, shelf.scope, 'wang'))
    expect(erased).toBe(2)
    expect(await shelf.read(diary, { by: 'mine' })).toEqual([])
    expect(await shelf.read(diary, { by: 'mine' }, 'li')).toHaveLength(1)
  })
})
