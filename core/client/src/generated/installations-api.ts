/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface InstallationsApi {
  readonly configure: Mutation<
    {
      tenant: string
      bot: string
      plugin: string
      config: {
        platform?: Record<string, unknown> | undefined
        parent?: Record<string, unknown> | undefined
        locked?: string[] | undefined
        tenant?: Record<string, unknown> | undefined
      }
      dryRun?: boolean | undefined
    },
    {
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
        path: string
      }[]
      installation: {
        version: string
        state:
          | 'active'
          | 'configured'
          | 'draining'
          | 'erased'
          | 'granted'
          | 'installing'
          | 'paused'
          | 'removed'
          | 'requested'
          | 'upgrading'
      } | null
    }
  >
  readonly dropSecret: Mutation<
    {
      tenant: string
      bot: string
      plugin: string
      secret: string
    },
    {
      done: true
    }
  >
  readonly enable: Mutation<
    {
      tenant: string
      bot: string
      plugin: string
    },
    {
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
        path: string
      }[]
      installation: {
        version: string
        state:
          | 'active'
          | 'configured'
          | 'draining'
          | 'erased'
          | 'granted'
          | 'installing'
          | 'paused'
          | 'removed'
          | 'requested'
          | 'upgrading'
      } | null
    }
  >
  readonly get: Query<
    {
      tenant: string
      bot: string
      plugin: string
    },
    {
      bot: string
      plugin: string
      version: string
      state:
        | 'active'
        | 'configured'
        | 'draining'
        | 'erased'
        | 'granted'
        | 'installing'
        | 'paused'
        | 'removed'
        | 'requested'
        | 'upgrading'
      config: unknown
      updatedAt: number
    }
  >
  readonly history: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
      tenant: string
      bot: string
      plugin: string
    },
    {
      items: {
        id: string
        at: number
        by: string
        version: string
        config: unknown
      }[]
      next: string | null
    }
  >
  readonly install: Mutation<
    {
      tenant: string
      bot: string
      plugin: string
      range?: string | undefined
      config?:
        | {
            platform?: Record<string, unknown> | undefined
            parent?: Record<string, unknown> | undefined
            locked?: string[] | undefined
            tenant?: Record<string, unknown> | undefined
          }
        | undefined
    },
    {
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
        path: string
      }[]
      installation: {
        version: string
        state:
          | 'active'
          | 'configured'
          | 'draining'
          | 'erased'
          | 'granted'
          | 'installing'
          | 'paused'
          | 'removed'
          | 'requested'
          | 'upgrading'
      } | null
    }
  >
  readonly list: Query<
    {
      tenant: string
    },
    {
      bot: string
      plugin: string
      version: string
      state:
        | 'active'
        | 'configured'
        | 'draining'
        | 'erased'
        | 'granted'
        | 'installing'
        | 'paused'
        | 'removed'
        | 'requested'
        | 'upgrading'
      config: unknown
      updatedAt: number
    }[]
  >
  readonly pause: Mutation<
    {
      tenant: string
      bot: string
      plugin: string
    },
    {
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
        path: string
      }[]
      installation: {
        version: string
        state:
          | 'active'
          | 'configured'
          | 'draining'
          | 'erased'
          | 'granted'
          | 'installing'
          | 'paused'
          | 'removed'
          | 'requested'
          | 'upgrading'
      } | null
    }
  >
  readonly resume: Mutation<
    {
      tenant: string
      bot: string
      plugin: string
    },
    {
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
        path: string
      }[]
      installation: {
        version: string
        state:
          | 'active'
          | 'configured'
          | 'draining'
          | 'erased'
          | 'granted'
          | 'installing'
          | 'paused'
          | 'removed'
          | 'requested'
          | 'upgrading'
      } | null
    }
  >
  readonly secrets: Query<
    {
      tenant: string
      bot: string
      plugin: string
    },
    {
      secret: string
      from: 'definition' | 'entered' | 'nowhere'
      setAt: number | null
      setBy: string | null
      signs: 'standard-webhooks' | null
    }[]
  >
  readonly setSecret: Mutation<
    {
      tenant: string
      bot: string
      plugin: string
      secret: string
      value: string
    },
    {
      done: true
    }
  >
  readonly uninstall: Mutation<
    {
      tenant: string
      bot: string
      plugin: string
    },
    {
      erased: boolean
      open: number
      receipt: {
        tenant: string
        bot: string
        plugin: string
        version: string
        at: number
        erased: {
          what: string
          class: string
          count: number
        }[]
        kept: {
          what: string
          why: string
        }[]
      } | null
      digest: string | null
    }
  >
  readonly upgrade: Mutation<
    {
      tenant: string
      bot: string
      plugin: string
      version?: string | undefined
      consent?: boolean | undefined
      approval?:
        | {
            proposal: string
            digest: string
          }
        | undefined
    },
    {
      from: string
      to: string
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
      }[]
      verdict: 'consent' | 'notify' | 'refused' | 'review' | 'silent'
      differences: {
        code: string
        facts: Record<string, string | number>
        message: string
        path: string
        verdict: 'consent' | 'notify' | 'refused' | 'review' | 'silent'
      }[]
      openRuns: {
        open: number
        same: number
        differs: number
        movable: number
        fixed: number
      }
      fourEyes: boolean
      done: boolean
      approval: {
        proposal: string
        digest: string
      } | null
    }
  >
  readonly verdict: Query<
    {
      tenant: string
      bot: string
      plugin: string
      version?: string | undefined
    },
    {
      from: string
      to: string
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
      }[]
      verdict: 'consent' | 'notify' | 'refused' | 'review' | 'silent'
      differences: {
        code: string
        facts: Record<string, string | number>
        message: string
        path: string
        verdict: 'consent' | 'notify' | 'refused' | 'review' | 'silent'
      }[]
      openRuns: {
        open: number
        same: number
        differs: number
        movable: number
        fixed: number
      }
      fourEyes: boolean
    }
  >
}
