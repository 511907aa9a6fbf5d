/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface TenantsApi {
  readonly apply: Mutation<
    {
      definition: unknown
      files?: Record<string, string> | undefined
      dryRun?: boolean | undefined
    },
    {
      tenant: string | null
      applied: boolean
      plan: {
        action: 'create' | 'remove' | 'update'
        path: string
        what: {
          code: string
          facts: Record<string, string | number>
          message: string
        }
        details: {
          code: string
          facts: Record<string, string | number>
          message: string
        }[]
      }[]
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
        path: string
      }[]
      epoch: number
      waiting: {
        proposal: string
        subject: string
        digest: string
        grants: string[]
      } | null
      wouldWait: string[]
    }
  >
  readonly export: Query<
    {
      tenant: string
    },
    {
      tenant: string
      epoch: number
      definition: unknown
      data: {
        plugin: string
        collection: string
        file: string
      }[]
      kept: {
        path: string
        name: string
      }[]
      words: {
        texts: {
          plugin: string
          text: string
          locale: string
          source: string
          version: number
        }[]
        intents: {
          plugin: string
          intent: string
          words: Record<string, string[]>
          version: number
        }[]
      }
    }
  >
  readonly get: Query<
    {
      tenant: string
    },
    {
      tenant: string
      epoch: number
      updatedAt: number
      definition: unknown
    }
  >
  readonly list: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
    },
    {
      items: {
        tenant: string
        name: string
        epoch: number
        updatedAt: number
      }[]
      next: string | null
    }
  >
}
