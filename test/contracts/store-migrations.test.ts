import { afterEach, expect, it } from 'vitest'
import { column, listPendingMigrations, openStore, runMigrations, type Migration, type Store } from '@inthread/store'
import { insertAll, sql, sqlOf } from '@inthread/store/sql'
import { pause } from '../kit/ground.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'

const { count, id, nullable, ref, table } = column
const tableOf = (name: string) => table(name, { id: id(), n: count() }, { primary: ['id'], index: { n: ['n'] } })
const first: Migration = { id: 'room.001', tables: [tableOf('alpha'), tableOf('beta'), tableOf('gamma')] }
const second: Migration = { id: 'room.002', tables: [tableOf('delta')] }
const idsOf = (migrations: readonly Migration[]): string[] => migrations.map((migration) => migration.id)

describeOnEachDatabase('migrations', (openDatabase) => {
  const opened: Store[] = []
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
  })
  const open = async (url: string, failAt?: string): Promise<Store> => {
    const observe = ({ sql: statement, phase }: { readonly sql?: string; readonly phase: string }): void => {
      if (failAt !== undefined && phase === 'before' && statement?.includes(failAt)) throw new Error('interrupted')
    }
    const store = await openStore({ url, pause, observer: { observe } })
    opened.push(store)
    return store
  }
  const openFresh = async (): Promise<Store> => open((await openDatabase()).url)
  const countRows = async (store: Store, name: string): Promise<unknown> => {
    const query = sql`select count(*) as n from ${sql.table(name)}`
    return (await store.read('count', (reader) => query.execute(sqlOf(reader)))).rows[0]
  }

  it('are pending before they are run, and nothing is made by asking', async () => {
    const store = await openFresh()
    expect(idsOf(await listPendingMigrations(store, [first, second]))).toEqual(['room.001', 'room.002'])
    await expect(countRows(store, 'migration')).rejects.toMatchObject({ code: 'store.statement_refused' })
  })

  it('are run once, in their order, and new ones later', async () => {
    const store = await openFresh()
    expect(await runMigrations(store, [first])).toEqual(['room.001'])
    await store.write('put', (tx) => insertAll(tx, 'alpha', [{ id: 'a', n: 1 }]))
    expect(await runMigrations(store, [first])).toEqual([])
    expect(idsOf(await listPendingMigrations(store, [first, second]))).toEqual(['room.002'])
    expect(await runMigrations(store, [first, second])).toEqual(['room.002'])
    expect(await listPendingMigrations(store, [first, second])).toEqual([])
    expect(await countRows(store, 'alpha')).toEqual({ n: 1 })
  })

  it.each(['alpha', 'beta', 'gamma', 'insert into'])(
    'that are cut short at %s are finished by the next run',
    async (at) => {
      const { url } = await openDatabase()
      await runMigrations(await open(url), [second])
      const broken = await open(url, at)
      await expect(runMigrations(broken, [first])).rejects.toThrow('interrupted')
      const store = await open(url)
      expect(idsOf(await listPendingMigrations(store, [first]))).toEqual(['room.001'])
      expect(await runMigrations(store, [first])).toEqual(['room.001'])
      for (const made of ['alpha', 'beta', 'gamma']) expect(await countRows(store, made)).toEqual({ n: 0 })
    },
  )

  it('that changed after they were applied are a fault, before anything is done', async () => {
    const store = await openFresh()
    await runMigrations(store, [first])
    const changed = { id: 'room.001', tables: [table('alpha', { id: id(), n: nullable(ref()) }, { primary: ['id'] })] }
    const fault = { code: 'store.migration_changed', data: { migration: 'room.001' } }
    await expect(listPendingMigrations(store, [changed])).rejects.toMatchObject(fault)
    await expect(runMigrations(store, [second, changed])).rejects.toMatchObject(fault)
    await expect(countRows(store, 'delta')).rejects.toMatchObject({ code: 'store.statement_refused' })
  })

  it('may be run by two processes at once', async () => {
    const { url } = await openDatabase()
    const stores = [await open(url), await open(url)]
    await Promise.all(stores.map((store) => runMigrations(store, [first, second])))
    for (const store of stores) {
      expect(await listPendingMigrations(store, [first, second])).toEqual([])
      expect(await countRows(store, 'migration')).toEqual({ n: 2 })
    }
  })
})
