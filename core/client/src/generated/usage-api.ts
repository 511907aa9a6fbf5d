/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Query } from '../call/procedure.ts'

export interface UsageApi {
  readonly days: Query<
    {
      tenant: string
      from: string
      until: string
    },
    {
      timeZone: string
      days: {
        day: string
        received: number
        sent: number
        turns: number
        orders: number
      }[]
    }
  >
}
