import { fileURLToPath } from 'node:url'
import travel from '@inthread/plugin-travel'
import type { Guest } from '@inthread/messaging/ports'
import { startRun, type Plugin, type RunEvent } from '@inthread/sdk/engine'
import { encodeJson } from '@inthread/sdk/json'
import { bundlePackage, openTestGuests } from '../kit/guest-package.ts'

const started: Extract<RunEvent, { kind: 'started' }> = { kind: 'started', input: {}, at: 1_772_676_000_000_000 }
const setup = { config: { popularCities: ['chengdu'] }, locale: 'zh-CN', timeZone: 'Asia/Shanghai' }
const rounds = 5
const calls = 200

interface Figures {
  readonly inProcessUs: number
  readonly guestUs: number
  readonly startMs: number
  readonly rowsUs: number
}

/** What an entry costs in process and as a guest, within one run: what counts is the ratio. */
export async function runGuestBench(write: (text: string) => void): Promise<void> {
  const code = await bundlePackage(travel, fileURLToPath(new URL('../../plugins/travel/plugin.ts', import.meta.url)))
  const figures: Figures[] = []
  for (let round = 0; round < rounds; round += 1) figures.push(await measureRound(code))
  const of = (name: keyof Figures): number => median(figures.map((each) => each[name]))
  const lines = [
    ['entry folded in process', `${of('inProcessUs').toPrecision(3)} µs`, '1'],
    ['the same entry as a guest', `${of('guestUs').toPrecision(3)} µs`, ratio(figures, 'guestUs')],
    ['a guest call with 20 rows', `${of('rowsUs').toPrecision(3)} µs`, ratio(figures, 'rowsUs')],
    ['first call: worker, engine, bundle', `${of('startMs').toPrecision(3)} ms`, ''],
  ]
  const table = [['', 'median', '× in process'], ['---', '---', '---'], ...lines]
  write(`\n${rounds} rounds of ${calls} calls, bundle of ${code.bundle.length} bytes\n\n`)
  write(`${table.map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`)
}

async function measureRound(code: Awaited<ReturnType<typeof bundlePackage>>): Promise<Figures> {
  const guests = openTestGuests()
  try {
    const { guest } = guests.open(code)
    if (!guest) throw new Error('the package is no guest')
    const before = performance.now()
    await advance(guest, started)
    const startMs = performance.now() - before
    const rows = Array.from({ length: 20 }, (_, row) => ({ number: `G${row}`, from: 'chengdu', to: 'beijing', row }))
    const withRows = { ...started, input: { rows } }
    return {
      startMs,
      inProcessUs: await time(() => foldHere(travel)),
      guestUs: await time(() => advance(guest, started)),
      rowsUs: await time(() => advance(guest, withRows)),
    }
  } finally {
    await guests.close()
  }
}

function foldHere(plugin: Plugin): string {
  const [flow] = Object.values(plugin.flows)
  if (!flow) throw new Error('the plugin has no flow')
  return encodeJson(startRun({ flow, ...setup }, started))
}

const flowName = Object.keys(travel.flows)[0] ?? ''

function buildCall(event: RunEvent): Parameters<Guest['advance']>[0] {
  return { tenantId: 'bench', setup: { flow: flowName, ...setup }, state: undefined, event }
}

const advance = (guest: Guest, event: RunEvent): Promise<unknown> => guest.advance(buildCall(event))

/** Microseconds of one, when they go one after the other. */
async function time(work: () => unknown): Promise<number> {
  for (let call = 0; call < 20; call += 1) await work()
  const before = performance.now()
  for (let call = 0; call < calls; call += 1) await work()
  return ((performance.now() - before) * 1000) / calls
}

function ratio(figures: readonly Figures[], name: 'guestUs' | 'rowsUs'): string {
  return median(figures.map((each) => each[name] / each.inProcessUs)).toFixed(1)
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN
}
