/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface PluginsApi {
  readonly catalogue: Query<
    {
      plugin?: string | undefined
    },
    {
      plugin: string
      version: string
      publisher: string
      digest: string
      state: 'listed' | 'reviewed' | 'revoked' | 'scanned' | 'suspended' | 'uploaded' | 'verified'
      provides: string | null
      updatedAt: number
    }[]
  >
  readonly get: Query<
    {
      plugin: string
      version: string
    },
    {
      plugin: string
      version: string
      publisher: string
      title: Record<string, string>
      locales: string[]
      provides: string | null
      schema: Record<string, unknown>
      needs: {
        need: string
        capability: string
        range: string
        optional: boolean
        purpose: Record<string, string>
        classes: ('commit' | 'hold' | 'quote' | 'read')[]
        ceiling: {
          perCall: {
            value: string
            currency: string
          } | null
          perDay: {
            value: string
            currency: string
          } | null
          perUserDay: {
            value: string
            currency: string
          } | null
          perMinute: number | null
        } | null
      }[]
      secrets: {
        secret: string
        purpose: Record<string, string>
        hosts: {
          name: string | null
          setting: string | null
        }[]
      }[]
      egress: {
        name: string
        host: {
          name: string | null
          setting: string | null
        }
        purpose: Record<string, string>
        data: ('personal' | 'public')[]
      }[]
      collections: {
        collection: string
        dataClass: 'personal' | 'public'
        ttlMs: number | null
      }[]
      intents: {
        intent: string
        flow: string
        title: Record<string, string>
      }[]
      flows: {
        flow: string
        revision: number
        start: string
        steps: {
          name: string
          kind: string
          detail: string
          weight: 'confidential' | 'money' | 'outside' | 'plain'
          ways: {
            to: string
            by: string
          }[]
        }[]
      }[]
    }
  >
  readonly kill: Mutation<
    {
      level: 'code' | 'money' | 'questions' | 'runs'
      plugin?: string | undefined
      version?: string | undefined
      tenant?: string | undefined
      capability?: string | undefined
      provider?: string | undefined
      reason: string
    },
    {
      id: string
    }
  >
  readonly kills: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
    },
    {
      items: {
        id: string
        level: 'code' | 'money' | 'questions' | 'runs'
        plugin: string | null
        version: string | null
        tenant: string | null
        capability: string | null
        provider: string | null
        reason: string
        at: number
      }[]
      next: string | null
    }
  >
  readonly list: Mutation<
    {
      plugin: string
      version: string
    },
    {
      state: 'listed' | 'reviewed' | 'revoked' | 'scanned' | 'suspended' | 'uploaded' | 'verified'
    }
  >
  readonly registerPublisher: Mutation<
    {
      id: string
      publicKey: string
      tier: 'first_party' | 'guest'
      state?: 'active' | 'suspended' | undefined
    },
    {
      id: string
    }
  >
  readonly review: Mutation<
    {
      plugin: string
      version: string
    },
    {
      state: 'listed' | 'reviewed' | 'revoked' | 'scanned' | 'suspended' | 'uploaded' | 'verified'
    }
  >
  readonly revoke: Mutation<
    {
      plugin: string
      version: string
    },
    {
      state: 'listed' | 'reviewed' | 'revoked' | 'scanned' | 'suspended' | 'uploaded' | 'verified'
    }
  >
  readonly suspend: Mutation<
    {
      plugin: string
      version: string
    },
    {
      state: 'listed' | 'reviewed' | 'revoked' | 'scanned' | 'suspended' | 'uploaded' | 'verified'
    }
  >
  readonly unkill: Mutation<
    {
      id: string
      approval?:
        | {
            proposal: string
            digest: string
          }
        | undefined
    },
    {
      lifted: boolean
      approval: {
        proposal: string
        digest: string
      } | null
    }
  >
  readonly upload: Mutation<
    {
      manifest: string
      bundle: string
      signature: string
    },
    {
      problems: string[]
      digest: string
      package: {
        id: string
        version: string
        state: 'listed' | 'reviewed' | 'revoked' | 'scanned' | 'suspended' | 'uploaded' | 'verified'
      } | null
    }
  >
}
