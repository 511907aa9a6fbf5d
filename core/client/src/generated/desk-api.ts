/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query, Subscription } from '../call/procedure.ts'

export interface DeskApi {
  readonly back: Mutation<
    {
      tenant: string
      case: string
    },
    {
      done: true
    }
  >
  readonly claim: Mutation<
    {
      tenant: string
      case: string
    },
    {
      done: true
    }
  >
  readonly follow: Subscription<
    {
      tenant: string
      limit?: number | undefined
      lastEventId?: string | undefined
    },
    {
      id: string
      conversation: string
      reason: string
      state: 'claimed' | 'closed' | 'open'
      agent: string | null
      mine: boolean
      createdAt: number
      claimedAt: number | null
      closedAt: number | null
    }[]
  >
  readonly followCase: Subscription<
    {
      tenant: string
      case: string
      limit?: number | undefined
      lastEventId?: string | undefined
    },
    {
      id: string
      at: number
      from: 'agent' | 'bot' | 'user'
      text: string
    }[]
  >
  readonly list: Query<
    {
      tenant: string
      states?: ('claimed' | 'closed' | 'open')[] | undefined
      limit?: number | undefined
    },
    {
      id: string
      conversation: string
      reason: string
      state: 'claimed' | 'closed' | 'open'
      agent: string | null
      mine: boolean
      createdAt: number
      claimedAt: number | null
      closedAt: number | null
    }[]
  >
  readonly open: Mutation<
    {
      tenant: string
      conversation: string
    },
    {
      case: string
    }
  >
  readonly read: Query<
    {
      tenant: string
      case: string
      limit?: number | undefined
    },
    {
      id: string
      at: number
      from: 'agent' | 'bot' | 'user'
      text: string
    }[]
  >
  readonly release: Mutation<
    {
      tenant: string
      case: string
    },
    {
      done: true
    }
  >
  readonly say: Mutation<
    {
      tenant: string
      case: string
      text: string
    },
    {
      done: true
    }
  >
}
