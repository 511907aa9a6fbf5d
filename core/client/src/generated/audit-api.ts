/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Query, Subscription } from '../call/procedure.ts'

export interface AuditApi {
  readonly follow: Subscription<
    {
      tenant: string
      lastEventId?: string | undefined
    },
    {
      id: string
      at: number
      actor: {
        kind: string
        id: string
      }
      action: string
      object: {
        kind: string
        id: string
      }
      data: string
      seq: number | null
    }
  >
  readonly list: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
      tenant: string
      actor?: string | undefined
      action?: string | undefined
      kind?: string | undefined
      object?: string | undefined
      from?: number | undefined
      until?: number | undefined
    },
    {
      items: {
        id: string
        at: number
        actor: {
          kind: string
          id: string
        }
        action: string
        object: {
          kind: string
          id: string
        }
        data: string
        seq: number | null
      }[]
      next: string | null
    }
  >
  readonly verify: Query<
    {
      tenant: string
      cursor?: string | undefined
    },
    {
      checked: number
      findings: {
        kind: 'changed' | 'deleted' | 'inserted' | 'reordered' | 'rewritten' | 'truncated'
        seq: number
        until: number
        record: string | null
        from: number | null
      }[]
      next: string | null
      summary: {
        head: {
          seq: number
          hash: string
        } | null
        tail: number
        anchors: {
          checked: number
          forged: number
          foreign: number
          unreadable: number
        }
      } | null
    }
  >
}
