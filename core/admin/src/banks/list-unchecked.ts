import { pathOf, type Problem } from '../definition/problem.ts'
import type { BankEntry, TenantDefinition } from '../definition/schema.ts'
import type { AdminPorts } from '../ports.ts'
import { digestConnection, findReport } from './bank-report.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayDefinition as say } from '../saying/say-definition.ts'

/**
 * Outside of a sandbox a connection is put in force only after the bank has passed its check with these very settings.
 * What is in force already stays so.
 */
export async function listUncheckedBanks(
  before: TenantDefinition | undefined,
  after: TenantDefinition,
  ports: AdminPorts,
): Promise<Problem[]> {
  if (ports.sandbox) return []
  const known = new Set((before?.banks ?? []).map((entry) => `${entry.id} ${digestConnection(entry)}`))
  const problems = after.banks.map(async (entry, index) => {
    const digest = digestConnection(entry)
    if (known.has(`${entry.id} ${digest}`) || !ports.catalogue.findBank(entry.connector)?.check) return []
    const reason = await findReason(after.tenant.id, { entry, digest }, ports)
    return reason ? [{ path: pathOf('banks', index), ...reason }] : []
  })
  return (await Promise.all(problems)).flat()
}

async function findReason(
  tenant: string,
  { entry, digest }: { readonly entry: BankEntry; readonly digest: string },
  ports: AdminPorts,
): Promise<Said | undefined> {
  const name = `${tenant}.${entry.id}`
  const command = `inthread bank check ${name} --definition <path> --phone <test number>`
  const kept = await findReport(ports.store, tenant, entry.id)
  if (!kept) return say('bank.unchecked', { command })
  if (kept.digest !== digest) return say('bank.checked_otherwise', { command })
  if (kept.report.passed) return undefined
  const failed = kept.report.cases.filter(({ verdict }) => verdict.kind === 'failed').map(({ id }) => id)
  if (failed.length === 0) return say('bank.skipped', { command })
  return say('bank.failed', { cases: failed.slice(0, 5).join(', '), command })
}
