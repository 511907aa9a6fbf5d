/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export const procedures = {
  'conversations.list': 'query',
  'conversations.timeline': 'query',
  'desk.back': 'mutation',
  'desk.claim': 'mutation',
  'desk.list': 'query',
  'desk.open': 'mutation',
  'desk.read': 'query',
  'desk.say': 'mutation',
  'health.get': 'query',
  'orders.book': 'query',
  'orders.get': 'query',
  'tenants.apply': 'mutation',
  'tenants.get': 'query',
} as const

export interface AdminApi {
  readonly conversations: {
    readonly list: Query<{
        tenant: string
        limit?: number | undefined
      }, {
        id: string
        bot: string
        updatedAt: number
      }[]>
    readonly timeline: Query<{
        tenant: string
        conversation: string
        limit?: number | undefined
      }, {
        at: number
        kind: "effect" | "journal" | "received" | "sent"
        id: string
        text: string
        facts: Record<string, string | number | null>
      }[]>
  }
  readonly desk: {
    readonly back: Mutation<{
        tenant: string
        case: string
      }, {
        done: true
      }>
    readonly claim: Mutation<{
        tenant: string
        case: string
      }, {
        done: true
      }>
    readonly list: Query<{
        tenant: string
        states?: ("claimed" | "closed" | "open")[] | undefined
        limit?: number | undefined
      }, {
        id: string
        conversation: string
        reason: string
        state: "claimed" | "closed" | "open"
        agent: string | null
        createdAt: number
        claimedAt: number | null
        closedAt: number | null
      }[]>
    readonly open: Mutation<{
        tenant: string
        conversation: string
      }, {
        case: string
      }>
    readonly read: Query<{
        tenant: string
        case: string
        limit?: number | undefined
      }, {
        id: string
        at: number
        from: "agent" | "bot" | "user"
        text: string
      }[]>
    readonly say: Mutation<{
        tenant: string
        case: string
        text: string
      }, {
        done: true
      }>
  }
  readonly health: {
    readonly get: Query<void, {
        ok: boolean
        parts: {
          part: string
          ok: boolean
          detail: string
        }[]
      }>
  }
  readonly orders: {
    readonly book: Query<{
        tenant: string
      }, {
        posted: Record<string, string>
        pending: Record<string, string>
        undecided: number
        breaks: number
      }>
    readonly get: Query<{
        tenant: string
        order: string
      }, {
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
      }>
  }
  readonly tenants: {
    readonly apply: Mutation<{
        definition: unknown
        files?: Record<string, string> | undefined
        dryRun?: boolean | undefined
      }, {
        tenant: string | null
        applied: boolean
        plan: {
          action: "create" | "remove" | "update"
          path: string
          what: string
        }[]
        problems: {
          path: string
          message: string
        }[]
        epoch: number
      }>
    readonly get: Query<{
        tenant: string
      }, {
        tenant: string
        epoch: number
        updatedAt: number
        definition: unknown
      }>
  }
}
