/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Query, Subscription } from '../call/procedure.ts'

export interface ConversationsApi {
  readonly follow: Subscription<
    {
      tenant: string
      conversation: string
      limit?: number | undefined
      lastEventId?: string | undefined
    },
    {
      at: number
      kind: 'effect' | 'journal' | 'received' | 'sent'
      id: string
      text: string
      facts: Record<string, string | number | null>
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
        id: string
        bot: string
        updatedAt: number
      }[]
      next: string | null
    }
  >
  readonly timeline: Query<
    {
      tenant: string
      conversation: string
      limit?: number | undefined
    },
    {
      at: number
      kind: 'effect' | 'journal' | 'received' | 'sent'
      id: string
      text: string
      facts: Record<string, string | number | null>
    }[]
  >
}
