/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface MenusApi {
  readonly get: Query<
    {
      tenant: string
      bot: string
    },
    {
      menu: {
        label: Record<string, string>
        plugin?: string | undefined
        intent?: string | undefined
        word?: string | undefined
        entries?:
          | {
              label: Record<string, string>
              plugin?: string | undefined
              intent?: string | undefined
              word?: string | undefined
            }[]
          | undefined
      }[]
      version: string
      publications: {
        operator: string
        state: 'done' | 'failed' | 'new'
        attempts: number
        reason: string | null
      }[]
    }
  >
  readonly publish: Mutation<
    {
      tenant: string
      bot: string
    },
    {
      menu: {
        label: Record<string, string>
        plugin?: string | undefined
        intent?: string | undefined
        word?: string | undefined
        entries?:
          | {
              label: Record<string, string>
              plugin?: string | undefined
              intent?: string | undefined
              word?: string | undefined
            }[]
          | undefined
      }[]
      version: string
      publications: {
        operator: string
        state: 'done' | 'failed' | 'new'
        attempts: number
        reason: string | null
      }[]
    }
  >
  readonly put: Mutation<
    {
      tenant: string
      bot: string
      menu: unknown[]
      version: string
    },
    {
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
        path: string
      }[]
      version: string
    }
  >
}
