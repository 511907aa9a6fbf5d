/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface IntentsApi {
  readonly explain: Query<
    {
      tenant: string
      bot: string
      words: string
    },
    {
      by: 'expression' | 'menu' | 'platform' | 'reading'
      word: string | null
      plugin: string | null
      intent: string | null
      input: string | null
    }
  >
  readonly list: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
      tenant: string
    },
    {
      items: {
        bot: string
        plugin: string
        intent: string
        title: Record<string, string>
        words: Record<string, string[]>
        own: Record<string, string[]>
        reads: boolean
        version: number
      }[]
      next: string | null
    }
  >
  readonly put: Mutation<
    {
      tenant: string
      plugin: string
      intent: string
      words: Record<string, string[]>
      version: number
    },
    {
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
      }[]
      version: number
    }
  >
}
