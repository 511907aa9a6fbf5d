/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Query } from '../call/procedure.ts'

export interface ConnectionsApi {
  readonly kinds: Query<
    Record<string, never>,
    {
      channels: {
        id: string
        settings: unknown
        secrets: string[]
      }[]
      banks: {
        id: string
        settings: unknown
        secrets: string[]
      }[]
      sandbox: boolean
    }
  >
}
