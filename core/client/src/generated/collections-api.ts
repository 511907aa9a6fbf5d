/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface CollectionsApi {
  readonly export: Query<
    {
      tenant: string
      plugin: string
      collection: string
      after?: string | undefined
      limit?: number | undefined
      format: 'csv' | 'json'
    },
    {
      lines: string[]
      leftOut: number
      next: string | null
    }
  >
  readonly get: Query<
    {
      tenant: string
      plugin: string
      collection: string
      after?: string | undefined
      limit?: number | undefined
    },
    {
      documents: unknown[]
      leftOut: number
      next: string | null
    }
  >
  readonly import: Mutation<
    {
      tenant: string
      plugin: string
      collection: string
      format: 'csv' | 'json'
      text: string
      mode?: 'merge' | 'replace' | undefined
      skipBad?: boolean | undefined
      dryRun?: boolean | undefined
    },
    {
      lines: number
      good: number
      bad: number
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
        line: number
        field: string
      }[]
      imported: boolean
    }
  >
  readonly list: Query<
    {
      tenant: string
    },
    {
      plugin: string
      collection: string
      dataClass: 'personal' | 'public'
      version: number
      ttlMs: number | null
      fields: string[]
      documents: number
      outdated: number
      stuck: number
    }[]
  >
}
