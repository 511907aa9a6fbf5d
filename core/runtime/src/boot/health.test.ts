import { afterEach, describe, expect, it } from 'vitest'
import { openStore, runMigrations, type Store } from '@inthread/store'
import { createSqliteDatabase, type TestDatabase } from '../../../../test/kit/databases.ts'
import { pause } from '../../../../test/kit/ground.ts'
import { createHealthReader, type Readiness } from './health.ts'
import { migrations } from './migrations.ts'
import { ConnectionWatch } from '../works/connection-watch.ts'
import { WorkRegister } from '../works/work-register.ts'

interface Given {
  readonly draining?: boolean
  readonly amiss?: boolean
  readonly bank?: string
}

describe('readiness', () => {
  const opened: { store: Store; database: TestDatabase }[] = []
  afterEach(async () => {
    for (const { store, database } of opened.splice(0)) {
      await store.close()
      await database.drop()
    }
  })
  const open = async (): Promise<Store> => {
    const database = await createSqliteDatabase()
    const store = await openStore({ url: database.url, pause })
    opened.push({ store, database })
    return store
  }
  const build = (store: Store, { draining = false, amiss = false, bank }: Given = {}): Readiness => {
    return createHealthReader({
      store,
      isDraining: () => draining,
      clock: { now: () => 0 },
      ...{ register: new WorkRegister(() => 0), connections: new ConnectionWatch(() => 0) },
      registry: {
        problems: () => new Map(amiss ? [['rail', 'tenant.secret_missing'] as const] : []),
        tenants: () => [],
      },
      sandbox: { http: { send: () => Promise.reject(new Error('nobody')) }, bank, operator: undefined },
    })
  }

  it('wants the migrations', async () => {
    const store = await open()
    expect((await build(store).judge()).missing).toMatchObject([{ part: 'database', detail: /^not migrated/ }])
    await runMigrations(store, migrations)
    expect(await build(store).judge()).toEqual({ missing: [], impaired: [] })
  })

  it('ends when the process is told to stop', async () => {
    const store = await open()
    await runMigrations(store, migrations)
    const { missing } = await build(store, { draining: true }).judge()
    expect(missing).toMatchObject([{ part: 'process', ok: false }])
  })

  it('is not taken from all tenants by what is amiss with one, but is in a sandbox', async () => {
    const store = await open()
    await runMigrations(store, migrations)
    const which = [{ tenant: 'rail', code: 'tenant.secret_missing' }]
    const amiss = {
      part: 'tenants',
      ok: false,
      detail: '1 not in force',
      said: expect.objectContaining({ facts: { n: 1 } }),
      amiss: which,
    }
    expect(await build(store, { amiss: true }).judge()).toEqual({ missing: [], impaired: [amiss] })
    const sandbox = await build(store, { amiss: true, bank: 'http://127.0.0.1:1' }).judge()
    expect(sandbox.missing).toEqual([amiss, expect.objectContaining({ part: 'sandbox bank' })])
  })

  it('ends with the database', async () => {
    const database = await createSqliteDatabase()
    const store = await openStore({ url: database.url, pause })
    await runMigrations(store, migrations)
    await store.close()
    await database.drop()
    expect((await build(store).judge()).missing).toMatchObject([{ part: 'database', ok: false }])
  })
})
