import { catalogue, faultCodeOf, type FaultCode } from '@inthread/sdk/fault'
import { Keyring, Sealer, type Store } from '@inthread/store'
import type { Home } from '../boot/home.ts'
import type { Settings } from '../boot/settings.ts'
import { Hall } from '../boot/token.ts'
import { join } from 'node:path'
import { pluginsFolder } from '../boot/compose.ts'
import { createCatalogue } from '../plugins/catalogue.ts'
import { findDiskPackages } from '../plugins/disk-packages.ts'
import { PackageCache } from '../plugins/package-cache.ts'
import { PackageHouse } from '../plugins/package-house.ts'
import { BusinessClock } from '../ports/clock.ts'
import { createHttpClient, type OpenHttpClient } from '../ports/http-client.ts'
import type { createTimers } from '../ports/timers.ts'
import { noWrapper } from '../ports/wrapper.ts'
import { TenantRegistry } from '../tenancy/registry.ts'
import { createSecretReader } from '../tenancy/secrets.ts'
import { explainBank, explainOperator } from './explain-connection.ts'
import type { Finding } from './finding.ts'
import { ConnectionWatch } from '../works/connection-watch.ts'

export interface ConnectionParts {
  readonly settings: Settings
  readonly home: Home
  readonly store: Store
  readonly timers: ReturnType<typeof createTimers>
}

/** Signs in at every operator and asks every bank something signed, with the definitions that are in force. */
export async function examineConnections(parts: ConnectionParts): Promise<readonly Finding[]> {
  const http = createHttpClient()
  try {
    const registry = await openRegistry(parts, http)
    const broken = [...registry.problems()].map(([tenant, code]): Finding => ({
      check: `tenant ${tenant}`,
      state: 'wrong',
      detail: `not in force: ${isKnown(code) ? catalogue[code].message : 'something unexpected'} (${code})`,
      remedy: 'Apply its definition again; core/FAULTS.md says more about this code.',
    }))
    if (registry.tenants().length === 0 && broken.length === 0)
      return [{ check: 'tenants', state: 'fine', detail: 'none applied yet' }]
    return [
      ...broken,
      ...(await examineOperators(registry)),
      ...(await examineBanks(registry, parts.settings.publicUrl)),
    ]
  } finally {
    await http.close()
  }
}

async function openRegistry(
  { settings, home, store, timers }: ConnectionParts,
  http: OpenHttpClient,
): Promise<TenantRegistry> {
  const sealer = new Sealer(new Keyring(home.keys))
  const clock = new BusinessClock()
  await clock.follow(store)
  const local = (port: number): string => `http://127.0.0.1:${port}`
  const packages = new PackageHouse({
    store,
    clock,
    disk: findDiskPackages(pluginsFolder),
    cache: new PackageCache(join(home.folder, 'packages')),
    own: [],
    openGuest: undefined,
  })
  await packages.register()
  const registry = new TenantRegistry({
    store,
    sealer,
    secrets: createSecretReader(process.env, home.folder),
    log: { event: () => undefined },
    root: new Hall(),
    packages,
    // Everything that is defined is looked at.
    eager: true,
    heldAtMost: 0,
    tenancy: {
      catalogue: createCatalogue(packages),
      http,
      bankHttp: http,
      clock,
      credentials: { store, sealer, owner: `doctor:${home.id}`, pause: timers.pause, elapsedMs: timers.elapsedMs },
      wrapper: noWrapper,
      connections: new ConnectionWatch(() => 0),
      elapsedMs: timers.elapsedMs,
      nonce: () => crypto.randomUUID(),
      // A doctor looks at whatever the definitions point at, whether this environment calls it a sandbox or not.
      sandbox: { bank: local(settings.bankPort), operator: local(settings.operatorPort) },
    },
    onChange: () => Promise.resolve(),
  })
  await registry.refresh()
  return registry
}

async function examineOperators(registry: TenantRegistry): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const tenancy of registry.tenants()) {
    for (const operator of tenancy.operators.values()) {
      const check = `operator ${tenancy.scope.tenantId}.${operator.id}`
      const outcome = await operator.account
        .probe()
        .catch((error: unknown) => ({ kind: 'retry' as const, reason: faultCodeOf(error), afterMs: 0 }))
      if (outcome.kind === 'sent') findings.push({ check, state: 'fine', detail: 'signed in' })
      else findings.push({ check, state: 'wrong', ...explainOperator(outcome.reason) })
    }
  }
  return findings
}

async function examineBanks(registry: TenantRegistry, publicUrl: string): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const { scope, bankId, connection } of await registry.list()) {
    const check = `bank ${scope.tenantId}.${bankId}`
    const answer = await connection.profile()
    if (answer.kind === 'done') findings.push({ check, state: 'fine', detail: 'signatures hold both ways' })
    else {
      const code = answer.kind === 'pending' ? 'not ready' : answer.code
      findings.push({ check, state: 'wrong', ...explainBank(code, `${publicUrl}/.well-known/jwks.json`) })
    }
  }
  return findings
}

function isKnown(code: string): code is FaultCode {
  return Object.hasOwn(catalogue, code)
}
