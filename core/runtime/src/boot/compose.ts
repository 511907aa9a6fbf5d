import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import type { AdminPorts, Catalogue } from '@inthread/admin/ports'
import { createPeopleVault, LiveStreams, openEntrance, SimulationLine, type Entrance } from '@inthread/admin'
import { openConsole } from '@inthread/console'
import { createFinance, type Finance } from '@inthread/finance'
import type { Timers as FinanceTimers } from '@inthread/finance/ports'
import { createMessaging, type Messaging } from '@inthread/messaging'
import type { FinanceDesk, Timers } from '@inthread/messaging/ports'
import type { Clock, Instant } from '@inthread/sdk/time'
import { Keyring, Sealer, type IdSource, type Store } from '@inthread/store'
import type { Traces } from '@inthread/store/trace'
import { AnchorFile } from '../audit/anchor-file.ts'
import { AnchorKeeper } from '../audit/anchor-keeper.ts'
import { AuditFollower } from '../audit/audit-follower.ts'
import { openGuests, type OpenGuests } from '../guest/open-guests.ts'
import type { SandboxDoorParts } from '../http/sandbox-door.ts'
import { buildServer } from '../http/server.ts'
import { createCatalogue } from '../plugins/catalogue.ts'
import { findDiskPackages } from '../plugins/disk-packages.ts'
import { measureAnswer, type Instruments } from '../metrics/instruments.ts'
import { PackageCache } from '../plugins/package-cache.ts'
import { PackageHouse } from '../plugins/package-house.ts'
import { createRangeReader } from '../ports/create-range-reader.ts'
import { systemNowMs, type BusinessClock } from '../ports/clock.ts'
import { createEgress, type OpenEgress } from '../ports/egress.ts'
import { createHttpClient, type OpenHttpClient } from '../ports/http-client.ts'
import type { EventLog } from '../ports/log.ts'
import { pauseUntil, workedMs } from '../ports/timers.ts'
import type { PortWrapper } from '../ports/wrapper.ts'
import { TenantRegistry } from '../tenancy/registry.ts'
import { registerAtSandbox, type SandboxParts } from '../tenancy/sandbox-client.ts'
import { SandboxClocks } from '../tenancy/sandbox-clocks.ts'
import { createBankChecks } from '../tenancy/bank-checks.ts'
import { Candidates } from '../tenancy/candidates.ts'
import { createSecretReader } from '../tenancy/secrets.ts'
import { carryTrace } from '../traces/traced-ports.ts'
import { createHealthReader, type Readiness } from './health.ts'
import type { Home, Running } from './home.ts'
import type { HouseOptions } from './house-options.ts'
import type { Settings } from './settings.ts'
import { Hall, token } from './token.ts'
import { ConnectionWatch } from '../works/connection-watch.ts'
import type { WorkRegister } from '../works/work-register.ts'

export const pluginsFolder = fileURLToPath(new URL('../../../../plugins', import.meta.url))

/** Everything in the hall, by name and type. */
export const tokens = {
  store: token<Store>('store'),
  clock: token<Clock>('clock'),
  timers: token<Timers & FinanceTimers>('timers'),
  ids: token<IdSource>('ids'),
  log: token<EventLog>('log'),
  http: token<OpenHttpClient>('http'),
  egress: token<OpenEgress>('egress'),
  keyring: token<Keyring>('keyring'),
  sealer: token<Sealer>('sealer'),
  guests: token<OpenGuests>('guests'),
  packages: token<PackageHouse>('packages'),
  catalogue: token<Catalogue>('catalogue'),
  sandbox: token<SandboxParts>('sandbox'),
  registry: token<TenantRegistry>('registry'),
  messaging: token<Messaging>('messaging'),
  finance: token<Finance>('finance'),
  health: token<Readiness>('health'),
  anchorFile: token<AnchorFile>('anchorFile'),
  anchorKeeper: token<AnchorKeeper>('anchorKeeper'),
  auditFollower: token<AuditFollower>('auditFollower'),
  candidates: token<Candidates>('candidates'),
  connections: token<ConnectionWatch>('connections'),
  people: token<Entrance>('people'),
  live: token<LiveStreams>('live'),
  admin: token<AdminPorts>('admin'),
  server: token<FastifyInstance>('server'),
}

