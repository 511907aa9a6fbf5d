import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql, sqlOf } from '@inthread/store/sql'
import { createMysqlDatabase } from '../../../../test/kit/databases.ts'
import { openDraw } from '../../../../test/kit/chance/draw.ts'
import { describeWithAll, describeWithMysql } from '../../../../test/kit/requirements.ts'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { findMysqlBinary, startMysqlServer, type MysqlServer } from '../../../../test/kit/server/mysql-server.ts'
import { BankTest } from '../../test/bank-test.ts'
import { Books } from '../../test/books.ts'

interface Load {
  readonly kills: number
  readonly everyMs: number
  readonly workers: number
}

interface Report {
  /** From the moment in which the server answers again to the first call that is answered. */
  readonly recoveredMs: readonly number[]
  /** How long the server itself took to come back: what is soon on this machine. */
  readonly upMs: readonly number[]
  /** Calls that were waiting for an answer each time the server was killed. */
  readonly underWay: readonly number[]
  /** How long thirty-two reads at once took at the end: a stuck connection would show. */
  readonly endMs: number
}

interface Run {
  readonly server: MysqlServer
  readonly test: BankTest
  readonly draw: () => number
}

async function runUnderKills({ server, test, draw }: Run, load: Load): Promise<Report> {
  let over = false
  const isOver = (): boolean => over
  const busy = [
    ...Array.from({ length: load.workers }, () => test.work(isOver)),
    ...Array.from({ length: 2 }, () => test.watch(isOver)),
  ]
  const recoveredMs: number[] = []
  const upMs: number[] = []
  const underWay: number[] = []
  for (let count = 0; count < load.kills; count += 1) {
    await pause(load.everyMs * (0.5 + draw()))
    underWay.push(test.waiting)
    const killedAt = performance.now()
    await server.kill()
    const upAt = performance.now()
    upMs.push(upAt - killedAt)
    while (test.answeredAt < upAt) await pause(5)
    recoveredMs.push(test.answeredAt - upAt)
  }
  await pause(load.everyMs / 2)
  over = true
  await Promise.all(busy)
  const asked = performance.now()
  await Promise.all(Array.from({ length: 32 }, () => test.check()))
  return { recoveredMs, upMs, underWay, endMs: performance.now() - asked }
}

function judgeUnder(load: Load): void {
  const binary = findMysqlBinary()
  // Without a MariaDB to start there is nobody to kill: a server that somebody else runs is left alone.
  const judged = it.skipIf(binary === undefined)
  let server: MysqlServer
  let books: Books
  let test: BankTest
  let report: Report

  beforeAll(async () => {
    if (binary === undefined) return
    server = await startMysqlServer(binary, { durable: true })
    books = await Books.open(() => createMysqlDatabase(server.url))
    const draw = openDraw(getTestSeed())
    test = new BankTest(books, draw)
    await test.open()
    report = await runUnderKills({ server, test, draw }, load)
  }, 300_000)
  afterAll(async () => {
    await books?.ground.close()
    await server?.stop()
  })

  judged('no reader ever saw a wrong total, or more given back than was paid', () => {
    expect(test.wrong).toEqual([])
    expect(test.reads).toBeGreaterThan(20)
  })

  judged('what was acknowledged is there, as it was acknowledged', async () => {
    expect(test.acknowledged.size).toBeGreaterThan(10)
    expect(test.settled.size).toBeGreaterThan(5)
    expect(await test.listLost()).toEqual([])
    expect(await test.check()).toEqual([])
  })

  judged('the house works again soon after the server, and no connection is stuck', () => {
    expect(report.recoveredMs).toHaveLength(load.kills)
    // A connection that is stuck waits for the time-outs of the network, which are minutes.
    const soonMs = Math.max(2000, 4 * Math.max(...report.upMs))
    for (const ms of report.recoveredMs) expect(ms).toBeLessThan(soonMs)
    for (const calls of report.underWay) expect(calls).toBeGreaterThan(0)
    expect(report.endMs).toBeLessThan(soonMs)
  })

  judged('a book that was tampered with would be found', async () => {
    await books.ground.store.write('tamper', (tx) =>
      sql`update bank_order set refunded_minor = refunded_minor + 1`.execute(sqlOf(tx)).then(() => undefined),
    )
    expect((await test.check()).map(({ kind }) => kind)).toContain('wrong total')
  })
}

describeWithMysql('the book of a server that is killed under load', () => {
  judgeUnder({ kills: 2, everyMs: 700, workers: 8 })
})

describeWithAll('the book of a server that is killed for a minute', () => {
  judgeUnder({ kills: 16, everyMs: 3000, workers: 16 })
})
