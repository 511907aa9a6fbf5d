/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface GrantsApi {
  readonly block: Mutation<
    {
      tenant: string
      grant:
        | {
            side: 'bank'
            bank: string
            capability: string
          }
        | {
            side: 'plugin'
            bot: string
            plugin: string
            need: string
          }
    },
    {
      applied: boolean
      waiting: {
        proposal: string
        subject: string
        digest: string
      } | null
    }
  >
  readonly change: Mutation<
    {
      tenant: string
      grant:
        | {
            side: 'bank'
            bank: string
            capability: string
          }
        | {
            side: 'plugin'
            bot: string
            plugin: string
            need: string
          }
      terms: {
        perCall?: string | undefined
        perDay?: string | undefined
        perUserDay?: string | undefined
        perMinute?: number | undefined
        purposes?: string[] | undefined
        from?: string | undefined
        until?: string | undefined
        currency?: string | undefined
        strength?: 'code' | 'number' | 'pin' | 'signature' | undefined
        strengthBy?:
          | {
              tiers?:
                | 'usual'
                | {
                    strength: 'code' | 'number' | 'pin' | 'signature'
                    dailyMax?: string | undefined
                  }[]
                | undefined
              newPayee?:
                | {
                    strength: 'code' | 'number' | 'pin' | 'signature'
                    above?: string | undefined
                  }
                | undefined
              newNumber?:
                | {
                    strength: 'code' | 'number' | 'pin' | 'signature'
                    days: number
                    above?: string | undefined
                  }
                | undefined
            }
          | undefined
      }
    },
    {
      applied: boolean
      waiting: {
        proposal: string
        subject: string
        digest: string
      } | null
    }
  >
  readonly list: Query<
    {
      tenant: string
    },
    {
      grant:
        | {
            side: 'bank'
            bank: string
            capability: string
          }
        | {
            side: 'plugin'
            bot: string
            plugin: string
            need: string
          }
      state: 'active' | 'blocked' | 'revoked'
      terms: {
        perCall?: string | undefined
        perDay?: string | undefined
        perUserDay?: string | undefined
        perMinute?: number | undefined
        purposes?: string[] | undefined
        from?: string | undefined
        until?: string | undefined
        currency?: string | undefined
        strength?: 'code' | 'number' | 'pin' | 'signature' | undefined
        strengthBy?:
          | {
              tiers?:
                | 'usual'
                | {
                    strength: 'code' | 'number' | 'pin' | 'signature'
                    dailyMax?: string | undefined
                  }[]
                | undefined
              newPayee?:
                | {
                    strength: 'code' | 'number' | 'pin' | 'signature'
                    above: string
                  }
                | undefined
              newNumber?:
                | {
                    strength: 'code' | 'number' | 'pin' | 'signature'
                    days: number
                    above: string
                  }
                | undefined
            }
          | undefined
      }
      version: number
      updatedAt: number
      usedToday: {
        value: string
        currency: string
      }[]
    }[]
  >
  readonly unblock: Mutation<
    {
      tenant: string
      grant:
        | {
            side: 'bank'
            bank: string
            capability: string
          }
        | {
            side: 'plugin'
            bot: string
            plugin: string
            need: string
          }
    },
    {
      applied: boolean
      waiting: {
        proposal: string
        subject: string
        digest: string
      } | null
    }
  >
}