/** A built tenant takes some ten kilobytes; see `test/bench/registry-bench.ts`. */
const tenantsHeld = 2000

export interface CompositionParts {
  readonly settings: Settings
  readonly options: HouseOptions
  readonly home: Home
  readonly log: EventLog
  readonly timers: Timers & FinanceTimers
  readonly register: WorkRegister
  readonly wrapper: PortWrapper
  readonly store: Store
  readonly clock: BusinessClock
  readonly ids: IdSource
  readonly isDraining: () => boolean
  readonly instruments: Instruments | undefined
  readonly traces: Traces
}

export interface Composition {
  readonly hall: Hall
  readonly store: Store
  readonly clock: BusinessClock
  readonly timers: Timers
  readonly clocks: SandboxClocks
  running(): Running
}

/** The wiring of the house, and the only place that knows both engines. Reads like its table of contents. */
export function composeHall(parts: CompositionParts): Composition {
  const { settings, home, store, clock, timers } = parts
  const hall = new Hall()
  const clocks = new SandboxClocks({ store, clock, sandbox: () => hall.get(tokens.sandbox) })
  provideGround(hall, parts)
  provideTenants(hall, parts)
  provideEngines(hall, parts)
  provideAudit(hall, parts)
  providePeople(hall, parts)
  provideOffice(hall, parts, {
    advance: (durationMs) => clocks.advance(durationMs),
    settled: () => clocks.settled(),
  })
  hall.build()
  const { bank, operator } = hall.get(tokens.sandbox)
  const running = (): Running => ({
    platform: settings.publicUrl,
    bank,
    operator,
    phone: operator === undefined ? undefined : `${operator}/`,
    console: `${settings.publicUrl}/console/`,
    adminKey: home.adminKey,
    pids: { platform: process.pid },
  })
  return { hall, store, clock, timers, clocks, running }
}

function provideGround(
  hall: Hall,
  { settings, options, home, log, timers, wrapper, store, clock, ids }: CompositionParts,
): void {
  const local = (port: number): string => `http://127.0.0.1:${port}`
  hall.provide(tokens.store, () => store)
  hall.provide(tokens.clock, () => wrapper.clock(clock))
  hall.provide(tokens.timers, () => timers)
  hall.provide(tokens.live, () => new LiveStreams({ elapsedMs: timers.elapsedMs, pauseUntil }))
  hall.provide(tokens.ids, () => ids)
  hall.provide(tokens.log, () => log)
  hall.provide(tokens.http, () => createHttpClient(options.httpDeadlineMs))
  hall.provide(tokens.egress, (inner) =>
    createEgress({ clock: inner.get(tokens.clock), loopback: settings.egressLoopback }),
  )
  hall.provide(tokens.keyring, () => new Keyring(home.keys))
  hall.provide(tokens.sealer, (inner) => new Sealer(inner.get(tokens.keyring)))
  hall.provide(tokens.guests, () => openGuests({ timers, log, onSend: wrapper.guest }))
  hall.provide(
    tokens.packages,
    (inner) =>
      new PackageHouse({
        store,
        clock: inner.get(tokens.clock),
        disk: findDiskPackages(pluginsFolder),
        cache: new PackageCache(join(home.folder, 'packages')),
        own: options.plugins ?? [],
        guests: new Set(options.guests),
        openGuest: (code) => Promise.resolve(inner.get(tokens.guests).open(code)),
      }),
  )
  hall.provide(tokens.catalogue, (inner) => createCatalogue(inner.get(tokens.packages)))
  hall.provide(tokens.sandbox, (inner) => ({
    http: inner.get(tokens.http),
    publicUrl: settings.publicUrl,
    bank: settings.sandbox.bank ? local(settings.bankPort) : undefined,
    operator: settings.sandbox.operator ? local(settings.operatorPort) : undefined,
  }))
}

