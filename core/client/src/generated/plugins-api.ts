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
      updatedAt: number
    }[]
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
