/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface KeysApi {
  readonly create: Mutation<
    {
      name: string
      role: string
      scopes?: string[] | undefined
      days?: number | undefined
    },
    {
      id: string
      name: string
      role: string
      key: string
    }
  >
  readonly list: Query<
    void,
    {
      id: string
      name: string
      role: string
      madeAt: number
      madeBy: string | null
      revokedAt: number | null
      scopes: string[] | null
      expiresAt: number | null
      usedAt: number | null
      person: string | null
      makerGone: boolean
      keptBy: string | null
    }[]
  >
  readonly me: Query<
    void,
    {
      name: string
      role: string
      tenant: string | null
      tenantName: string | null
      permissions: string[]
      writtenAs: string
      kind: 'key' | 'person'
    }
  >
  readonly revoke: Mutation<
    {
      name: string
    },
    {
      id: string
      name: string
      role: string
      madeAt: number
      madeBy: string | null
      revokedAt: number | null
      scopes: string[] | null
      expiresAt: number | null
      usedAt: number | null
      person: string | null
      makerGone: boolean
      keptBy: string | null
    }
  >
}
