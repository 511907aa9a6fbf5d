declare const brand: unique symbol

/**
 * Proof that the caller knows whose rows it touches: the first parameter of everything that reads or writes a tenant's
 * rows.
 */
export interface TenantScope {
  readonly [brand]: 'tenant'
  readonly tenantId: string
}

export function openScope(tenantId: string): TenantScope {
  return { tenantId } as TenantScope
}

/** Who did it: a person, an API key, the platform itself, a bank. Stands in the audit record. */
export interface Actor {
  readonly kind: 'key' | 'person' | 'platform' | 'bank' | 'user'
  readonly id: string
}

export const platformActor: Actor = { kind: 'platform', id: 'platform' }
