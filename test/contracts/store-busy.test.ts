import { describe, expect, it } from 'vitest'
import { DatabaseSync } from 'node:sqlite'
import { column, openStore } from '@inthread/store'
import { insertAll } from '@inthread/store/sql'
import { createSqliteDatabase } from '../kit/databases.ts'
import { openGround, pause } from '../kit/ground.ts'

const { id, table } = column
const migrations = [{ id: 'sample.001', tables: [table('thing', { id: id() }, { primary: ['id'] })] }]

describe('a SQLite file that another process keeps locked', () => {
  it('is waited for without stopping this process, and given up on after a while', async () => {
    const database = await createSqliteDatabase()
    const ground = await openGround(database, { migrations })
    const locking = new DatabaseSync(database.url)
    locking.exec('BEGIN IMMEDIATE')
    const pauses: number[] = []
    const impatient = await openStore({
      url: database.url,
      pause: (durationMs) => {
        pauses.push(durationMs)
        return Promise.resolve()
      },
    })
    const put = impatient.write('thing.put', (tx) => insertAll(tx, 'thing', [{ id: 'a' }]))
    await expect(put).rejects.toMatchObject({ code: 'store.busy', retryable: true })
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 400, 400, 400])

    const patient = ground.store.write('thing.put', (tx) => insertAll(tx, 'thing', [{ id: 'b' }]))
    await pause(30)
    locking.exec('ROLLBACK')
    await patient
    locking.close()
    await impatient.close()
    await ground.close()
    await database.drop()
  })
})
