import { appendAudit, openScope } from '@inthread/store'
import { listReferenceProblems } from '../definition/references.ts'
import { bankSchema, type BankEntry, type TenantDefinition } from '../definition/schema.ts'
import { readSecret } from '../definition/settings.ts'
import type { KeyHolder } from '../keys/key-holder.ts'
import type { AdminPorts, BankCheckWish } from '../ports.ts'
import { openSecrets } from '../tenants/secrets.ts'
import { findTenant } from '../tenants/tenant.store.ts'
import { digestConnection, keepReport, type KeptReport } from './bank-report.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayDefinition as say } from '../saying/say-definition.ts'

export interface CheckRequest extends BankCheckWish {
  readonly tenant: string
  readonly bank: string
  /** A definition that is not applied yet; the one in force when left out. */
  readonly definition?: unknown
  readonly holder: KeyHolder
}

export type CheckAnswer = KeptReport | { readonly problem: Said }

/** Asks the bank everything, and keeps what came of it: applying the connection looks for it. */
export async function checkBank(request: CheckRequest, ports: AdminPorts): Promise<CheckAnswer> {
  const { tenant, bank } = request
  const found = await findConnection(request, ports)
  if ('problem' in found) return found
  const { entry, settings } = found
  const connector = ports.catalogue.findBank(entry.connector)
  if (!connector) return { problem: say('bank.no_connector', { connector: entry.connector }) }
  if (!connector.check) return { problem: say('bank.nothing_to_check', { connector: entry.connector }) }
  const report = await ports.bankChecks.run({ name: `${tenant}.${bank}`, connector, settings }, request)
  if ('problem' in report) return report
  const kept = { digest: digestConnection(entry), checkedAt: ports.clock.now(), report }
  await keepReport(ports.store, { tenant, bank }, kept)
  await recordCheck(request, kept, ports)
  return kept
}

/** Payments were made in somebody's name. */
function recordCheck(
  { tenant, bank, holder }: CheckRequest,
  { digest, report }: KeptReport,
  ports: AdminPorts,
): Promise<void> {
  const failed = report.cases.filter(({ verdict }) => verdict.kind === 'failed').map(({ id }) => id)
  const record = {
    scope: openScope(tenant),
    actor: holder.actor,
    action: 'bank.checked',
    object: { kind: 'bank', id: bank },
    data: { digest, passed: report.passed, failed },
  }
  return ports.store.write('bank.checked', (tx) =>
    appendAudit(tx, [record], { ids: ports.ids, now: ports.clock.now() }),
  )
}

type Found =
  { readonly entry: BankEntry; readonly settings: Readonly<Record<string, unknown>> } | { readonly problem: Said }

async function findConnection(request: CheckRequest, ports: AdminPorts): Promise<Found> {
  if (request.definition === undefined) return findInForce(request, ports)
  const row = await ports.store.read('tenant.find', (reader) => findTenant(reader, request.tenant))
  const before: unknown = row && JSON.parse(row.definition)
  const [foreign] = listReferenceProblems(before, request.definition, request.holder)
  return foreign ? { problem: withPlace(foreign, foreign.path) } : findGiven(request, ports)
}

async function findInForce({ tenant, bank }: CheckRequest, ports: AdminPorts): Promise<Found> {
  const row = await ports.store.read('tenant.find', (reader) => findTenant(reader, tenant))
  if (!row) return { problem: say('bank.no_tenant', { tenant }) }
  const stored = JSON.parse(row.definition) as TenantDefinition
  const entry = stored.banks.find(({ id }) => id === bank)
  if (!entry) return { problem: say('bank.none', { tenant, bank }) }
  const read = (reference: string): string => {
    const secret = ports.secrets.read(reference)
    return 'value' in secret ? secret.value : ''
  }
  const opened = openSecrets(stored, { sealer: ports.sealer, read }).banks.find(({ id }) => id === bank) ?? entry
  return { entry, settings: settingsOf(opened) }
}

function findGiven({ bank, definition }: CheckRequest, ports: AdminPorts): Found {
  const banks = typeof definition === 'object' && definition !== null && 'banks' in definition ? definition.banks : []
  const given = (Array.isArray(banks) ? banks : []).find(
    (each: unknown) => bankSchema.safeParse(each).data?.id === bank,
  )
  const entry = bankSchema.safeParse(given).data
  if (!entry) return { problem: say('bank.not_in_definition', { bank }) }
  const settings: Record<string, unknown> = settingsOf(entry)
  const secrets = ports.catalogue.findBank(entry.connector)?.secrets ?? []
  for (const field of secrets.filter((name) => settings[name] !== undefined)) {
    const secret = readSecret(settings[field], ports)
    if ('problem' in secret) return { problem: withPlace(secret.problem, field) }
    settings[field] = secret.value
  }
  return { entry, settings }
}

function withPlace({ code, facts, message }: Said, place: string): Said {
  return { code, facts, message: `${place}: ${message}` }
}

/** What the connector reads. */
function settingsOf(entry: BankEntry): Record<string, unknown> {
  const { id: _id, connector: _connector, grants: _grants, publishers: _publishers, ...settings } = entry
  return settings
}
