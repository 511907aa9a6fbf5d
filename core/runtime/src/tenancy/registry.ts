import {
  findTenant,
  listEpochs,
  listEpochsOf,
  listKills,
  listTenants,
  openSecrets,
  readPluginSecrets,
  readOwnWords,
  type TenantDefinition,
} from '@inthread/admin'
import type { Epochs, SecretReader } from '@inthread/admin/ports'
import type { Banks, BankSetup } from '@inthread/finance/ports'
import type { Hosted, Kill, Tenancies, Tenancy } from '@inthread/messaging/ports'
import { Fault, faultCodeOf } from '@inthread/sdk/fault'
import { openScope, type Sealer, type Store } from '@inthread/store'
import type { Hall } from '../boot/token.ts'
import type { PackageHouse } from '../plugins/package-house.ts'
import type { EventLog } from '../ports/log.ts'
import { BankNames } from './bank-names.ts'
import { buildTenant, type BuiltTenant, type TenancyParts } from './build-tenancy.ts'
import { readInstallations } from './installations.ts'
import { openTenantHall, type TenantHall } from './tenant-hall.ts'

export interface RegistryParts {
  readonly store: Store
  readonly sealer: Sealer
  readonly secrets: SecretReader
  readonly log: EventLog
  readonly root: Hall
  readonly packages: PackageHouse
  readonly tenancy: Omit<
    TenancyParts,
    'bankNames' | 'onBreaker' | 'installations' | 'ownWords' | 'entered' | 'packages'
  >
  /** Builds every tenant at once and keeps it: for a sandbox, whose bank and operator have to be told of each. */
  readonly eager: boolean
  /** So many tenants are kept built; the one that nobody has asked for longest goes first. */
  readonly heldAtMost: number
  /** A tenant has come or changed: told after it is in force here. */
  readonly onChange: (built: BuiltTenant) => Promise<void>
}

interface Held {
  readonly epoch: number
  readonly hall: TenantHall
}

/** So many tenants whose bank's list is read are built in addition, each time, until all have had their turn. */
const tenantsPerRound = 20
const idleVersionMs = 60_000

/**
 * The tenants of this process: one child container per tenant and epoch, built when somebody first asks for it,
 * replaced as a whole, and let go when many others have been asked for since. The engines ask it for what is in force;
 * it follows the tables, so every process is up to date within a second.
 */
export class TenantRegistry implements Tenancies, Banks, Epochs {
  readonly #parts: RegistryParts
  /** The one asked for last stands last. */
  readonly #held = new Map<string, Held>()
  readonly #building = new Map<string, Promise<void>>()
  readonly #problems = new Map<string, string>()
  /** The last epoch of each tenant that everybody outside was told of. */
  readonly #told = new Map<string, number>()
  readonly #names: BankNames
  #kills: readonly Kill[] = []
  #roundAt = ''

  constructor(parts: RegistryParts) {
    this.#parts = parts
    this.#names = new BankNames(parts.store)
  }

  find(tenantId: string): Promise<Tenancy | undefined>
  find(tenantId: string, bankId: string): Promise<BankSetup | undefined>
  async find(tenantId: string, bankId?: string): Promise<Tenancy | BankSetup | undefined> {
    const hall = await this.#obtain(tenantId)
    return bankId === undefined ? hall?.tenancy : hall?.banks.find((bank) => bank.bankId === bankId)
  }

  host(plugin: string, version: string): Promise<Hosted | undefined> {
    return this.#parts.packages.find(plugin, version)
  }

  kills(): readonly Kill[] {
    return this.#kills
  }

