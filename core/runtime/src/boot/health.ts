import type { HealthReader } from '@inthread/admin/ports'
import { faultCodeOf } from '@inthread/sdk/fault'
import { listPendingMigrations, type Store } from '@inthread/store'
import type { TenantRegistry } from '../tenancy/registry.ts'
import type { SandboxParts } from '../tenancy/sandbox-client.ts'
import { migrations } from './migrations.ts'

export interface HealthParts {
  readonly store: Store
  readonly registry: TenantRegistry
  readonly sandbox: SandboxParts
}

type Reading = Awaited<ReturnType<HealthReader['read']>>[number]

/** What has to be there for the platform to be of use. */
export function createHealthReader(parts: HealthParts): HealthReader {
  return {
    read: async () => [
      await readDatabase(parts.store),
      readTenants(parts.registry),
      ...(await readSandbox('bank', parts.sandbox.bank, parts.sandbox)),
      ...(await readSandbox('operator', parts.sandbox.operator, parts.sandbox)),
    ],
  }
}

async function readDatabase(store: Store): Promise<Reading> {
  try {
    const pending = await listPendingMigrations(store, migrations)
    if (pending.length === 0) return { part: 'database', ok: true, detail: `${store.flavour}, migrated` }
    return {
      part: 'database',
      ok: false,
      detail: `not migrated: ${pending.map(({ id }) => id).join(', ')}; run "inthread migrate"`,
    }
  } catch (error) {
    return { part: 'database', ok: false, detail: faultCodeOf(error) }
  }
}

function readTenants(registry: TenantRegistry): Reading {
  const problems = [...registry.problems()].map(([tenant, code]) => `${tenant}: ${code}`)
  if (problems.length > 0) return { part: 'tenants', ok: false, detail: `not in force: ${problems.join(', ')}` }
  return { part: 'tenants', ok: true, detail: `${registry.tenants().length} in force` }
}

async function readSandbox(
  part: 'bank' | 'operator',
  url: string | undefined,
  { http }: SandboxParts,
): Promise<Reading[]> {
  if (url === undefined) return []
  try {
    const answer = await http.send({ method: 'GET', url: `${url}/healthz`, headers: {}, deadlineMs: 2000 })
    return [{ part: `sandbox ${part}`, ok: answer.status === 200, detail: url }]
  } catch (error) {
    return [{ part: `sandbox ${part}`, ok: false, detail: `${url}: ${faultCodeOf(error)}` }]
  }
}
