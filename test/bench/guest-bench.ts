import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import travel from '@inthread/plugin-travel'
import type { Guest, GuestAdvance } from '@inthread/messaging/ports'
import { applyEvent, startRun, type Program, type RunEvent, type Slots } from '@inthread/sdk/engine'
import { encodeJson } from '@inthread/sdk/json'
import { bundlePackage, openTestGuests } from '../kit/guest-package.ts'

const root = new URL('../../', import.meta.url)
const started: Extract<RunEvent, { kind: 'started' }> = { kind: 'started', input: {}, at: 1_772_676_000_000_000 }
const config = travel.contract.declaration.config.parse({ popularCities: ['chengdu', 'beijing'] })
const setup = { config, locale: 'zh-CN', timeZone: 'Asia/Shanghai' }
const [flow] = Object.values(travel.flows)
const rounds = 5
const calls = 200

interface Figures {
  readonly inProcessUs: number
  readonly guestUs: number
  readonly startMs: number
  readonly rowsUs: number
  readonly rowsHereUs: number
}

/** What an entry costs in process and as a guest, within one run: what counts is the ratio. */
export async function runGuestBench(write: (text: string) => void): Promise<void> {
  const code = await bundlePackage(travel, fileURLToPath(new URL('plugins/travel/plugin.ts', root)))
  const figures: Figures[] = []
  for (let round = 0; round < rounds; round += 1) figures.push(await measureRound(code))
  const of = (name: keyof Figures): number => median(figures.map((each) => each[name]))
  const us = (name: keyof Figures): string => `${of(name).toPrecision(3)} µs`
  const lines = [
    ['a run begun in process', us('inProcessUs'), '1'],
    ['a run begun as a guest', us('guestUs'), ratio(figures, 'guestUs', 'inProcessUs')],
    ['an entry with 20 rows in process', us('rowsHereUs'), '1'],
    ['an entry with 20 rows as a guest', us('rowsUs'), ratio(figures, 'rowsUs', 'rowsHereUs')],
    ['the first call: worker, engine, bundle', `${of('startMs').toPrecision(3)} ms`, ''],
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
    const read = reachRead()
    return {
      startMs,
      inProcessUs: await time(() => foldHere()),
      guestUs: await time(() => advance(guest, started)),
      rowsUs: await time(() => guest.advance(read)),
      rowsHereUs: await time(() => foldRead(read)),
    }
  } finally {
    await guests.close()
  }
}

function buildProgram(): Program {
  if (!flow) throw new Error('the plugin has no flow')
  return { flow, ...setup }
}

const foldHere = (): string => encodeJson(startRun(buildProgram(), started))

const foldRead = ({ state, event }: GuestAdvance): string =>
  state ? encodeJson(applyEvent(buildProgram(), state, event)) : ''

/** As far as the first read of a wish that was said in one sentence, and the trains that it finds. */
function reachRead(): GuestAdvance {
  const { at } = started
  const search = travel.intents['search']
  const input = search?.understand?.('明天上午从成都到北京，一张二等座', { ...setup, now: at })
  let { state, commands } = startRun(buildProgram(), { kind: 'started', input, at })
  for (let step = 0; commands.at(-1)?.kind === 'ask' && step < 10; step += 1) {
    const answer: RunEvent = { kind: 'answered', visit: state.visit, value: state.options[0]?.value, at }
    ;({ state, commands } = applyEvent(buildProgram(), state, answer))
  }
  const documents = readTrains().slice(0, 20)
  const event: RunEvent = { kind: 'read', visit: state.visit, documents, at }
  return { ...buildCall(event), state }
}

function readTrains(): readonly Slots[] {
  const [head = '', ...lines] = readFileSync(new URL('tenants/northern-rail/trains.csv', root), 'utf8')
    .trim()
    .split('\n')
  const names = head.split(',')
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, at) => [names[at], /^\d+$/.test(cell) ? Number(cell) : cell])),
  )
}

function buildCall(event: RunEvent): GuestAdvance {
  return { tenantId: 'bench', setup: { flow: flow?.id ?? '', ...setup }, state: undefined, event }
}

const advance = (guest: Guest, event: RunEvent): Promise<unknown> => guest.advance(buildCall(event))

/** Microseconds of one, when they go one after the other. */
async function time(work: () => unknown): Promise<number> {
  for (let call = 0; call < 20; call += 1) await work()
  const before = performance.now()
  for (let call = 0; call < calls; call += 1) await work()
  return ((performance.now() - before) * 1000) / calls
}

function ratio(figures: readonly Figures[], name: keyof Figures, base: keyof Figures): string {
  return median(figures.map((each) => each[name] / each[base])).toFixed(1)
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN
}
