import type { Actor } from '@inthread/store'

/** What a key is for: the whole platform, a bank's reviewers, or one tenant. */
export type KeyRole = 'platform' | 'bank' | `tenant:${string}`

/** Who comes with a key. */
export interface KeyHolder {
  readonly actor: Actor
  readonly name: string
  readonly role: KeyRole
  readonly madeAt: number
}

export type Permission =
  | 'tenant.write'
  | 'tenant.read'
  | 'collection.read'
  | 'collection.write'
  | 'conversation.read'
  | 'desk.read'
  | 'desk.write'
  | 'order.read'
  | 'refund.write'
  | 'book.read'
  | 'book.write'
  | 'consent.read'
  | 'consent.write'
  | 'health.read'
  | 'grant.read'
  | 'grant.write'
  | 'proposal.read'
  | 'proposal.decide'
  | 'plugin.read'
  | 'plugin.upload'
  | 'plugin.review'
  | 'installation.read'
  | 'installation.write'
  | 'kill.throw'
  | 'kill.lift'
  | 'key.read'
  | 'key.write'

const bankMay: ReadonlySet<Permission> = new Set([
  'tenant.read',
  'order.read',
  'book.read',
  'consent.read',
  'health.read',
  'grant.read',
  'grant.write',
  'proposal.read',
  'proposal.decide',
  'plugin.read',
  'plugin.review',
  'installation.read',
  'kill.throw',
  'kill.lift',
])

/** What stops others, and what all of them see, is not a tenant's. */
const notTenants: ReadonlySet<Permission> = new Set(['plugin.review', 'kill.throw', 'kill.lift'])

const tenantMay: ReadonlySet<Permission> = new Set([
  ...[...bankMay].filter((permission) => !notTenants.has(permission)),
  'installation.write',
  'tenant.write',
  'refund.write',
  'book.write',
  'consent.write',
  'collection.read',
  'collection.write',
  'conversation.read',
  'desk.read',
  'desk.write',
])

/** Whether a key of this role may do this at all; of which tenant is another question, see {@link mayTouch}. */
export function mayDo(role: KeyRole, permission: Permission): boolean {
  if (role === 'platform') return true
  return (role === 'bank' ? bankMay : tenantMay).has(permission)
}

/** A tenant's key touches its own tenant and nothing else. */
export function mayTouch(role: KeyRole, tenant: string | undefined): boolean {
  return !role.startsWith('tenant:') || tenant === undefined || role === `tenant:${tenant}`
}

export function readRole(text: string): KeyRole {
  if (text === 'platform' || text === 'bank') return text
  return `tenant:${text.replace(/^tenant:/, '')}`
}
