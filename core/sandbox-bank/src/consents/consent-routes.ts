import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { buildOpenedRoutes } from '../deeds/opening-routes.ts'
import { findConsentText, isDigestOf } from '../products/consent-texts.ts'
import type { Route } from '../routes/define-route.ts'
import { sha256 } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { consents, type ConsentFacts } from './consent-deed.ts'

const word = Type.String({ minLength: 1, maxLength: 64 })

export function buildConsentRoutes(bank: Bank): Route[] {
  return buildOpenedRoutes(bank, {
    kind: consents,
    summary: 'Keeps that a customer agreed, with the digest of the words that were shown in either language.',
    body: Type.Object({ purpose: word, textVersion: word, textSha256: sha256 }),
    problems: ['consent_missing'],
    open: (_desk, { purpose, textVersion, textSha256 }): { state: string; facts: ConsentFacts } => {
      const known = findConsentText(purpose, textVersion)
      if (!known || !isDigestOf(known, textSha256)) {
        throw new Problem('consent_missing', 'These are not the words of this purpose: read GET /v1/capabilities.')
      }
      return { state: 'granted', facts: { purpose, textVersion, textSha256 } }
    },
  })
}
