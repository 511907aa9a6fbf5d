import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScope, type TenantScope } from '@inthread/store'
import { openGround, type Ground } from '../../../../test/kit/ground.ts'
import { describeOnEachDatabase } from '../../../../test/kit/requirements.ts'
import { goods, trainOf, type Train } from '../../test/sample-goods.ts'
import { messagingMigrations } from '../schema/migrations.ts'
import type { ReadCommand } from '@inthread/sdk/engine'
import type { Documents } from './documents.ts'
import { commitCollection, readDocuments } from './documents.store.ts'

const rail = openScope('rail')
const school = openScope('school')

describeOnEachDatabase('documents', (open) => {
  let ground: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations: messagingMigrations })
  })
  afterAll(() => ground.close())
  const put = (scope: TenantScope, documents: readonly object[], collection = 'trains'): Promise<void> =>
    ground.store.write('document.put', (tx) =>
      commitCollection(tx, scope, {
        plugin: goods,
        collection,
        documents: documents.map((each) => ({ ...each })),
        now: ground.clock.now(),
        ids: ground.ids,
      }),
    )
  const placeOf = (collection: string): Documents => ({
    plugin: goods,
    collection,
    owner: 'somebody',
    now: ground.clock.now(),
    ports: { ...ground, log: { event: () => undefined } },
  })
  const read = async (scope: TenantScope, command: object): Promise<unknown[]> => {
    const whole = { kind: 'read', visit: 1, from: 'trains', ...command } as ReadCommand
    const query = { ...placeOf('trains'), command: whole }
    const found = await ground.store.read('document.read', (reader) => readDocuments(reader, scope, query))
    return found.map((document) => document['id'])
  }
  const find = (where: Partial<Train>, limit = 50): Promise<unknown[]> => read(rail, { by: 'route', where, limit })

  it('are found by key and by the first fields of an index, ordered by the rest', async () => {
    await put(rail, [
      trainOf('slow', { minutes: 1000 }),
      trainOf('fast', { minutes: 90 }),
      trainOf('other', { to: 'xian' }),
      trainOf('same', { minutes: 90 }),
      trainOf('else', { from: 'xian' }),
    ])
    expect(await read(rail, { by: 'key', key: 'fast' })).toEqual(['fast'])
    expect(await read(rail, { by: 'key', key: 'Fast' })).toEqual([])
    expect(await find({ from: 'chengdu', to: 'beijing' })).toEqual(['fast', 'same', 'slow'])
    expect(await find({ from: 'chengdu' })).toEqual(['fast', 'same', 'slow', 'other'])
    expect(await find({ from: 'chengdu', to: 'beijing', minutes: 90 })).toEqual(['fast', 'same'])
    expect(await find({ from: 'cheng' })).toEqual([])
    expect(await find({}, 2)).toEqual(['fast', 'same'])
  })

  it('are all found without a condition, whatever they begin with', async () => {
    const names = ['', 'a', 'Z', '价', '𠮷野', '😀', '\uffff']
    await put(
      rail,
      names.map((from, index) => trainOf(`t${index}`, { from })),
    )
    expect(await find({})).toHaveLength(names.length)
    expect(await find({ from: '𠮷野' })).toEqual(['t4'])
  })

  it('come back as they were put, with amounts in them', async () => {
    const note = { id: 'n', words: 'x'.repeat(5000), fare: 55350n, deep: { list: [1, null, '😀'] } }
    await put(rail, [note], 'notes')
    const query = {
      ...placeOf('notes'),
      command: { kind: 'read', visit: 1, from: 'notes', by: 'key', key: 'n' },
    } as const
    expect(await ground.store.read('document.read', (reader) => readDocuments(reader, rail, query))).toEqual([note])
  })

  it('are replaced as a whole, and only those of their tenant and collection', async () => {
    await put(school, [trainOf('theirs')])
    await put(rail, [trainOf('old'), trainOf('kept')])
    await put(rail, [trainOf('kept', { minutes: 1 }), trainOf('new')])
    expect(await find({ from: 'chengdu' })).toEqual(['kept', 'new'])
    expect(await read(rail, { by: 'key', key: 'old' })).toEqual([])
    await put(rail, [])
    expect(await find({})).toEqual([])
    expect(await read(school, { by: 'route', where: {}, limit: 5 })).toEqual(['theirs'])
  })

  it('of a collection that the plugin does not have are a fault', async () => {
    for (const collection of ['chairs', 'constructor']) {
      const fault = { code: 'collection.unknown', data: { plugin: 'goods', collection } }
      await expect(put(rail, [], collection)).rejects.toMatchObject(fault)
    }
  })

  it('with a key that is too long are a fault, on every database', async () => {
    await put(rail, [trainOf('k'.repeat(190))])
    expect(await find({})).toHaveLength(1)
    const fault = { code: 'collection.key_too_long', data: { fields: ['id'] } }
    await expect(put(rail, [trainOf('k'.repeat(191))])).rejects.toMatchObject(fault)
    expect(await find({})).toHaveLength(1)
  })
})
