/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface AnswersApi {
  readonly list: Query<
    {
      tenant: string
    },
    {
      id: string
      title: string
      text: string
      version: number
      updatedAt: number
    }[]
  >
  readonly remove: Mutation<
    {
      tenant: string
      answer: string
    },
    {
      removed: true
    }
  >
  readonly save: Mutation<
    {
      tenant: string
      answer?:
        | {
            id: string
            version: number
          }
        | undefined
      title: string
      text: string
    },
    {
      answer: string
    }
  >
}
