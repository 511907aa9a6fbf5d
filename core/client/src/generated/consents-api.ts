/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface ConsentsApi {
  readonly list: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
      tenant: string
      subscriber?: string | undefined
      purpose?: string | undefined
      state?: 'asked' | 'expired' | 'granted' | 'lapsed' | 'refused' | 'suspended' | 'withdrawn' | undefined
    },
    {
      items: {
        id: string
        subscriber: string
        purpose: string
        dataClasses: string[]
        receiver: string
        marketing: boolean
        textVersion: string
        textSha256: string
        state: 'asked' | 'expired' | 'granted' | 'lapsed' | 'refused' | 'suspended' | 'withdrawn'
        askedAt: number
        answeredAt: number | null
        endedAt: number | null
        expiresAt: number | null
        evidence: {
          conversation: string | null
          run: string | null
          visit: string | null
          bankRef: string | null
        }
      }[]
      next: string | null
    }
  >
  readonly withdraw: Mutation<
    {
      tenant: string
      consent: string
    },
    {
      consent: string
      state: string
    }
  >
}
