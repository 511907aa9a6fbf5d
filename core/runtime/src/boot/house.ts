import { randomBytes } from 'node:crypto'
import { saveAdminKey, sealPeople } from '@inthread/admin'
import { faultCodeOf } from '@inthread/sdk/fault'
import { createIdSource, guardAudit, openStore, runMigrations, type IdSource, type Store } from '@inthread/store'
import { BusinessClock, systemNowMs } from '../ports/clock.ts'
import { createLog, type EventLog } from '../ports/log.ts'
import { buildInternalServer } from '../http/internal-server.ts'
import { createInstruments, type Instruments } from '../metrics/instruments.ts'
import { measureLog, measurePorts } from '../metrics/measured-ports.ts'
import { readBacklog } from '../metrics/read-backlog.ts'
import { createTimers } from '../ports/timers.ts'
import { openTraces } from '../traces/open-traces.ts'
import { traceBanks } from '../traces/traced-ports.ts'
import { noWrapper } from '../ports/wrapper.ts'
import { composeHall, ownerOf, tokens, type Composition } from './compose.ts'
import { openHome, removeRunning, writeRunning, type Home } from './home.ts'
import { createSeededBytes } from './seeded-bytes.ts'
import type { HouseOptions } from './house-options.ts'
import { migrations } from './migrations.ts'
import type { Settings } from './settings.ts'
import { WorkRegister } from '../works/work-register.ts'

export interface House {
  readonly url: string
  readonly adminKey: string
  readonly store: Store
  readonly home: Home
  /** Moves the business clock as `POST /sandbox/clock` does. */
  advance(durationMs: number): Promise<void>
  stop(): Promise<void>
}

/** Opens everything in order, and closes it in the other order, also when it fails half way. */
export async function startHouse(settings: Settings, options: HouseOptions = {}): Promise<House> {
  const instruments = settings.internalPort === undefined ? undefined : createInstruments()
  const plainLog = createLog(settings.log, options.writeLog)
  const log = instruments ? measureLog(plainLog, instruments) : plainLog
  const home = openHome(settings.home)
  const register = new WorkRegister(() => performance.now())
  const timers = createTimers((error) => log.event('pump.failed', { code: faultCodeOf(error) }), register)
  const given = options.wrapper ?? noWrapper
  const measured = instruments ? measurePorts(given, instruments, timers.elapsedMs) : given
  const { traces, ...tracing } = await openTraces(settings.traces, { log, place: ownerOf(home, settings) })
  const wrapper = settings.traces ? traceBanks(measured, traces) : measured
  let draining = false
  const store = await openStore({
    url: settings.databaseUrl ?? home.databaseFile,
    pause: timers.pause,
    ...(wrapper.store ? { observer: wrapper.store } : {}),
  })
  const closing: (() => Promise<void>)[] = [() => store.close(), () => tracing.close()]
  try {
    await runMigrations(store, migrations)
    if (!(await guardAudit(store))) log.event('audit.unguarded')
    const clock = new BusinessClock()
    await clock.follow(store)
    await saveAdminKey(store, { id: `home-${home.id}`, key: home.adminKey, now: clock.now() })
    const composition = composeHall({
      settings,
      options,
      home,
      log,
      timers,
      register,
      wrapper,
      store,
      clock,
      ids: createIds(settings),
      isDraining: () => draining,
      instruments,
      traces,
    })
    await sealPeople(store, composition.hall.get(tokens.people).vault)
    closing.unshift(...(await openAll(composition, { settings, options, home, log, instruments })))
    return {
      url: settings.publicUrl,
      adminKey: home.adminKey,
      store,
      home,
      advance: async (durationMs) => {
        await composition.clocks.advance(durationMs)
      },
      stop: () => {
        draining = true
        return closeAll(closing, log)
      },
    }
  } catch (error) {
    await closeAll(closing, log)
    throw error
  }
}

/** Seeded, a sandbox makes the same ids again. */
function createIds(settings: Settings): IdSource {
  const bytes = settings.seed === undefined ? randomBytes : createSeededBytes(settings.seed)
  return createIdSource({ nowMs: systemNowMs, randomBytes: bytes })
}

interface Opening {
  readonly options: HouseOptions
  readonly settings: Settings
  readonly home: Home
  readonly log: EventLog
  readonly instruments: Instruments | undefined
}

async function openAll(
  composition: Composition,
  { settings, options, home, log, instruments }: Opening,
): Promise<(() => Promise<void>)[]> {
  const { hall } = composition
  const messaging = hall.get(tokens.messaging)
  const finance = hall.get(tokens.finance)
  const registry = hall.get(tokens.registry)
  const server = hall.get(tokens.server)
  const closing: (() => Promise<void>)[] = [
    () => hall.get(tokens.guests).close(),
    () => hall.get(tokens.http).close(),
    () => hall.get(tokens.egress).close(),
  ]
  // The port is taken first: whoever holds it is alone at this place, so what an earlier process left can be taken
  // over.
  await server.listen({ port: settings.port, host: settings.host })
  closing.unshift(async () => server.close())
  if (instruments) closing.unshift(await openInternal(composition, { settings, options }, instruments))
  // A sandbox that is not there yet is told with the next step.
  await composition.clocks.align().catch((error: unknown) => log.event('sandbox.apart', { code: faultCodeOf(error) }))
  await hall.get(tokens.packages).register()
  await registry.refresh()
  await messaging.start()
  await finance.start()
  const audit = [hall.get(tokens.auditFollower), hall.get(tokens.anchorKeeper)]
  for (const each of audit) each.start()
  const follow = composition.timers.every(
    500,
    async () => {
      await composition.clock.follow(composition.store)
      await registry.refresh()
    },
    'tenants',
  )
  closing.unshift(
    () => follow.stop(),
    () => finance.stop(),
    () => messaging.stop(),
    ...audit.map((each) => () => each.stop()),
  )
  // Streams of the office end first, so that their clients go to another process while this one finishes.
  closing.unshift(() => hall.get(tokens.live).drain())
  writeRunning(home, composition.running())
  closing.unshift(async () => removeRunning(home))
  log.event('house.open')
  return closing
}

/** Metrics and health on a port of their own; it stays open until the engines have stopped. */
async function openInternal(
  { hall, store, clock }: Composition,
  { settings: { internalPort, host }, options }: Pick<Opening, 'settings' | 'options'>,
  instruments: Instruments,
): Promise<() => Promise<void>> {
  const { registry } = instruments
  const scrape = async (): Promise<{ readonly type: string; readonly text: string }> => {
    await readBacklog(instruments, { store, clock })
    instruments.streams.set(hall.get(tokens.live).count)
    return { type: registry.contentType, text: await registry.metrics() }
  }
  const server = buildInternalServer({ health: hall.get(tokens.health), scrape, onRoute: options.onRoute })
  await server.listen({ port: internalPort ?? 0, host })
  return async () => server.close()
}

async function closeAll(closing: readonly (() => Promise<void>)[], log: EventLog): Promise<void> {
  for (const close of closing) {
    try {
      await close()
    } catch (error) {
      log.event('house.close_failed', { code: faultCodeOf(error) })
    }
  }
}
