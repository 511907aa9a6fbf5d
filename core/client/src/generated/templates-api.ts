/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface TemplatesApi {
  readonly get: Query<
    {
      tenant: string
      plugin: string
      text: string
    },
    {
      text: string
      vars: Record<string, 'count' | 'date' | 'dateTime' | 'money' | 'text' | 'time'>
      keep: string[]
      wording: Record<string, string>
      own: Record<
        string,
        {
          source: string
          version: number
          fits: boolean
        }
      >
    }
  >
  readonly list: Query<
    {
      cursor?: string | undefined
      limit?: number | undefined
      tenant: string
      plugin: string
    },
    {
      items: {
        text: string
        vars: Record<string, 'count' | 'date' | 'dateTime' | 'money' | 'text' | 'time'>
        keep: string[]
        wording: Record<string, string>
        own: Record<
          string,
          {
            source: string
            version: number
            fits: boolean
          }
        >
      }[]
      next: string | null
    }
  >
  readonly preview: Query<
    {
      tenant: string
      plugin: string
      text: string
      locale?: string | undefined
      source?: string | undefined
      as?: 'description' | 'label' | 'text' | 'title' | undefined
      vars?: Record<string, string | number> | undefined
    },
    {
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
      }[]
      channels: {
        channel: string
        messages: {
          kind: 'cards' | 'text'
          text: string
          cards: {
            title: string
            description: string | null
          }[]
          buttons: {
            kind: string
            label: string
          }[]
        }[]
        sms: number | null
      }[]
    }
  >
  readonly put: Mutation<
    {
      tenant: string
      plugin: string
      text: string
      locale: string
      source: string | null
      version: number
    },
    {
      problems: {
        code: string
        facts: Record<string, string | number>
        message: string
      }[]
      version: number
    }
  >
}
