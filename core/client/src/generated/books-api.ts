/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface BooksApi {
  readonly breaks: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
      tenant: string
      all?: boolean | undefined
    },
    {
      items: {
        id: string
        bank: string
        order: string | null
        refund: string | null
        kind: string
        state: string
        detail: unknown
        openedAt: number
        assignee: string | null
        decision: string | null
        decidedAt: number | null
        decisions: ('correct' | 'explained' | 'paid' | 'unpaid')[]
      }[]
      next: string | null
    }
  >
  readonly changeTerms: Mutation<
    {
      tenant: string
      terms: {
        refundLimit?: string | undefined
        refundCurrency?: string | undefined
        commission?:
          | {
              rate?: string | undefined
              onRefund?: 'kept' | 'returned' | undefined
            }
          | undefined
      }
    },
    {
      proposal: string
      subject: string
      digest: string
    }
  >
  readonly days: Query<
    {
      tenant: string
      from: string
      until: string
    },
    {
      day: string
      currency: string
      payments: number
      refunds: number
      captured: {
        value: string
        currency: string
      }
      refunded: {
        value: string
        currency: string
      }
      fees: {
        value: string
        currency: string
      }
      commission: {
        value: string
        currency: string
      }
      payable: {
        value: string
        currency: string
      }
      paidOut: {
        value: string
        currency: string
      }
    }[]
  >
  readonly export: Query<
    {
      tenant: string
      from: string
      until: string
      format: 'camt' | 'csv'
      after?: string | undefined
      limit?: number | undefined
    },
    {
      lines: string[]
      next: string | null
    }
  >
  readonly giveBreakBack: Mutation<
    {
      tenant: string
      break: string
    },
    {
      break: string
    }
  >
  readonly importStatement: Mutation<
    {
      tenant: string
      bank: string
      day: string
    },
    {
      state: string
      results: Record<string, number>
    }
  >
  readonly resolveBreak: Mutation<
    {
      tenant: string
      break: string
      decision: 'correct' | 'explained' | 'paid' | 'unpaid'
      note?: string | undefined
    },
    {
      proposal: string
      subject: string
      digest: string
    }
  >
  readonly statements: Query<
    {
      tenant: string
      limit?: number | undefined
    },
    {
      bank: string
      day: string
      lines: number
      breaks: number
      importedAt: number | null
    }[]
  >
  readonly takeBreak: Mutation<
    {
      tenant: string
      break: string
    },
    {
      break: string
    }
  >
  readonly terms: Query<
    {
      tenant: string
    },
    {
      version: number
      inForceAt: number
      terms: {
        refundLimit: string
        refundCurrency: string
        commission: {
          rate: string
          onRefund: 'kept' | 'returned'
        }
      }
    }
  >
}
