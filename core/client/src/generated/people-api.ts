/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface PeopleApi {
  readonly invitations: Query<
    {
      tenant: string
    },
    {
      id: string
      email: string
      role: string
      createdAt: string
      expiresAt: string
      expired: boolean
    }[]
  >
  readonly invite: Mutation<
    {
      tenant: string
      email: string
      role: 'agent' | 'auditor' | 'bank' | 'developer' | 'editor' | 'operator' | 'owner' | 'product-owner' | 'risk'
      days?: number | undefined
    },
    {
      id: string
      link: string
      expiresAt: string
    }
  >
  readonly leaving: Query<
    {
      tenant: string
      person: string
    },
    {
      keys: {
        id: string
        name: string
        role: string
        usedAt: number | null
      }[]
    }
  >
  readonly list: Query<
    {
      tenant: string
    },
    {
      id: string
      name: string
      email: string
      role: string
      since: string
      secondFactor: boolean
    }[]
  >
  readonly remove: Mutation<
    {
      tenant: string
      person: string
      keep?: string[] | undefined
    },
    {
      removed: boolean
      ended: string[]
      kept: string[]
    }
  >
  readonly renew: Mutation<
    {
      tenant: string
      person: string
    },
    {
      id: string
      link: string
      expiresAt: string
    }
  >
  readonly withdraw: Mutation<
    {
      tenant: string
      id: string
    },
    {
      withdrawn: boolean
    }
  >
}