  /** The banks of the tenants that somebody uses, and of the next few of all the others. */
  async list(): Promise<readonly BankSetup[]> {
    if (!this.#parts.eager) await this.#buildNext()
    return [...this.#held.values()].flatMap(({ hall }) => hall.banks)
  }

  /** Those that are built at this moment. */
  tenants(): readonly Tenancy[] {
    return [...this.#held.values()].map(({ hall }) => hall.tenancy)
  }

  /** What is defined and cannot be put in force, by tenant, as far as anybody has tried. */
  problems(): ReadonlyMap<string, string> {
    return this.#problems
  }

  prepare(): Promise<void> {
    return Promise.resolve()
  }

  /** Brings what is built up to the table's epochs, and the switches up to theirs. */
  async refresh(): Promise<void> {
    const { store, eager, packages } = this.#parts
    this.#kills = await store.read('kill.list', listKills)
    const known = [...this.#held.keys(), ...this.#problems.keys()]
    const rows = await store.read('tenant.epochs', (reader) =>
      eager ? listEpochs(reader) : listEpochsOf(reader, known),
    )
    for (const { tenant_id: tenantId, epoch } of rows) {
      const current = this.#held.get(tenantId)?.epoch === epoch && !this.#problems.has(tenantId)
      if (!current) await this.follow(tenantId)
    }
    const present = new Set(rows.map((row) => row.tenant_id))
    for (const tenantId of this.#held.keys()) if (!present.has(tenantId)) this.#held.delete(tenantId)
    await packages.sweep(this.#listVersions(), idleVersionMs)
  }

  follow(tenantId: string): Promise<void> {
    const before = this.#building.get(tenantId) ?? Promise.resolve()
    const built = before.then(() => this.#build(tenantId))
    this.#building.set(tenantId, built)
    return built.finally(() => {
      if (this.#building.get(tenantId) === built) this.#building.delete(tenantId)
    })
  }

  async #obtain(tenantId: string): Promise<TenantHall | undefined> {
    if (!this.#held.has(tenantId)) await (this.#building.get(tenantId) ?? this.follow(tenantId))
    const held = this.#held.get(tenantId)
    if (held && !this.#parts.eager) {
      this.#held.delete(tenantId)
      this.#held.set(tenantId, held)
    }
    return held?.hall
  }

  async #buildNext(): Promise<void> {
    const { store } = this.#parts
    const next = await store.read('tenant.next', (reader) => listTenants(reader, this.#roundAt, tenantsPerRound))
    this.#roundAt = next.length < tenantsPerRound ? '' : (next.at(-1) ?? '')
    for (const tenantId of next) await this.#obtain(tenantId)
  }

  async #build(tenantId: string): Promise<void> {
    const row = await this.#parts.store.read('tenant.read', (reader) => findTenant(reader, tenantId))
    if (!row) return
    try {
      await this.#putInForce(JSON.parse(row.definition) as TenantDefinition, row.epoch)
      this.#problems.delete(tenantId)
    } catch (error) {
      this.#problems.set(tenantId, faultCodeOf(error))
      this.#parts.log.event('tenant.not_in_force', { tenant: tenantId, code: faultCodeOf(error) })
    }
  }

  async #putInForce(stored: TenantDefinition, epoch: number): Promise<void> {
    const { sealer, secrets, log, onChange } = this.#parts
    const definition = openSecrets(stored, { sealer, read: (reference) => readSecret(secrets, reference) })
    const tenantId = definition.tenant.id
    await this.#names.recall(definition)
    const built = await this.#make(definition, epoch)
    this.#hold(tenantId, { epoch, hall: openTenantHall(this.#parts.root, built) })
    if (this.#told.get(tenantId) === epoch) return
    log.event('tenant.in_force', { tenant: tenantId, epoch })
    await onChange(built)
    this.#told.set(tenantId, epoch)
    void this.#learnNames(definition, built, epoch).catch((error: unknown) =>
      log.event('bank.name_unknown', { tenant: tenantId, code: faultCodeOf(error) }),
    )
  }

  #hold(tenantId: string, held: Held): void {
    this.#held.delete(tenantId)
    this.#held.set(tenantId, held)
    if (this.#parts.eager) return
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#parts.heldAtMost) return
      this.#held.delete(oldest)
    }
  }

  async #make(definition: TenantDefinition, epoch: number): Promise<BuiltTenant> {
    const { packages, tenancy, log, sealer, store } = this.#parts
    const scope = openScope(definition.tenant.id)
    const entered = await store.read('tenant.secrets', (reader) => readPluginSecrets(reader, scope))
    return buildTenant(definition, epoch, {
      ...tenancy,
      packages,
      installations: await readInstallations(definition, { ...this.#parts, ...tenancy }),
      entered: (place) => entered(sealer, place),
      ownWords: await store.read('tenant.words', (reader) => readOwnWords(reader, scope)),
      bankNames: (tenantId, bankId) => this.#names.find(tenantId, bankId),
      onBreaker: (call, open) => log.event(open ? 'bank.resting' : 'bank.back', { ...call }),
    })
  }

  /** A bank speaks under the name it gives itself: what is learnt later is put in force later. */
  async #learnNames(definition: TenantDefinition, built: BuiltTenant, epoch: number): Promise<void> {
    for (const bank of built.banks) {
      if (!(await this.#names.learn(bank))) continue
      const { tenantId } = bank.scope
      if (this.#held.get(tenantId)?.epoch !== epoch) return
      this.#hold(tenantId, { epoch, hall: openTenantHall(this.#parts.root, await this.#make(definition, epoch)) })
    }
  }

  #listVersions(): ReadonlySet<string> {
    const hosted = this.tenants().flatMap(({ bots, providers }) => [
      ...[...bots.values()].flatMap((bot) => bot.installations),
      ...providers.values(),
    ])
    return new Set(
      hosted.map(({ plugin: { contract } }) => `${contract.declaration.id}@${contract.declaration.version}`),
    )
  }
}

function readSecret(secrets: SecretReader, reference: string): string {
  const read = secrets.read(reference)
  if ('problem' in read) throw new Fault('tenant.secret_missing', { data: { kind: reference.split(':')[0] ?? '' } })
  return read.value
}
