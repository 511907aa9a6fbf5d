/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface AnnouncementsApi {
  readonly get: Query<
    {
      tenant: string
      key: string
    },
    {
      key: string
      conversation: string
      state: 'handled' | 'opted_out' | 'waiting'
      createdAt: number
    }
  >
  readonly send: Mutation<
    {
      tenant: string
      conversation: string
      text: string
      key: string
    },
    {
      key: string
      conversation: string
      state: 'handled' | 'opted_out' | 'waiting'
      createdAt: number
    }
  >
}
