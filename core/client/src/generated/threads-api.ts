/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface ThreadsApi {
  readonly script: Query<
    {
      tenant: string
      conversation: string
    },
    {
      bot: string
      startsAt: number
      acts: (
        | {
            does: 'says'
            words: string
          }
        | {
            does: 'taps'
            label: string
            message?: number | undefined
          }
        | {
            does: 'picks'
            label: string
          }
        | {
            does: 'bank'
            answers: string
            data?: string | undefined
          }
        | {
            does: 'settles'
            result: 'declined' | 'succeeded'
          }
        | {
            does: 'host'
            data?: string | undefined
            fails?: 'late' | 'malformed' | 'refused' | 'unreachable' | undefined
          }
        | {
            does: 'waits'
            seconds: number
          }
      )[]
      left: Record<string, number>
      shortened: boolean
    }
  >
  readonly simulate: Mutation<
    {
      tenant: string
      bot: string
      startsAt?: number | undefined
      locale?: string | undefined
      sms?: boolean | undefined
      acts?:
        | (
            | {
                does: 'says'
                words: string
              }
            | {
                does: 'taps'
                label: string
                message?: number | undefined
              }
            | {
                does: 'picks'
                label: string
              }
            | {
                does: 'bank'
                answers: string
                data?: string | undefined
              }
            | {
                does: 'settles'
                result: 'declined' | 'succeeded'
              }
            | {
                does: 'host'
                data?: string | undefined
                fails?: 'late' | 'malformed' | 'refused' | 'unreachable' | undefined
              }
            | {
                does: 'waits'
                seconds: number
              }
          )[]
        | undefined
      draft?:
        | {
            config?:
              | {
                  plugin: string
                  config: Record<string, unknown>
                }[]
              | undefined
            texts?:
              | {
                  plugin: string
                  text: string
                  locale: string
                  source: string
                }[]
              | undefined
            intents?:
              | {
                  plugin: string
                  intent: string
                  words: Record<string, string[]>
                }[]
              | undefined
            menu?: unknown[] | undefined
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
      thread: {
        turns: {
          act: number
          at: number
          from: 'bank' | 'host' | 'plugin' | 'time' | 'user'
          said: string | null
          why: {
            by: string
            plugin: string | null
            flow: string | null
            step: string | null
            intent: string | null
            word: string | null
            value: string | null
          }
          steps: {
            plugin: string
            version: string
            flow: string
            voice: 'bank' | 'merchant' | 'platform'
            heard: string
            from: string
            to: string
          }[]
          messages: {
            number: number
            voice: 'bank' | 'merchant' | 'platform'
            text: string | null
            cards: {
              title: string
              description: string | null
            }[]
            buttons: {
              label: string
              kind: string
              card: number | null
            }[]
          }[]
          asked: {
            who: 'bank' | 'host'
            name: string
            capability: string | null
            operation: string
            route: string | null
            input: string | null
            verdict: string
            refusal: {
              party: string
              reason: string
              ceiling: string
            } | null
          }[]
          wrote: {
            plugin: string
            collection: string
            act: string
            done: boolean
          }[]
          cases: string[]
          problem: {
            code: string
            data: string | null
            detail: string | null
          } | null
        }[]
        startsAt: number
        now: number
        open: {
          plugin: string
          version: string
          flow: string
          step: string
          kind: string
          voice: 'bank' | 'merchant' | 'platform'
          suspended: boolean
          confidential: boolean
          dueAt: number | null
          slots: string | null
        }[]
        asked: {
          who: 'bank' | 'host'
          name: string
          capability: string | null
          operation: string
          input: string | null
          unplayed: boolean
          choices: {
            outcome: string
            sample: string | null
          }[]
        } | null
        undecided: number
        cut: 'length' | 'time' | null
        menu: {
          label: string
          entries: string[]
        }[]
      } | null
    }
  >
}
