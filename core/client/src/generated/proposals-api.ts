/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface ProposalsApi {
  readonly approve: Mutation<
    {
      tenant: string
      id: string
      digest: string
    },
    {
      id: string
      subject: string
      change: unknown
      digest: string
      maker: string
      checker: string | null
      state: 'approved' | 'expired' | 'open' | 'rejected' | 'voided'
      createdAt: number
      expiresAt: number
      decidedAt: number | null
    }
  >
  readonly get: Query<
    {
      tenant: string
      id: string
    },
    {
      id: string
      subject: string
      change: unknown
      digest: string
      maker: string
      checker: string | null
      state: 'approved' | 'expired' | 'open' | 'rejected' | 'voided'
      createdAt: number
      expiresAt: number
      decidedAt: number | null
    }
  >
  readonly list: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
      tenant: string
      state?: 'approved' | 'open' | 'rejected' | 'voided' | undefined
    },
    {
      items: {
        id: string
        subject: string
        change: unknown
        digest: string
        maker: string
        checker: string | null
        state: 'approved' | 'expired' | 'open' | 'rejected' | 'voided'
        createdAt: number
        expiresAt: number
        decidedAt: number | null
      }[]
      next: string | null
    }
  >
  readonly reject: Mutation<
    {
      tenant: string
      id: string
      digest: string
    },
    {
      id: string
      subject: string
      change: unknown
      digest: string
      maker: string
      checker: string | null
      state: 'approved' | 'expired' | 'open' | 'rejected' | 'voided'
      createdAt: number
      expiresAt: number
      decidedAt: number | null
    }
  >
}
