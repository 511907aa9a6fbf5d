/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Query } from '../call/procedure.ts'

export interface HealthApi {
  readonly get: Query<
    void,
    {
      ok: boolean
      parts: {
        part: string
        ok: boolean
        detail: string
        amiss?:
          | {
              tenant: string
              code: string
            }[]
          | undefined
      }[]
    }
  >
}
