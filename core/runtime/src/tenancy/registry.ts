import { findTenant, listEpochs, openSecrets, type TenantDefinition } from '@inthread/admin'
import type { Epochs, SecretReader } from '@inthread/admin/ports'
import type { Banks, BankSetup } from '@inthread/finance/ports'
import type { Tenancies, Tenancy } from '@inthread/messaging/ports'
import { Fault, faultCodeOf } from '@inthread/sdk/fault'
import { findSetting, saveSetting, type Sealer, type Store } from '@inthread/store'
import type { EventLog } from '../ports/log.ts'
import { buildTenant, type BuiltTenant, type TenancyParts } from './build-tenancy.ts'
import { openTenantHall, type TenantHall } from './tenant-hall.ts'
import type { Hall } from '../boot/token.ts'

export interface RegistryParts {
  readonly store: Store
  readonly sealer: Sealer
  readonly secrets: SecretReader
  readonly log: EventLog
  readonly root: Hall
  readonly tenancy: Omit<TenancyParts, 'bankNames' | 'onBreaker'>
  /** A tenant has come or changed: told after it is in force here. */
  readonly onChange: (built: BuiltTenant) => Promise<void>
}

interface Held {
  readonly epoch: number
  readonly hall: TenantHall
}

const fallbackName = { 'zh-CN': '银行', en: 'Bank' }

/**
 * The tenants of this process: one child container per tenant and epoch, replaced as a whole. The engines ask it for
 * what is in force; it follows the table, so every process is up to date within a second.
 */
export class TenantRegistry implements Tenancies, Banks, Epochs {
  readonly #parts: RegistryParts
  readonly #held = new Map<string, Held>()
  readonly #problems = new Map<string, string>()
  readonly #bankNames = new Map<string, Readonly<Record<string, string>>>()

  constructor(parts: RegistryParts) {
    this.#parts = parts
  }

  find(tenantId: string): Tenancy | undefined
  find(tenantId: string, bankId: string): BankSetup | undefined
  find(tenantId: string, bankId?: string): Tenancy | BankSetup | undefined {
    const hall = this.#held.get(tenantId)?.hall
    return bankId === undefined ? hall?.tenancy : hall?.banks.find((bank) => bank.bankId === bankId)
  }

  list(): readonly BankSetup[] {
    return [...this.#held.values()].flatMap(({ hall }) => hall.banks)
  }

  tenants(): readonly Tenancy[] {
    return [...this.#held.values()].map(({ hall }) => hall.tenancy)
  }

  /** What is defined and cannot be put in force, by tenant. */
  problems(): ReadonlyMap<string, string> {
    return this.#problems
  }

  prepare(): Promise<void> {
    return Promise.resolve()
  }

  /** Brings everything up to the table's epochs. */
  async refresh(): Promise<void> {
    const rows = await this.#parts.store.read('tenant.epochs', listEpochs)
    for (const { tenant_id: tenantId, epoch } of rows) {
      const current = this.#held.get(tenantId)?.epoch === epoch && !this.#problems.has(tenantId)
      if (!current) await this.follow(tenantId)
    }
    const known = new Set(rows.map((row) => row.tenant_id))
    for (const tenantId of this.#held.keys()) if (!known.has(tenantId)) this.#held.delete(tenantId)
  }

  async follow(tenantId: string): Promise<void> {
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
    await this.#recallNames(definition)
    const built = await this.#build(definition, epoch)
    this.#held.set(tenantId, { epoch, hall: openTenantHall(this.#parts.root, built) })
    log.event('tenant.in_force', { tenant: tenantId, epoch })
    await onChange(built)
    void this.#learnNames(definition, built, epoch).catch((error: unknown) =>
      log.event('bank.name_unknown', { tenant: tenantId, code: faultCodeOf(error) }),
    )
  }

  #build(definition: TenantDefinition, epoch: number): Promise<BuiltTenant> {
    return buildTenant(definition, epoch, {
      ...this.#parts.tenancy,
      bankNames: (tenantId, bankId) => this.#bankNames.get(`${tenantId}.${bankId}`) ?? fallbackName,
      onBreaker: (call, open) => this.#parts.log.event(open ? 'bank.resting' : 'bank.back', { ...call }),
    })
  }

  async #recallNames(definition: TenantDefinition): Promise<void> {
    for (const bank of definition.banks) {
      const name = `${definition.tenant.id}.${bank.id}`
      const known = await findSetting(this.#parts.store, `bank.name:${name}`)
      if (known !== undefined) this.#bankNames.set(name, JSON.parse(known) as Record<string, string>)
    }
  }

  /** A bank speaks under the name it gives itself. It is kept, so that a bank that is away keeps its name. */
  async #learnNames(definition: TenantDefinition, built: BuiltTenant, epoch: number): Promise<void> {
    for (const bank of built.banks) {
      const answer = await bank.connection.profile()
      if (answer.kind !== 'done') continue
      const name = `${bank.scope.tenantId}.${bank.bankId}`
      const text = JSON.stringify(answer.value.name)
      if (text === JSON.stringify(this.#bankNames.get(name))) continue
      this.#bankNames.set(name, answer.value.name)
      await saveSetting(this.#parts.store, `bank.name:${name}`, text)
      if (this.#held.get(bank.scope.tenantId)?.epoch !== epoch) return
      this.#held.set(bank.scope.tenantId, {
        epoch,
        hall: openTenantHall(this.#parts.root, await this.#build(definition, epoch)),
      })
    }
  }
}

function readSecret(secrets: SecretReader, reference: string): string {
  const read = secrets.read(reference)
  if ('problem' in read) throw new Fault('tenant.secret_missing', { data: { kind: reference.split(':')[0] ?? '' } })
  return read.value
}
