import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import type { StoreEvent, StoreObserver } from '@inthread/store'
import { createMysqlDatabase, type TestDatabase } from '../kit/databases.ts'
import { describeWithMysql } from '../kit/requirements.ts'
import { getTestSeed } from '../kit/chance/seed.ts'
import { openDraw } from '../kit/chance/draw.ts'
import { readAftermath } from './kit/aftermath.ts'
import { Customer } from './kit/customer.ts'
import { getMode, type Mode } from './kit/modes.ts'
import { openHouse } from './kit/open-house.ts'
import { openTcpProxy, type TcpProxy } from './kit/tcp-proxy.ts'
import { listViolations } from './kit/violations.ts'
import { prepareWorlds, type World } from './kit/world.ts'

const storyLimitMs = 40_000
const stepMs = 3000
/** One of so many calls of the database has a cut at its heels, so that it is cut off or has just been answered. */
const cutOneOf = 50
const cutWithinMs = 2

/** One purchase each; the cuts follow from the run's seed and the story's number. */
const stories = [
  { number: 1, bank: 'ok' },
  { number: 2, bank: 'lost after effect' },
  { number: 3, bank: 'declined' },
  { number: 4, bank: 'ok' },
  { number: 5, bank: '500 after effect' },
]

/** Cuts while there is work: a line that nobody is using has nothing to lose. Counts what stayed without an answer. */
class Cutter implements StoreObserver {
  isAtWork = false
  readonly #proxy: TcpProxy
  readonly #draw: () => number
  #unanswered = 0

  constructor(proxy: TcpProxy, draw: () => number) {
    this.#proxy = proxy
    this.#draw = draw
  }

  /** Commits of which the house had to find out whether they are there. */
  get unansweredCommits(): number {
    return this.#unanswered
  }

  observe({ call, phase }: StoreEvent): void {
    if (call === 'commit') this.#unanswered += phase === 'before' ? 1 : -1
    if (this.isAtWork && this.#draw() < 1 / cutOneOf) void this.#cut()
  }

  async #cut(): Promise<void> {
    const when = this.#draw() < 0.5 ? 'before' : 'after'
    await pause(this.#draw() * cutWithinMs)
    if (this.isAtWork) this.#proxy.cut(when)
  }
}

async function openProxied({ environment }: World): Promise<{ readonly proxy: TcpProxy; readonly url: string }> {
  const url = new URL(environment['DATABASE_URL'] ?? '')
  const proxy = await openTcpProxy({ host: url.hostname, port: Number(url.port) })
  onTestFinished(() => proxy.close())
  url.port = String(proxy.port)
  return { proxy, url: url.href }
}

interface Report {
  readonly violations: readonly string[]
  /** Connections that were cut. */
  readonly cuts: number
  readonly unansweredCommits: number
}

async function buyThroughCuts(world: World, mode: Mode, draw: () => number): Promise<Report> {
  const { proxy, url } = await openProxied(world)
  const cutter = new Cutter(proxy, draw)
  const asTheyAre = { bank: <T>(each: T): T => each, channel: <T>(each: T): T => each, clock: <T>(each: T): T => each }
  await openHouse(world, { wrapper: { store: cutter, ...asTheyAre } }, { DATABASE_URL: url })
  for (const fault of mode.faults) await world.orderFault(fault)
  const customer = new Customer({ phone: world.phone, letTimePass: () => world.advance(stepMs), isUp: () => true })
  cutter.isAtWork = true
  const ended = await customer.buy(mode.ending, storyLimitMs)
  cutter.isAtWork = false
  const unheard = ended ? [] : [`the customer never heard "${mode.ending}"`]
  const violations = listViolations(mode, { ...(await readAftermath(world)), repeats: customer.repeats })
  const { unansweredCommits } = cutter
  return { violations: [...unheard, ...violations], cuts: proxy.cuts, unansweredCommits }
}

describeWithMysql('a connection to the database that is cut again and again', ({ url }) => {
  const opened: TestDatabase[] = []
  const openWorld = prepareWorlds(async () => {
    const database = await createMysqlDatabase(url)
    opened.push(database)
    return database
  })
  afterAll(async () => {
    for (const database of opened) await database.drop()
  })
  const reports: Report[] = []

  it.each(stories)(
    'story $number, bank $bank: one debit at most, one result, nothing stuck',
    async ({ number, bank }) => {
      const report = await buyThroughCuts(await openWorld(), getMode(bank), openDraw(getTestSeed() + number))
      reports.push(report)
      expect(report.violations).toEqual([])
    },
    90_000,
  )

  it('was cut where it hurts: while a commit was on its way', () => {
    expect(reports).toHaveLength(stories.length)
    for (const { cuts } of reports) expect(cuts).toBeGreaterThan(0)
    expect(reports.reduce((sum, { unansweredCommits }) => sum + unansweredCommits, 0)).toBeGreaterThan(0)
  })
})
