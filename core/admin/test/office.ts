import { z } from 'zod'
import { createBookOffice, financeMigrations, listGrants, placeOf, type GrantText } from '@inthread/finance'
import type { FinancePorts } from '@inthread/finance/ports'
import { messagingMigrations } from '@inthread/messaging'
import { openScope, storeMigrations } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { OpenDatabase } from '../../../test/kit/requirements.ts'
import { openGround, type Ground } from '../../../test/kit/ground.ts'
import type { KeyHolder } from '../src/keys/key-holder.ts'
import { LiveStreams } from '../src/live/live-streams.ts'
import { peopleMigrations } from '../src/people/tables/auth-tables.ts'
import { openEntrance } from '../src/people/entrance.ts'
import { createPeopleVault } from '../src/people/tables/vault.ts'
import { lifecycleMigrations } from '../src/lifecycle/tables.ts'
import { ownWordsMigrations } from '../src/wordings/own-words.store.ts'
import type { AdminPorts } from '../src/ports.ts'
import { SimulationLine } from '../src/simulation/simulation-line.ts'
import { adminRouter } from '../src/router.ts'
import { applyTenant, type ApplyResult } from '../src/tenants/apply.ts'
import { adminMigrations } from '../src/tenants/tenant.store.ts'
import { shop, till } from './sample-plugins.ts'

const migrations = [
  ...storeMigrations,
  ...messagingMigrations,
  ...financeMigrations,
  ...adminMigrations,
  ...lifecycleMigrations,
  ...ownWordsMigrations,
  ...peopleMigrations,
]

const nobody = (): never => {
  throw new Error('nobody is asked for this in an office of a test')
}

/** Finance without its pumps: what people decide is written down, and nothing is sent. */
function buildFinance(ground: Ground): FinancePorts {
  return {
    ...ground,
    timers: { pause: () => Promise.resolve(), every: () => ({ stop: () => Promise.resolve() }) },
    banks: { find: () => undefined, list: () => [] },
    mailbox: { tell: () => Promise.resolve(), tellRefund: () => Promise.resolve(), wake: () => undefined },
    log: { event: () => undefined },
  }
}

export interface Grants {
  readonly plugin?: Readonly<Record<string, GrantText | false>>
  readonly bank?: Readonly<Record<string, GrantText>>
}

/** The office on a real database, with a shop to install and a bank that takes payments. */
export class Office {
  readonly ground: Ground
  readonly ports: AdminPorts

  constructor(ground: Ground, sandbox: boolean) {
    this.ground = ground
    this.ports = {
      ...ground,
      sandbox,
      catalogue: {
        findPlugin: (id) => Promise.resolve(id === 'shop' ? shop : undefined),
        findVersion: (id) => Promise.resolve(id === 'shop' ? shop : undefined),
        listProviders: () => Promise.resolve([till]),
        findChannel: () => undefined,
        findBank: () => ({ id: 'paper', settings: z.looseObject({}), secrets: [], open: nobody }),
        listNames: () => [],
      },
      secrets: { read: nobody },
      epochs: { prepare: () => Promise.resolve(), follow: () => Promise.resolve(), refresh: () => Promise.resolve() },
      versions: { host: nobody },
      people: openEntrance({
        ...ground,
        vault: createPeopleVault(ground),
        secret: 's'.repeat(43),
        publicUrl: 'http://127.0.0.1:7070',
        nowMs: Date.now,
        readRange: undefined,
      }),
      live: new LiveStreams({ elapsedMs: () => performance.now(), pauseUntil: () => Promise.resolve() }),
      simulations: new SimulationLine({ elapsedMs: () => 0, workedMs: () => 0, breathe: () => Promise.resolve() }),
      tenancies: { find: () => undefined },
      books: createBookOffice({ ports: buildFinance(ground), statements: { read: nobody }, wake: () => undefined }),
      health: { read: () => Promise.resolve([]), readWorks: () => Promise.resolve({ works: [], connections: [] }) },
      anchors: { read: () => Promise.resolve({ anchors: [], forged: 0, foreign: 0, unreadable: 0 }) },
      bankChecks: { run: nobody },
    }
  }

  static async open(open: OpenDatabase, { sandbox }: { readonly sandbox: boolean }): Promise<Office> {
    return new Office(await openGround(await open(), { migrations }), sandbox)
  }

  /** Somebody with a key that was there from the beginning, or from now on. */
  holder(id: string, role = 'platform', madeAt = 0): KeyHolder {
    return { actor: { kind: 'key', id }, name: id, role, madeAt }
  }

  api(holder: KeyHolder | undefined) {
    return adminRouter.createCaller({ holder, ports: this.ports, reference: 'r' })
  }

  apply(tenant: string, grants: Grants = {}, holder = this.holder('maker')): Promise<ApplyResult> {
    return this.applyDefinition(this.definition(tenant, grants), holder)
  }

  applyDefinition(definition: unknown, holder = this.holder('maker')): Promise<ApplyResult> {
    return applyTenant({ definition, files: {}, dryRun: false, holder }, this.ports)
  }

  definition(tenant: string, { plugin = {}, bank }: Grants = {}) {
    return {
      tenant: { id: tenant, name: 'T', locale: 'en', timeZone: 'Asia/Shanghai', currency: 'CNY' },
      bots: [{ id: 'bot', name: 'B', plugins: [{ use: 'shop', version: '^1', config: {}, grants: plugin }] }],
      banks: [{ id: 'main', connector: 'paper', ...(bank ? { grants: bank } : {}) }],
    }
  }

  /** State and terms of every grant, by its place. */
  async grantsOf(tenant: string): Promise<Readonly<Record<string, string>>> {
    const views = await this.ports.store.read('grants', (reader) =>
      listGrants(reader, openScope(tenant), { now: this.ground.clock.now(), timeZone: 'Asia/Shanghai' }),
    )
    return Object.fromEntries(
      views.map(({ grant, state, terms }) => [placeOf(grant), `${state} ${terms.perCall ?? 'unlimited'}`]),
    )
  }

  async auditOf(tenant: string): Promise<string[]> {
    const query = sql<{ line: string }>`select concat(actor_id, ' ', action) as line from audit
      where tenant_id = ${tenant} and action like 'proposal.%' order by id`
    const { rows } = await this.ports.store.read('audit', (reader) => query.execute(sqlOf(reader)))
    return rows.map(({ line }) => line)
  }
}

export const payGrant = { side: 'plugin', bot: 'bot', plugin: 'shop', need: 'pay' } as const
export const bankGrant = { side: 'bank', bank: 'main', capability: 'payment' } as const
