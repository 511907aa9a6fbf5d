import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appendAudit, linkAuditTail, openScope, storeMigrations, verifyNext, verifyStart } from '@inthread/store'
import { createMysqlDatabase } from '../kit/databases.ts'
import { openGround, type Ground } from '../kit/ground.ts'

export interface AuditBenchOptions {
  readonly records: number
  /** A server on which a database may be made; without it only SQLite is measured. */
  readonly mysqlUrl: string | undefined
  readonly write: (text: string) => void
}

const scope = openScope('bench')
const appendAtOnce = 500

/** How long it takes to link so many records to a chain, and to look at all of them again. */
export async function runAuditBench({ records, mysqlUrl, write }: AuditBenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'inthread-audit-bench-'))
  try {
    await measure(join(folder, 'audit.db'), records, (text) => write(`SQLite   ${text}`))
  } finally {
    rmSync(folder, { recursive: true })
  }
  if (mysqlUrl === undefined) return
  const database = await createMysqlDatabase(mysqlUrl)
  try {
    await measure(database.url, records, (text) => write(`MariaDB  ${text}`))
  } finally {
    await database.drop()
  }
}

async function measure(url: string, records: number, write: (text: string) => void): Promise<void> {
  const ground = await openGround({ url }, { migrations: storeMigrations })
  try {
    await append(ground, records)
    const linked = await time(async () => {
      while ((await linkAuditTail(ground.store)) > 0);
    })
    write(`${records} records linked in ${seconds(linked)}, ${perSecond(records, linked)}\n`)
    let [findings, longest] = [0, 0]
    const heapBefore = process.memoryUsage().heapUsed
    let heap = heapBefore
    const verified = await time(async () => {
      for (let place: Parameters<typeof verifyNext>[2] | undefined = verifyStart; place;) {
        const from = place
        const startedMs = performance.now()
        const step = await verifyNext(ground.store, scope, from)
        longest = Math.max(longest, performance.now() - startedMs)
        heap = Math.max(heap, process.memoryUsage().heapUsed)
        findings += step.findings.length
        place = step.next
      }
    })
    const memory = `heap grew by at most ${Math.round((heap - heapBefore) / 1024 / 1024)} MB`
    write(`${records} records verified in ${seconds(verified)}, ${perSecond(records, verified)}; `)
    write(`${findings} findings; longest part ${Math.round(longest)} ms; ${memory}\n`)
  } finally {
    await ground.close()
  }
}

async function append(ground: Ground, records: number): Promise<void> {
  const actor = { kind: 'user', id: ground.ids.next() } as const
  for (let done = 0; done < records; done += appendAtOnce) {
    const batch = Array.from({ length: Math.min(appendAtOnce, records - done) }, () => ({
      ...{ scope, actor, action: 'order.consented', object: { kind: 'order', id: ground.ids.next() } },
      data: { bank: 'main', capability: 'payment', version: 1 },
    }))
    await ground.store.write('bench.append', (tx) => appendAudit(tx, batch, { ids: ground.ids, now: done }))
  }
}

async function time(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

const seconds = (durationMs: number): string => `${(durationMs / 1000).toFixed(1)} s`
const perSecond = (count: number, durationMs: number): string => `${Math.round(count / (durationMs / 1000))} a second`
