/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface OrdersApi {
  readonly book: Query<
    {
      tenant: string
    },
    {
      posted: Record<string, string>
      pending: Record<string, string>
      undecided: number
      breaks: number
    }
  >
  readonly get: Query<
    {
      tenant: string
      order: string
    },
    {
      id: string
      number: string
      conversationId: string
      bank: string
      capability: string
      state: string
      version: number
      amount: {
        value: string
        currency: string
      }
      display: string
      fee: {
        value: string
        currency: string
      } | null
      reason: string | null
      bankRef: string | null
      createdAt: number
      submittedAt: number | null
      settledAt: number | null
      confirmation: {
        state: string
        triesLeft: number
      } | null
      attempts: {
        n: number
        sentAt: number
        answeredAt: number | null
        outcome: string | null
      }[]
      movements: {
        kind: string
        dr: string
        cr: string
        amount: {
          value: string
          currency: string
        }
      }[]
    }
  >
  readonly list: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
      tenant: string
      state?: string | undefined
      undecided?: boolean | undefined
      bank?: string | undefined
      capability?: string | undefined
      conversation?: string | undefined
      from?: number | undefined
      until?: number | undefined
      number?: string | undefined
    },
    {
      items: {
        id: string
        number: string
        conversationId: string
        bank: string
        capability: string
        state: string
        version: number
        amount: {
          value: string
          currency: string
        }
        display: string
        fee: {
          value: string
          currency: string
        } | null
        reason: string | null
        bankRef: string | null
        createdAt: number
        submittedAt: number | null
        settledAt: number | null
      }[]
      next: string | null
    }
  >
  readonly refund: Mutation<
    {
      tenant: string
      order: string
      amount?: string | undefined
      reason?: string | undefined
      ref: string
    },
    {
      refund: {
        id: string
        order: string
        orderNumber: string
        bank: string
        state: 'awaiting_approval' | 'failed' | 'processing' | 'rejected' | 'requested' | 'succeeded'
        amount: {
          value: string
          currency: string
        }
        failure: string | null
        bankRef: string | null
        proposal: string | null
        askedBy: string
        createdAt: number
        settledAt: number | null
      }
      waiting: {
        proposal: string
        digest: string
      } | null
    }
  >
  readonly refunds: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
      tenant: string
      order?: string | undefined
      state?: 'awaiting_approval' | 'failed' | 'processing' | 'rejected' | 'requested' | 'succeeded' | undefined
    },
    {
      items: {
        id: string
        order: string
        orderNumber: string
        bank: string
        state: 'awaiting_approval' | 'failed' | 'processing' | 'rejected' | 'requested' | 'succeeded'
        amount: {
          value: string
          currency: string
        }
        failure: string | null
        bankRef: string | null
        proposal: string | null
        askedBy: string
        createdAt: number
        settledAt: number | null
      }[]
      next: string | null
    }
  >
}