function provideTenants(hall: Hall, parts: CompositionParts): void {
  const { settings, options, home, wrapper, timers, traces } = parts
  hall.provide(tokens.candidates, () => new Candidates())
  hall.provide(tokens.connections, () => new ConnectionWatch(timers.elapsedMs))
  hall.provide(tokens.registry, (inner) => {
    const store = inner.get(tokens.store)
    const sealer = inner.get(tokens.sealer)
    const sandbox = inner.get(tokens.sandbox)
    return new TenantRegistry({
      store,
      sealer,
      secrets: createSecretReader(options.environment ?? process.env, home.folder),
      log: inner.get(tokens.log),
      root: inner,
      packages: inner.get(tokens.packages),
      eager: settings.sandbox.bank || settings.sandbox.operator,
      heldAtMost: options.tenantsHeld ?? tenantsHeld,
      tenancy: {
        catalogue: inner.get(tokens.catalogue),
        http: inner.get(tokens.http),
        bankHttp: carryTrace(inner.get(tokens.http), traces),
        clock: inner.get(tokens.clock),
        credentials: {
          store,
          sealer,
          owner: ownerOf(home, settings),
          pause: timers.pause,
          elapsedMs: timers.elapsedMs,
        },
        wrapper,
        connections: inner.get(tokens.connections),
        elapsedMs: timers.elapsedMs,
        nonce: () => crypto.randomUUID(),
        sandbox,
      },
      onChange: async (built) => {
        await registerAtSandbox(built, sandbox)
        const { messaging } = { messaging: inner.get(tokens.messaging) }
        await store.write('menu.plan', (tx) => messaging.planMenus(tx, built.tenancy))
      },
    })
  })
}

function provideAudit(hall: Hall, { settings, home, timers }: CompositionParts): void {
  hall.provide(
    tokens.anchorFile,
    () => new AnchorFile(settings.auditAnchors ?? join(home.folder, 'audit-anchors.jsonl'), home.anchorKey),
  )
  hall.provide(
    tokens.anchorKeeper,
    (inner) =>
      new AnchorKeeper({
        store: inner.get(tokens.store),
        clock: inner.get(tokens.clock),
        timers,
        file: inner.get(tokens.anchorFile),
      }),
  )
  hall.provide(
    tokens.auditFollower,
    (inner) => new AuditFollower({ store: inner.get(tokens.store), timers, owner: ownerOf(home, settings) }),
  )
}

/** A process's place: what it held is taken over by the next one that listens there. */
export function ownerOf(home: Home, settings: Settings): string {
  return `${home.id}:${settings.port}`
}

/** The two engines do not know one another: here messaging gets its desk, and finance its mailbox. */
function provideEngines(hall: Hall, { settings, home, options, traces }: CompositionParts): void {
  const shared = (inner: Hall) => ({
    store: inner.get(tokens.store),
    sealer: inner.get(tokens.sealer),
    ids: inner.get(tokens.ids),
    clock: inner.get(tokens.clock),
    timers: inner.get(tokens.timers),
    log: inner.get(tokens.log),
    traces,
    owner: ownerOf(home, settings),
  })
  hall.provide(tokens.messaging, (inner) =>
    createMessaging({
      ...shared(inner),
      keyring: inner.get(tokens.keyring),
      tenancies: inner.get(tokens.registry),
      desk: buildDesk(() => inner.get(tokens.finance)),
      egress: inner.get(tokens.egress),
      ...(options.groupSize === undefined ? {} : { groupSize: options.groupSize }),
    }),
  )
  hall.provide(tokens.finance, (inner) =>
    createFinance({
      ...shared(inner),
      banks: inner.get(tokens.registry),
      mailbox: {
        tell: (tx, letters) =>
          inner.get(tokens.messaging).tell(
            tx,
            letters.map(({ outcome, event, ...address }) => ({ ...address, body: { kind: 'order', outcome, event } })),
          ),
        tellRefund: (tx, refunds) =>
          inner.get(tokens.messaging).tell(
            tx,
            refunds.map(({ scope, conversationId, key, ...told }) => ({
              ...{ scope, conversationId, key, runId: undefined },
              body: { kind: 'refund', ...told },
            })),
          ),
        wake: (conversations) => inner.get(tokens.messaging).wake(conversations),
        hearing: (scope) => inner.get(tokens.messaging).hearing(scope),
      },
    }),
  )
}

