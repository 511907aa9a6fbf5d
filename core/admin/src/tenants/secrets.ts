import type { Sealer } from '@inthread/store'
import { pathOf } from '../definition/problem.ts'
import type { TenantDefinition } from '../definition/schema.ts'

interface SecretPorts {
  readonly sealer: Sealer
}

/**
 * References stay references; a plain secret of the sandbox is sealed, so that no secret lies in the table in clear.
 */
export function sealSecrets(definition: TenantDefinition, ports: SecretPorts): unknown {
  const tenant = definition.tenant.id
  const seal = (path: string, plain: string): string => `sealed:${ports.sealer.seal(placeOf(tenant, path), plain)}`
  return mapSecrets(definition, [], (reference, path) => ({
    secret: reference.startsWith('plain:') ? seal(path, reference.slice('plain:'.length)) : reference,
  }))
}

/** Opens the secrets of a stored definition: `read` is asked for those that are references. */
export function openSecrets(
  definition: TenantDefinition,
  ports: SecretPorts & { readonly read: (reference: string) => string },
): TenantDefinition {
  const tenant = definition.tenant.id
  const open = (path: string, sealed: string): string => ports.sealer.open(placeOf(tenant, path), sealed)
  return mapSecrets(definition, [], (reference, path) =>
    reference.startsWith('sealed:') ? open(path, reference.slice('sealed:'.length)) : ports.read(reference),
  ) as TenantDefinition
}

type Mapper = (reference: string, path: string) => unknown

function mapSecrets(value: unknown, at: readonly PropertyKey[], map: Mapper): unknown {
  if (Array.isArray(value)) return value.map((item, index) => mapSecrets(item, [...at, index], map))
  if (typeof value !== 'object' || value === null) return value
  const isSecret = 'secret' in value && typeof value.secret === 'string' && Object.keys(value).length === 1
  if (isSecret) return map(String(value.secret), pathOf(...at))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapSecrets(item, [...at, key], map)]))
}

function placeOf(tenant: string, path: string): { tenant: string; table: string; column: string; row: string } {
  return { tenant, table: 'tenant', column: 'definition', row: path }
}
