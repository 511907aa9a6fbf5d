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
        said: {
          code: string
          facts: Record<string, string | number>
          message: string
        }
        amiss?:
          | {
              tenant: string
              code: string
            }[]
          | undefined
      }[]
    }
  >
  readonly works: Query<
    void,
    {
      works: {
        name: string
        everyMs: number
        agoMs: number | null
        failing: {
          code: string
          forMs: number
        } | null
        waiting: number | null
        oldestMs: number | null
        state: 'behind' | 'failing' | 'late' | 'well'
      }[]
      connections: {
        tenant: string
        kind: 'bank' | 'operator'
        id: string
        heardAgoMs: number | null
        failing: {
          code: string
          forMs: number
        } | null
      }[]
    }
  >
}
