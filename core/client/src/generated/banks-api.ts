/** Made from the admin router by scripts/client-types.ts; a test holds the two equal. */
import type { Mutation, Query } from '../call/procedure.ts'

export interface BanksApi {
  readonly check: Mutation<
    {
      tenant: string
      bank: string
      definition?: unknown
      phone?: string | undefined
      poorPhone?: string | undefined
      codesUrl?: string | undefined
    },
    {
      problem: {
        code: string
        facts: Record<string, string | number>
        message: string
      } | null
      report: {
        checkedAt: number
        digest: string
        passed: boolean
        cases: {
          id: string
          title: string
          rule: string
          verdict:
            | {
                kind: 'passed'
              }
            | {
                kind: 'failed'
                expected: string
                got: string
                remedy: string
              }
            | {
                kind: 'skipped'
                why: string
              }
        }[]
      } | null
    }
  >
  readonly report: Query<
    {
      tenant: string
      bank: string
    },
    {
      checkedAt: number
      digest: string
      passed: boolean
      cases: {
        id: string
        title: string
        rule: string
        verdict:
          | {
              kind: 'passed'
            }
          | {
              kind: 'failed'
              expected: string
              got: string
              remedy: string
            }
          | {
              kind: 'skipped'
              why: string
            }
      }[]
    }
  >
}
