import { pathOf, type Problem } from '../definition/problem.ts'
import type { BankEntry, TenantDefinition } from '../definition/schema.ts'
import type { AdminPorts } from '../ports.ts'
import { digestConnection, findReport } from './bank-report.ts'

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
    const message = await findReason(after.tenant.id, { entry, digest }, ports)
    return message === undefined ? [] : [{ path: pathOf('banks', index), message }]
  })
  return (await Promise.all(problems)).flat()
}

async function findReason(
  tenant: string,
  { entry, digest }: { readonly entry: BankEntry; readonly digest: string },
  ports: AdminPorts,
): Promise<string | undefined> {
  const name = `${tenant}.${entry.id}`
  const remedy = `run "inthread bank check ${name} --definition <path> --phone <test number>" first`
  const kept = await findReport(ports.store, tenant, entry.id)
  if (!kept) return `this bank has not been checked yet: ${remedy}`
  if (kept.digest !== digest) return `this bank was checked with other settings: ${remedy}`
  if (kept.report.passed) return undefined
  const failed = kept.report.cases.filter(({ verdict }) => verdict.kind === 'failed').map(({ id }) => id)
  const why = failed.length === 0 ? 'more was skipped than passed' : `it failed ${failed.slice(0, 5).join(', ')}`
  return `this bank did not pass its last check (${why}): mend it, and ${remedy}`
}
