import type { HealthReader } from '@inthread/admin/ports'
import { defineSentences, faultCodeOf, type Said } from '@inthread/sdk/fault'
import { listPendingMigrations, type Store } from '@inthread/store'
import type { TenantRegistry } from '../tenancy/registry.ts'
import type { SandboxParts } from '../tenancy/sandbox-client.ts'
import { migrations } from './migrations.ts'
import { readWorks, type WorksParts } from '../works/read-works.ts'

const say = defineSentences({
  'health.draining': 'draining: it is about to stop',
  'health.migrated': '{flavour}, migrated',
  'health.not_migrated': 'not migrated: {ids}; run "inthread migrate"',
  'health.in_force': '{n} in force',
  'health.not_in_force': '{n} not in force',
  'health.address': '{url}',
  'health.address_fault': '{url}: {code}',
  'health.fault': '{code}',
})

export interface HealthParts extends WorksParts {
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
    ...(parts.isDraining() ? [tell('process', false, say('health.draining'))] : []),
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
    readWorks: () => readWorks(parts),
    judge: async () => {
      const amiss = (await read()).filter(({ ok }) => !ok)
      return { missing: amiss.filter(isNeeded), impaired: amiss.filter((reading) => !isNeeded(reading)) }
    },
  }
}

function tell(part: string, ok: boolean, said: Said): Reading {
  return { part, ok, detail: said.message, said }
}

async function readDatabase(store: Store): Promise<Reading> {
  try {
    const pending = await listPendingMigrations(store, migrations)
    if (pending.length === 0) return tell('database', true, say('health.migrated', { flavour: store.flavour }))
    return tell('database', false, say('health.not_migrated', { ids: pending.map(({ id }) => id).join(', ') }))
  } catch (error) {
    return tell('database', false, say('health.fault', { code: faultCodeOf(error) }))
  }
}

function readTenants(registry: HealthParts['registry']): Reading {
  const amiss = [...registry.problems()].map(([tenant, code]) => ({ tenant, code }))
  const said =
    amiss.length > 0
      ? say('health.not_in_force', { n: amiss.length })
      : say('health.in_force', { n: registry.tenants().length })
  return { ...tell('tenants', amiss.length === 0, said), amiss }
}

async function readSandbox(
  part: 'bank' | 'operator',
  url: string | undefined,
  { http }: HealthParts['sandbox'],
): Promise<Reading[]> {
  if (url === undefined) return []
  try {
    const answer = await http.send({ method: 'GET', url: `${url}/healthz`, headers: {}, deadlineMs: 2000 })
    return [tell(`sandbox ${part}`, answer.status === 200, say('health.address', { url }))]
  } catch (error) {
    return [tell(`sandbox ${part}`, false, say('health.address_fault', { url, code: faultCodeOf(error) }))]
  }
}
