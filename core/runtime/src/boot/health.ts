import type { HealthReader } from '@inthread/admin/ports'
import { faultCodeOf } from '@inthread/sdk/fault'
import { listPendingMigrations, type Store } from '@inthread/store'
import type { TenantRegistry } from '../tenancy/registry.ts'
import type { SandboxParts } from '../tenancy/sandbox-client.ts'
import { migrations } from './migrations.ts'

export interface HealthParts {
  readonly store: Store
  readonly registry: Pick<TenantRegistry, 'problems' | 'tenants'>
  readonly sandbox: Pick<SandboxParts, 'http' | 'bank' | 'operator'>
  /** Work is being finished, and no more is wanted. */
  readonly isDraining: () => boolean
}

/** What has to be there before a process is given work, and what is amiss besides. */
export interface Readiness extends HealthReader {
  judge(): Promise<{ readonly missing: readonly Reading[]; readonly impaired: readonly Reading[] }>
}

type Reading = Awaited<ReturnType<HealthReader['read']>>[number]

/** What has to be there for the platform to be of use. */
export function createHealthReader(parts: HealthParts): Readiness {
  const read = async (): Promise<readonly Reading[]> => [
    ...(parts.isDraining() ? [{ part: 'process', ok: false, detail: 'draining: it is about to stop' }] : []),
    await readDatabase(parts.store),
    readTenants(parts.registry),
    ...(await readSandbox('bank', parts.sandbox.bank, parts.sandbox)),
    ...(await readSandbox('operator', parts.sandbox.operator, parts.sandbox)),
  ]
  // In a sandbox everything is there to be tried, and each part of it is needed.
  const sandbox = parts.sandbox.bank !== undefined || parts.sandbox.operator !== undefined
  const isNeeded = ({ part }: Reading): boolean => sandbox || part !== 'tenants'
  return {
    read,
    judge: async () => {
      const amiss = (await read()).filter(({ ok }) => !ok)
      return { missing: amiss.filter(isNeeded), impaired: amiss.filter((reading) => !isNeeded(reading)) }
    },
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

function readTenants(registry: HealthParts['registry']): Reading {
  const amiss = [...registry.problems()].map(([tenant, code]) => ({ tenant, code }))
  const detail = amiss.length > 0 ? `${amiss.length} not in force` : `${registry.tenants().length} in force`
  return { part: 'tenants', ok: amiss.length === 0, detail, amiss }
}

async function readSandbox(
  part: 'bank' | 'operator',
  url: string | undefined,
  { http }: HealthParts['sandbox'],
): Promise<Reading[]> {
  if (url === undefined) return []
  try {
    const answer = await http.send({ method: 'GET', url: `${url}/healthz`, headers: {}, deadlineMs: 2000 })
    return [{ part: `sandbox ${part}`, ok: answer.status === 200, detail: url }]
  } catch (error) {
    return [{ part: `sandbox ${part}`, ok: false, detail: `${url}: ${faultCodeOf(error)}` }]
  }
}