/** Asked for at the first call and not when messaging is made: finance needs messaging's mailbox in turn. */
function buildDesk(finance: () => Finance): FinanceDesk {
  return {
    open: (tx, orders) => finance().desk.open(tx, orders),
    refund: (tx, wanted) => finance().desk.refund(tx, wanted),
    allow: (tx, call) => finance().desk.allow(tx, call),
    present: (tx, order, request) => finance().desk.present(tx, order, request),
    consent: (tx, order, now) => finance().desk.consent(tx, order, now),
    commit: (tx, order, now) => finance().desk.commit(tx, order, now),
    refuse: (tx, order, now) => finance().desk.refuse(tx, order, now),
    close: (tx, order, now) => finance().desk.close(tx, order, now),
    describe: (reader, order) => finance().desk.describe(reader, order),
    perform: (effect) => finance().perform(effect),
    wake: () => finance().wake(),
  }
}

function providePeople(hall: Hall, { settings }: CompositionParts): void {
  hall.provide(tokens.people, (inner) =>
    openEntrance({
      store: inner.get(tokens.store),
      ids: inner.get(tokens.ids),
      clock: inner.get(tokens.clock),
      vault: createPeopleVault({ keyring: inner.get(tokens.keyring), sealer: inner.get(tokens.sealer) }),
      secret: inner.get(tokens.keyring).mac('', 'people', 'sessions').toString('base64url'),
      publicUrl: settings.publicUrl,
      nowMs: systemNowMs,
      oidc: settings.oidc,
      readRange: createRangeReader(settings.breachedPasswordsUrl, inner.get(tokens.http)),
    }),
  )
}

function provideOffice(
  hall: Hall,
  { settings, home, options, timers, register, isDraining, instruments, traces }: CompositionParts,
  clocks: SandboxDoorParts,
): void {
  const sandbox = settings.sandbox.bank || settings.sandbox.operator
  hall.provide(tokens.health, (inner) =>
    createHealthReader({
      store: inner.get(tokens.store),
      registry: inner.get(tokens.registry),
      sandbox: inner.get(tokens.sandbox),
      isDraining,
      register,
      clock: inner.get(tokens.clock),
      connections: inner.get(tokens.connections),
    }),
  )
  hall.provide(tokens.admin, (inner) => ({
    store: inner.get(tokens.store),
    sealer: inner.get(tokens.sealer),
    ids: inner.get(tokens.ids),
    clock: inner.get(tokens.clock),
    catalogue: inner.get(tokens.catalogue),
    secrets: createSecretReader(options.environment ?? process.env, home.folder),
    epochs: inner.get(tokens.registry),
    versions: inner.get(tokens.registry),
    tenancies: inner.get(tokens.registry),
    simulations: new SimulationLine({ ...timers, workedMs }),
    people: inner.get(tokens.people),
    live: inner.get(tokens.live),
    health: inner.get(tokens.health),
    anchors: inner.get(tokens.anchorFile),
    books: inner.get(tokens.finance).books,
    bankChecks: buildBankChecks(inner, timers, clocks.advance),
    sandbox,
  }))
  hall.provide(tokens.server, (inner) =>
    buildServer({
      tenancies: inner.get(tokens.registry),
      banks: inner.get(tokens.registry),
      candidates: inner.get(tokens.candidates),
      messaging: inner.get(tokens.messaging),
      finance: inner.get(tokens.finance),
      admin: inner.get(tokens.admin),
      health: inner.get(tokens.health),
      publicUrl: settings.publicUrl,
      ...{ trustedProxies: settings.trustedProxies, traces },
      log: inner.get(tokens.log),
      console: openConsole(options.pageCache ?? join(home.folder, 'pages')),
      sandbox: sandbox ? clocks : undefined,
      onRoute: options.onRoute,
      ...(instruments ? { onAnswer: measureAnswer(instruments) } : {}),
    }),
  )
}

function buildBankChecks(
  inner: Hall,
  timers: Timers,
  advance: (durationMs: number) => Promise<Instant>,
): AdminPorts['bankChecks'] {
  return createBankChecks({
    http: inner.get(tokens.http),
    clock: inner.get(tokens.clock),
    nonce: () => crypto.randomUUID(),
    pause: timers.pause,
    sandbox: inner.get(tokens.sandbox),
    advance,
    candidates: inner.get(tokens.candidates),
  })
}
