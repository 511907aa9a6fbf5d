import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Plugin, Slots } from '@inthread/sdk/engine'
import { minutes } from '@inthread/sdk/time'
import { storeMigrations } from '@inthread/store'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { portsOf } from '../../test/ports.ts'
import { diaryOf, measure } from '../../test/sample-diary.ts'
import { Shelf } from '../../test/shelf.ts'
import type { Tenancy } from '../ports.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import { eraseCollection } from './documents.store.ts'
import { DocumentKeeper } from './keeper.ts'
import { sweepExpired, upgradeBatch } from './sweep.store.ts'

/** A page that its upgrade stumbles over. */
const stumble = (page: Slots): Slots => {
  if (page['id'] === 'bad') throw new Error('it holds something nobody thought of')
  return page['id'] === 'odd' ? page : measure(page)
}

describeOnEachDatabase('documents that grow old', (open) => {
  let ground: Ground
  let shelf: Shelf
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: [...storeMigrations, ...messagingMigrations] })
  })
  afterAll(() => ground.close())
  beforeEach(async () => {
    shelf = new Shelf(ground, { collection: 'pages' })
    const ref = { plugin: diaryOf(1), collection: 'pages' }
    await ground.store.write('erase', (tx) => eraseCollection(tx, shelf.scope, ref))
  })
  const put = (plugin: Plugin, ...ids: readonly string[]): Promise<unknown> =>
    Promise.all(ids.map((id) => shelf.write(plugin, { act: 'put', document: { id, words: `of ${id}` } })))
  const upgrade = (plugin: Plugin, limit = 100): ReturnType<typeof upgradeBatch> =>
    upgradeBatch(ground.store, shelf.scope, { ...shelf.place(plugin), limit })
  const idsOf = (pages: readonly Slots[]): unknown[] => pages.map(({ id }) => id)

  it.each(['public', 'personal'] as const)(
    'cannot be seen from the moment on when %s ones expire',
    async (dataClass) => {
      const diary = diaryOf(1, { dataClass, ttlMs: minutes(10) })
      await put(diary, 'a')
      ground.clock.advance(minutes(5))
      await put(diary, 'b')
      ground.clock.advance(minutes(5))
      expect(await shelf.read(diary, { key: 'a' })).toEqual([])
      expect(await shelf.read(diary, { key: 'b' })).toHaveLength(1)
      const listed = dataClass === 'personal' ? { by: 'mine' } : { by: 'words', limit: 1 }
      expect(idsOf(await shelf.read(diary, listed))).toEqual(['b'])
      expect(await shelf.write(diary, { act: 'insert', document: { id: 'a', words: 'anew' } })).toBe(true)
      expect(idsOf(await shelf.read(diary, { key: 'a' }))).toEqual(['a'])
    },
  )

  it('are erased once they have expired, with what their indexes said', async () => {
    const diary = diaryOf(1, { ttlMs: minutes(10) })
    await put(diary, 'a', 'b')
    await shelf.write(diaryOf(1, { dataClass: 'personal', ttlMs: minutes(10) }), {
      act: 'put',
      document: { id: 'p', words: '' },
    })
    ground.clock.advance(minutes(10))
    await put(diary, 'b', 'c')
    expect(await sweepExpired(ground.store, ground.clock.now(), 100)).toBe(2)
    expect((await shelf.rows('document')).map(({ key }) => key).toSorted()).toEqual(['b', 'c'])
    expect((await shelf.rows('document_index')).map(({ key }) => key).toSorted()).toEqual(['b', 'c'])
    expect(await shelf.rows('personal_document')).toEqual([])
    expect(await sweepExpired(ground.store, ground.clock.now(), 100)).toBe(0)
  })

  it.each(['public', 'personal'] as const)('are brought up when %s ones are read', async (dataClass) => {
    await put(diaryOf(1, { dataClass }), 'a')
    expect(await shelf.read(diaryOf(2, { dataClass }), { key: 'a' })).toEqual([
      { id: 'a', words: 'of a', mood: 'calm', size: 4 },
    ])
  })

  it('are left out, counted and reported when they cannot be brought up', async () => {
    const options = { dataClass: 'personal', upgrade: stumble } as const
    await put(diaryOf(1, options), 'a', 'bad', 'odd')
    expect(idsOf(await shelf.read(diaryOf(2, options), { by: 'mine' }))).toEqual(['a'])
    expect(shelf.log).toEqual([
      {
        name: 'document.left_out',
        facts: { tenant: 'rail', plugin: 'diary', collection: 'pages', reason: 'not_upgraded', documents: 2 },
      },
    ])
  })

  it('of a later version are left out by an earlier one', async () => {
    await shelf.write(diaryOf(2), { act: 'put', document: { id: 'a', words: '', mood: 'new', size: 0 } })
    expect(await shelf.read(diaryOf(1), { key: 'a' })).toEqual([])
    expect(shelf.log[0]?.facts).toMatchObject({ reason: 'too_new', documents: 1 })
    expect(await upgrade(diaryOf(1))).toEqual({ upgraded: 0, stuck: 0 })
  })

  it.each(['public', 'personal'] as const)(
    'are brought up in batches, %s ones too, and then stand there so',
    async (dataClass) => {
      await put(diaryOf(1, { dataClass }), 'a', 'b', 'c')
      const diary = diaryOf(2, { dataClass })
      expect(await upgrade(diary, 2)).toEqual({ upgraded: 2, stuck: 0 })
      expect(await upgrade(diary, 2)).toEqual({ upgraded: 1, stuck: 0 })
      expect(await upgrade(diary, 2)).toEqual({ upgraded: 0, stuck: 0 })
      const rows = await shelf.rows(dataClass === 'public' ? 'document' : 'personal_document')
      expect(rows.map(({ version }) => version)).toEqual([2, 2, 2])
      const listed = dataClass === 'personal' ? { by: 'mine' } : { by: 'mood', where: { mood: 'calm' } }
      expect(await shelf.read(diary, listed)).toHaveLength(3)
    },
  )

  it('are tried again by the next version of the plugin when they could not be brought up', async () => {
    await put(diaryOf(1), 'a', 'bad')
    const clumsy = diaryOf(2, { upgrade: stumble })
    expect(await upgrade(clumsy)).toEqual({ upgraded: 1, stuck: 1 })
    expect(await upgrade(clumsy)).toEqual({ upgraded: 0, stuck: 0 })
    expect(await upgrade(diaryOf(2, { pluginVersion: '2.0.1' }))).toEqual({ upgraded: 1, stuck: 0 })
    expect(await shelf.read(diaryOf(2), { key: 'bad' })).toHaveLength(1)
  })

  it('keep what was written while they were brought up', async () => {
    await put(diaryOf(1), 'a')
    const diary = diaryOf(2)
    const slowly = async (page: Slots): Promise<Slots> => {
      await shelf.write(diary, { act: 'put', document: { id: 'a', words: 'newer', mood: 'glad', size: 1 } })
      return measure(page)
    }
    await upgradeBatch(ground.store, shelf.scope, { ...shelf.place(diary), upgrade: slowly, limit: 10 })
    expect(await shelf.read(diary, { key: 'a' })).toMatchObject([{ words: 'newer' }])
    expect(await shelf.read(diary, { by: 'mood', where: { mood: 'glad' } })).toHaveLength(1)
    expect(await shelf.read(diary, { by: 'mood', where: { mood: 'calm' } })).toEqual([])
  })

  it('are kept in order by several processes at once', async () => {
    const names = Array.from({ length: 250 }, (_, index) => `p${index}`)
    await put(diaryOf(1), ...names)
    const installations = [{ plugin: diaryOf(2), config: {} }]
    const bots = new Map([['b', { id: 'b', name: 'b', installations, menu: [] }]])
    const tenancy = { scope: shelf.scope, bots } as Pick<Tenancy, 'scope' | 'bots'> as Tenancy
    const tenancies = { find: () => tenancy, tenants: () => [tenancy] }
    const second = await ground.another('two')
    const keepers = [ground, second].map((each) => new DocumentKeeper(portsOf(each, { tenancies })))
    for (let round = 0; round < 3; round += 1) await Promise.all(keepers.map((keeper) => keeper.upgrade()))
    await second.close()
    expect(await shelf.read(diaryOf(2), { by: 'mood', where: { mood: 'calm' } })).toHaveLength(50)
    expect((await shelf.rows('document')).filter(({ version }) => version !== 2)).toEqual([])
  })
})
