/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Query } from '../call/procedure.ts'

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
}
