import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  column,
  openStore,
  type Migration,
  type Reader,
  type Store,
  type StoreEvent,
  type Transaction,
} from '@inthread/store'
import { forUpdate, insertAll, plus, sqlOf } from '@inthread/store/sql'
import { openGround, pause, type Ground } from '../kit/ground.ts'
import { findFreePorts } from '../kit/ports.ts'
import { describeOnEachDatabase } from '../kit/requirements.ts'

const { count, id, table } = column

interface Tables {
  account: { id: string; n: number }
}

const migrations: readonly Migration[] = [
  { id: 'sample.001', tables: [table('account', { id: id(), n: count() }, { primary: ['id'] })] },
]

const listAll = (reader: Reader): Promise<Tables['account'][]> =>
  sqlOf<Tables>(reader).selectFrom('account').selectAll().orderBy('id').execute()
const readAll = (store: Store): Promise<Tables['account'][]> => store.read('account.all', listAll)
const addOne = (tx: Transaction, key: string): Promise<unknown> =>
  sqlOf<Tables>(tx)
    .updateTable('account')
    .set({ n: plus(tx, 'n', 1) })
    .where('id', '=', key)
    .execute()

describeOnEachDatabase('a transaction', (open) => {
  const events: StoreEvent[] = []
  let ground: Ground
  let other: Ground
  beforeAll(async () => {
    ground = await openGround(await open(), { migrations, observer: { observe: (event) => void events.push(event) } })
    other = await ground.another('two')
  })
  afterAll(async () => {
    await other.close()
    await ground.close()
  })
  const reset = (...rows: readonly Tables['account'][]): Promise<void> =>
    ground.store.write('account.reset', async (tx) => {
      await sqlOf<Tables>(tx).deleteFrom('account').execute()
      await insertAll(tx, 'account', rows)
    })

  it('is there as a whole when it is through, and not before', async () => {
    await reset()
    const seen = await ground.store.write('account.put', async (tx) => {
      await insertAll(tx, 'account', [{ id: 'a', n: 1 }])
      return { inside: await listAll(tx), outside: await readAll(other.store), beside: await readAll(ground.store) }
    })
    expect(seen).toEqual({ inside: [{ id: 'a', n: 1 }], outside: [], beside: [] })
    expect(await readAll(other.store)).toEqual([{ id: 'a', n: 1 }])
  })

  it('leaves nothing when its work fails, and passes the failure on', async () => {
    await reset()
    const failure = new Error('of the work')
    const failed = ground.store.write('account.fail', async (tx) => {
      await insertAll(tx, 'account', [{ id: 'a', n: 1 }])
      throw failure
    })
    await expect(failed).rejects.toBe(failure)
    expect(await readAll(ground.store)).toEqual([])
  })

  it('shows every call to its observer, before and after, under its label', async () => {
    await reset()
    events.splice(0)
    await ground.store.write('account.put', (tx) => insertAll(tx, 'account', [{ id: 'a', n: 1 }]))
    await ground.store.write('account.fail', () => Promise.reject(new Error('x'))).catch(() => undefined)
    expect(events.map(({ label, call, phase }) => `${label} ${call} ${phase}`)).toEqual([
      'account.put begin before',
      'account.put begin after',
      'account.put statement before',
      'account.put statement after',
      'account.put commit before',
      'account.put commit after',
      'account.fail begin before',
      'account.fail begin after',
      'account.fail rollback before',
      'account.fail rollback after',
    ])
    expect(events.filter(({ call }) => call === 'statement').map(({ sql }) => sql?.slice(0, 11))).toEqual([
      'insert into',
      'insert into',
    ])
  })

  it('runs again after a deadlock, or waits for whoever writes, until both are through', async () => {
    await reset({ id: 'a', n: 0 }, { id: 'b', n: 0 })
    let runs = 0
    const met = Promise.withResolvers<void>()
    const move = (store: Store, first: string, second: string): Promise<void> =>
      store.write('account.move', async (tx) => {
        await addOne(tx, first)
        runs += 1
        // Each of them has its first row before either wants its second. SQLite lets only one of them begin.
        if (runs >= 2) met.resolve()
        if (tx.flavour !== 'sqlite') await met.promise
        await addOne(tx, second)
      })
    await Promise.all([move(ground.store, 'a', 'b'), move(other.store, 'b', 'a')])
    expect(await readAll(ground.store)).toEqual([
      { id: 'a', n: 2 },
      { id: 'b', n: 2 },
    ])
    if (ground.store.flavour !== 'sqlite') expect(runs).toBe(3)
  })

  it('does not lose what two of them add at once', async () => {
    await reset({ id: 'a', n: 0 })
    const readAndWrite = (store: Store): Promise<void> =>
      store.write('account.add', async (tx) => {
        const db = sqlOf<Tables>(tx)
        const row = await db
          .selectFrom('account')
          .select('n')
          .where('id', '=', 'a')
          .modifyEnd(forUpdate(tx))
          .executeTakeFirstOrThrow()
        await db
          .updateTable('account')
          .set({ n: row.n + 1 })
          .where('id', '=', 'a')
          .execute()
      })
    await Promise.all(Array.from({ length: 40 }, (_, index) => readAndWrite((index % 2 === 0 ? ground : other).store)))
    expect(await readAll(ground.store)).toEqual([{ id: 'a', n: 40 }])
  })

  it('takes no statements any more once it is over', async () => {
    const handles: Reader[] = []
    await ground.store.write('account.keep', async (tx) => void handles.push(tx))
    await ground.store.read('account.keep', async (reader) => void handles.push(reader))
    for (const handle of handles) {
      await expect((async () => listAll(handle))()).rejects.toMatchObject({ code: 'store.handle_closed' })
    }
  })
})

describe('a store', () => {
  it('that cannot be reached says so, whatever the driver calls it', async () => {
    const [port = 0] = await findFreePorts(1)
    const opening = openStore({ url: `mysql://root@127.0.0.1:${port}/nothing`, pause })
    await expect(opening).rejects.toMatchObject({ code: 'store.unreachable', retryable: true })
  })
})
