import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { column, openStore, type Reader, type Store } from '@inthread/store'
import { insertAll, insertNew, sqlOf } from '@inthread/store/sql'
import { openCommitCutter, type CommitCutter, type Cut } from '../kit/commit-cutter.ts'
import { createMysqlDatabase, type TestDatabase } from '../kit/databases.ts'
import { openGround, pause, type Ground } from '../kit/ground.ts'
import { describeWithMysql } from '../kit/requirements.ts'

const { count, id, table } = column
const migrations = [{ id: 'sample.001', tables: [table('thing', { id: id(), n: count() }, { primary: ['id'] })] }]

interface Tables {
  thing: { id: string; n: number }
}

const isThere =
  (key: string) =>
  async (reader: Reader): Promise<boolean> =>
    (await sqlOf<Tables>(reader).selectFrom('thing').select('id').where('id', '=', key).execute()).length > 0

describeWithMysql('a connection that is lost during COMMIT', (server) => {
  let database: TestDatabase
  let ground: Ground
  let wire: CommitCutter
  let store: Store
  beforeAll(async () => {
    database = await createMysqlDatabase(server.url)
    ground = await openGround(database, { migrations })
    wire = await openCommitCutter(database.url)
    store = await openStore({ url: wire.url, pause })
  })
  afterAll(async () => {
    await store.close()
    await wire.close()
    await ground.close()
    await database.drop()
  })
  beforeEach(() => ground.store.write('thing.clear', (tx) => sqlOf<Tables>(tx).deleteFrom('thing').execute()))

  /** Runs a transaction whose COMMIT is cut, and tells how often its work was done and what is there afterwards. */
  async function writeCut(
    cut: Cut,
    settled: boolean,
  ): Promise<{ readonly answer: unknown; readonly runs: number; readonly there: unknown }> {
    let runs = 0
    const before = wire.cuts
    wire.cutNext(cut)
    const answer = await store
      .write(
        'thing.put',
        async (tx) => {
          runs += 1
          const row = { id: 'a', n: runs }
          await (settled ? insertAll(tx, 'thing', [row]) : insertNew(tx, 'thing', { rows: [row], key: 'id' }))
          return `run ${runs}`
        },
        settled ? isThere('a') : undefined,
      )
      .catch((error: unknown) => error)
    expect(wire.cuts).toBe(before + 1)
    const there = await ground.store.read('thing.all', (reader) =>
      sqlOf<Tables>(reader).selectFrom('thing').selectAll().execute(),
    )
    return { answer, runs, there }
  }

  it('after the server has it: found by its unique id, answered, and not done again', async () => {
    expect(await writeCut('after', true)).toEqual({ answer: 'run 1', runs: 1, there: [{ id: 'a', n: 1 }] })
  })

  it('before the server has it: found missing, and done again', async () => {
    expect(await writeCut('before', true)).toEqual({ answer: 'run 2', runs: 2, there: [{ id: 'a', n: 2 }] })
  })

  it('is repeated where nobody can tell, which is harmless there by agreement', async () => {
    expect(await writeCut('after', false)).toEqual({ answer: 'run 2', runs: 2, there: [{ id: 'a', n: 1 }] })
    expect(await writeCut('after', false)).toMatchObject({ there: [{ id: 'a', n: 1 }] })
  })

  it('is settled when the database is back, however late', async () => {
    wire.stayDown()
    const writing = writeCut('after', true)
    await pause(120)
    wire.mend()
    expect(await writing).toEqual({ answer: 'run 1', runs: 1, there: [{ id: 'a', n: 1 }] })
  })

  it('stays unknown while the database stays away: neither taken for done nor done again', async () => {
    const hasty = await openStore({ url: wire.url, pause: () => Promise.resolve() })
    let runs = 0
    wire.stayDown()
    wire.cutNext('after')
    const put = hasty.write(
      'thing.put',
      (tx) => {
        runs += 1
        return insertAll(tx, 'thing', [{ id: 'a', n: 1 }])
      },
      isThere('a'),
    )
    await expect(put).rejects.toMatchObject({ code: 'store.unreachable', retryable: true })
    wire.mend()
    expect(runs).toBe(1)
    expect(await hasty.read('thing.there', isThere('a'))).toBe(true)
    await hasty.close()
  })
})
