import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { isOfAge } from '../applications/application-facts.ts'
import { defineDeed } from '../deeds/deed-kind.ts'
import { listDeedsOfCustomer, type Deed } from '../deeds/deeds.store.ts'
import { buildOpenedRoutes } from '../deeds/opening-routes.ts'
import type { Route } from '../routes/define-route.ts'
import { instant } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { risks, type Risk } from './wealth-products.ts'

const profiles = ['C1', 'C2', 'C3', 'C4', 'C5'] as const
export type Profile = (typeof profiles)[number]

interface Facts {
  readonly profile: Profile
  readonly validUntil: number
}

export type Assessment = Deed<Facts>

const validMs = 365 * 24 * 3_600_000
const questions = 5

/** What risk a customer can bear, by their own answers, for a year at most. */
export const assessments = defineDeed<Facts>({
  thing: 'wealth_assessment',
  prefix: 'was',
  url: '/v1/wealth/assessments',
  name: 'WealthAssessment',
  states: ['valid', 'expired'],
  outcomes: { valid: 'none', expired: 'none' },
  view: Type.Object({ profile: Type.Enum([...profiles]), validUntil: instant }),
  render: (_bank, { facts: { profile, validUntil } }) => ({ profile, validUntil: renderInstant(validUntil) }),
  step: () => ({ state: 'expired' }),
  controls: { expire: () => ({ state: 'expired' }) },
})

export function buildAssessmentRoutes(bank: Bank): Route[] {
  return buildOpenedRoutes(bank, {
    kind: assessments,
    summary: 'Five answers, each from 1 (careful) to 5 (bold), make a profile from C1 to C5; the newest one counts.',
    body: Type.Object({
      answers: Type.Array(Type.Integer({ minimum: 1, maximum: 5 }), { minItems: questions, maxItems: questions }),
    }),
    problems: ['suitability_mismatch'],
    open: ({ link, now }, { answers }) => {
      if (!isOfAge(bank, link.customerId)) {
        throw new Problem('suitability_mismatch', 'Wealth products are for customers of eighteen and older.')
      }
      const sum = answers.reduce((total, answer) => total + answer, 0)
      const profile = profiles[Math.round(sum / questions) - 1] ?? 'C1'
      const validUntil = now + validMs
      return { state: 'valid', facts: { profile, validUntil }, dueAt: validUntil }
    },
  })
}

/** The newest, whatever client it came by; undefined when there is none, or it has run out. */
export function findProfile(bank: Bank, customerId: string): Profile | undefined {
  const which = { customerId, kind: assessments.thing, sinceMs: 0 }
  const [newest] = listDeedsOfCustomer(bank, which) as Assessment[]
  return newest?.state === 'valid' && newest.facts.validUntil > bank.clock.now() ? newest.facts.profile : undefined
}

/** C2 may have R2 and what is safer. */
export function isSuitable(profile: Profile, risk: Risk): boolean {
  return risks.indexOf(risk) <= profiles.indexOf(profile)
}
