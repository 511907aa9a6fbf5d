import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createAdminClient } from '@inthread/client'
import { readSettings, startHouse, type House } from '@inthread/runtime'
import { buildCrowdDefinition, crowdEnvironment } from '../kit/crowd/crowd.ts'
import { findFreePorts } from '../kit/ports.ts'
import { buildTalk } from '../kit/crowd/build-talk.ts'
import { buildPush } from './pushes.ts'
import { openSink, type Sink } from './sink.ts'

export interface RegistryBenchOptions {
  readonly tenants: number
  readonly write: (text: string) => void
}

const names = ['alpha', 'beta', 'gamma', 'delta', 'epsilon']
const plugins = names.map((id) => buildTalk({ id, version: '1.0.0', revision: 1 }))
const tenantOf = (index: number): string => `shop-${index}`
const samples = 200

/** Many tenants with five plugins each: what a process takes for them, and how long the first turn of one takes. */
export async function runRegistryBench({ tenants, write }: RegistryBenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'inthread-registry-'))
  const sink = await openSink()
  try {
    const start = async (tenantsHeld: number): Promise<House> => {
      // Another port each time: whoever kept a connection to the one before would be disappointed.
      const [port = 0] = await findFreePorts(1)
      const settings = readSettings(
        { INTHREAD_PORT: String(port), INTHREAD_HOME: folder, INTHREAD_LOG: 'silent' },
        false,
      )
      return startHouse(settings, { plugins, environment: crowdEnvironment, tenantsHeld })
    }
    await enter(await start(1), tenants, { sink, write })
    const base = measureHeap()
    const startedMs = performance.now()
    const house = await start(tenants)
    write(`start with ${tenants} tenants: ${Math.round(performance.now() - startedMs)} ms\n`)
    const idle = measureHeap()
    write(`heap with none of them built: ${megabytes(idle)} MB, ${megabytes(idle - base)} more than without\n`)
    const first = await measureTurns(house, { sink, from: 0 })
    const again = await measureTurns(house, { sink, from: 0 })
    write(`first turn of a tenant: ${describe(first)}; the next one: ${describe(again)}\n`)
    const before = measureHeap()
    const visited = Math.min(tenants - samples, 2000)
    await visit(house, { from: samples, count: visited })
    write(`a built tenant takes ${Math.round((measureHeap() - before) / visited / 1024)} kB of heap\n`)
    await house.stop()
    const small = await start(samples)
    await visit(small, { from: 0, count: samples })
    const full = measureHeap()
    await visit(small, { from: samples, count: visited })
    const growth = megabytes(measureHeap() - full)
    write(`${visited} tenants visited by a process that keeps ${samples}: its heap grows by ${growth} MB\n`)
    await small.stop()
  } finally {
    await sink.close()
    rmSync(folder, { recursive: true })
  }
}

interface Entering {
  readonly sink: Sink
  readonly write: (text: string) => void
}

async function enter(house: House, tenants: number, { sink, write }: Entering): Promise<void> {
  const api = createAdminClient({ url: house.url, apiKey: house.adminKey })
  const startedMs = performance.now()
  const waiting = Array.from({ length: tenants }, (_none, index) => index)
  const apply = async (): Promise<void> => {
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      const uses = names.map((use) => ({ use, version: '^1' }))
      const definition = buildCrowdDefinition({ sinkUrl: sink.url, plugins: uses, tenant: tenantOf(index) })
      const { problems } = await api.tenants.apply.mutate({ definition, files: {} })
      if (problems.length > 0) throw new Error(JSON.stringify(problems))
    }
  }
  await Promise.all(Array.from({ length: 8 }, apply))
  write(
    `${tenants} tenants with five plugins each applied in ${Math.round((performance.now() - startedMs) / 1000)} s\n`,
  )
  await house.stop()
}

async function measureTurns(
  house: House,
  { sink, from }: { readonly sink: Sink; readonly from: number },
): Promise<readonly number[]> {
  const took: number[] = []
  for (let index = from; index < from + samples; index += 1) {
    const startedMs = performance.now()
    const contribution = await say(house, index)
    while (!sink.arrivals.has(contribution)) await new Promise((resolve) => setImmediate(resolve))
    took.push((sink.arrivals.get(contribution) ?? 0) - startedMs)
  }
  return took
}

async function visit(house: House, { from, count }: { readonly from: number; readonly count: number }): Promise<void> {
  for (let index = from; index < from + count; index += 1) await say(house, index)
}

async function say(house: House, index: number): Promise<string> {
  const { path, headers, body, contribution } = buildPush(index, 'menu')
  const answer = await fetch(`${house.url}/in/${tenantOf(index)}.op${path}`, { method: 'POST', headers, body })
  if (answer.status !== 200) throw new Error(`the door answered ${answer.status}`)
  return contribution
}

function describe(took: readonly number[]): string {
  const sorted = took.toSorted((left, right) => left - right)
  const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}

function measureHeap(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}
