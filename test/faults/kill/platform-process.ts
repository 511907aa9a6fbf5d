import { appendFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { House, PortWrapper } from '@inthread/runtime'
import { PointCounter } from './point-counter.ts'
import type { Answer, Order } from './platform-messages.ts'

enableCompileCache(join(tmpdir(), 'inthread-compile-cache'))
// Only after the cache is on: everything that takes long to load is behind these two.
const { readSettings, startHouse } = await import('@inthread/runtime')
const { wrapPorts } = await import('./wrap-ports.ts')
const { wrapCarelessly } = await import('./wrap-carelessly.ts')
const { tillPlugins } = await import('../../kit/till/till.ts')

/**
 * The platform as a process of its own, which can be told to die at a point. It opens and closes as often as it is
 * told.
 */
const counter = new PointCounter(() => process.kill(process.pid, 'SIGKILL'))
let house: House | undefined

async function obey(order: Order): Promise<readonly string[]> {
  switch (order.kind) {
    case 'open':
      counter.arm(order.fatal)
      house = await open(order)
      return []
    case 'arm':
      counter.arm(order.fatal)
      return []
    case 'list':
      return counter.list()
    case 'close':
      counter.arm(undefined)
      await house?.stop()
      house = undefined
      return []
  }
}

function open(order: Extract<Order, { kind: 'open' }>): Promise<House> {
  const settings = readSettings(order.environment, false)
  const points = wrapPorts((point) => counter.reach(point))
  const { careless } = order
  const wrapper: PortWrapper =
    careless === undefined
      ? points
      : { ...points, bank: (connection) => points.bank(wrapCarelessly(connection, settings, careless)) }
  const writeLog = (line: string): void => appendFileSync(order.logFile, line)
  return startHouse(settings, { wrapper, writeLog, httpDeadlineMs: order.httpDeadlineMs, plugins: tillPlugins })
}

function answer(message: Answer): void {
  process.send?.(message)
}

let work: Promise<void> = Promise.resolve()
process.on('message', (order: Order) => {
  work = work.then(async () => {
    try {
      answer({ kind: 'done', points: await obey(order) })
    } catch (error) {
      answer({ kind: 'failed', problem: error instanceof Error ? (error.stack ?? error.message) : 'no reason given' })
    }
  })
})
process.on('disconnect', () => process.exit(0))
answer({ kind: 'ready' })
