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

/** A stored definition as it was written: what was sealed is plain again, references are references. */
export function unsealSecrets(definition: TenantDefinition, ports: SecretPorts): TenantDefinition {
  return mapSecrets(definition, [], (reference, path) => ({
    secret: reference.startsWith('sealed:')
      ? `plain:${ports.sealer.open(placeOf(definition.tenant.id, path), reference.slice('sealed:'.length))}`
      : reference,
  })) as TenantDefinition
}

/** A secret that stays with the platform, as an export names it: by what it may be called somewhere else. */
export interface KeptSecret {
  readonly path: string
  readonly name: string
}

/** What may leave the platform: in place of a sealed secret stands `kept:` and a name for it. */
export function keepSecrets(definition: TenantDefinition): {
  readonly definition: unknown
  readonly kept: readonly KeptSecret[]
} {
  const kept: KeptSecret[] = []
  const shown = mapSecrets(definition, [], (reference, path) => {
    if (!reference.startsWith('sealed:')) return { secret: reference }
    const name = nameOf(definition, path)
    kept.push({ path, name })
    return { secret: `kept:${name}` }
  })
  return { definition: shown, kept }
}

/** `NORTHERN_RAIL_MAIN_SIGNING_KEY` for `$.banks[0].signingKey`: a place by its id, where it has one. */
function nameOf(definition: TenantDefinition, path: string): string {
  const [section = '', index = '', ...fields] = path.match(/[A-Za-z0-9_-]+/g) ?? []
  const item = { bots: definition.bots, operators: definition.operators, banks: definition.banks }[section]
  const words = [definition.tenant.id, item?.[Number(index)]?.id ?? index, ...fields]
  return words
    .map((word) => word.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_'))
    .join('_')
    .toUpperCase()
}

/**
 * Puts the secret that the platform has in every place of a definition that says `kept:`. A place is found again by the
 * ids around it. Where there is none, `kept:` stays, which the check refuses.
 */
export function restoreKept(value: unknown, present: unknown, depth = 0): unknown {
  if (depth > 40 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value))
    return value.map((item, index) => restoreKept(item, findTwin(present, item, index), depth + 1))
  if ('secret' in value && typeof value.secret === 'string' && value.secret.startsWith('kept:'))
    return isSecret(present) ? present : value
  const there = typeof present === 'object' && present !== null ? new Map(Object.entries(present)) : new Map()
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, restoreKept(item, there.get(key), depth + 1)]),
  )
}

function findTwin(present: unknown, item: unknown, index: number): unknown {
  if (!Array.isArray(present)) return undefined
  const known: readonly unknown[] = present
  const name = idOf(item)
  return name === undefined ? known[index] : known.find((each) => idOf(each) === name)
}

function idOf(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return undefined
  if ('id' in item) return item.id
  return 'use' in item ? item.use : undefined
}

function isSecret(value: unknown): value is { readonly secret: string } {
  return typeof value === 'object' && value !== null && 'secret' in value && typeof value.secret === 'string'
}

type Mapper = (reference: string, path: string) => unknown

function mapSecrets(value: unknown, at: readonly PropertyKey[], map: Mapper): unknown {
  if (Array.isArray(value)) return value.map((item, index) => mapSecrets(item, [...at, index], map))
  if (typeof value !== 'object' || value === null) return value
  if (isSecret(value) && Object.keys(value).length === 1) return map(value.secret, pathOf(...at))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapSecrets(item, [...at, key], map)]))
}

function placeOf(tenant: string, path: string): { tenant: string; table: string; column: string; row: string } {
  return { tenant, table: 'tenant', column: 'definition', row: path }
}
