import { permissions, type Permission } from './permissions.ts'
import { isRole, roles, type Role } from './roles.ts'

/** What somebody may do, as it is written down: a role of the platform, or `<role>:<tenant>`. */
export interface Access {
  readonly role: string
  /** Only these of the role's permissions; all of them when there is no such list. */
  readonly scopes?: readonly string[]
}

export interface Post {
  readonly role: Role
  /** Undefined for who is of the platform or the bank. */
  readonly tenant: string | undefined
}

/** How roles were called before there were more of them. */
const olderNames: Readonly<Partial<Record<string, Role>>> = { platform: 'operator', tenant: 'owner' }

/** Undefined for what is no role, for a tenant's role without its tenant, and for a tenant where there is none. */
export function readPost(text: string): Post | undefined {
  const [name = '', tenant, ...more] = text.split(':')
  const role = (Object.hasOwn(olderNames, name) ? olderNames[name] : undefined) ?? name
  if (more.length > 0 || !isRole(role)) return undefined
  if (roles[role].of === 'platform') return tenant === undefined ? { role, tenant: undefined } : undefined
  return tenant === undefined || tenant === '' ? undefined : { role, tenant }
}

/** What is left of the role after the scopes; nothing where the role is not known. */
export function listAllowed({ role, scopes }: Access): readonly Permission[] {
  const post = readPost(role)
  if (!post) return []
  return roles[post.role].may.filter((permission) => scopes === undefined || scopes.includes(permission))
}

/** Whether somebody may do this at all; of which tenant is another question, see {@link mayTouch}. */
export function mayDo(access: Access, permission: Permission): boolean {
  return listAllowed(access).includes(permission)
}

/**
 * A tenant's people touch their own tenant and nothing else: every tenant that a call names is theirs.
 * What is a tenant's and names none is refused to them too.
 */
export function mayTouch({ role }: Access, permission: Permission, named: readonly string[]): boolean {
  const post = readPost(role)
  if (!post) return false
  if (post.tenant === undefined) return true
  if (named.length === 0) return permissions[permission] === 'platform'
  return named.every((tenant) => tenant === post.tenant)
}

/** Whether somebody speaks for a single tenant alone. Who is unknown speaks for nobody else either. */
export function isOfTenant({ role }: Access): boolean {
  const post = readPost(role)
  return post === undefined || post.tenant !== undefined
}

export function isOperator({ role }: Access): boolean {
  return readPost(role)?.role === 'operator'
}
