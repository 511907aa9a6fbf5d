import { Type } from 'typebox'
import { assertConsents } from '../consents/assert-consents.ts'
import { commitDeedChange } from '../deeds/change-deed.ts'
import { defineCommit } from '../deeds/deed-kind.ts'
import { getDeed } from '../deeds/deed-routes.ts'
import { Problem } from '../transport/problem.ts'
import { stepWords, type Application } from './application-facts.ts'
import { applications } from './application-kind.ts'
import { findCreditPurpose } from './credit-check.ts'

const body = Type.Object({ consent: Type.String({ minLength: 1, maxLength: 64 }) })

interface Facts {
  readonly application: string
  readonly consent: string
}

/** The written authorisation of a credit check: with it the application is looked at. Kept as evidence. */
export const creditAuthorisations = defineCommit<Facts, typeof body>({
  thing: 'credit_authorisation',
  prefix: 'cra',
  url: '/v1/credit-authorisations',
  postUrl: '/v1/applications/:id/submit',
  name: 'CreditAuthorisation',
  states: ['accepted', 'failed'],
  outcomes: { accepted: 'none', failed: 'none' },
  view: Type.Object({ application: Type.Optional(Type.String()), consent: Type.Optional(Type.String()) }),
  render: (_bank, { facts }) => facts,
  summary: 'Hands an application in, with the signed authorisation to query the credit report.',
  ops: ['credit-authorisation'],
  body,
  problems: ['consent_missing'],
  begin: ({ bank, client, link, at = '', quote, body: { consent }, now }) => {
    const deed = getDeed(bank, applications, { clientId: client.id, id: at }) as Application
    if (deed.state !== 'credit_authorisation' || deed.facts.authorisation !== quote?.id) {
      throw new Problem('state_conflict', `The application is ${deed.state}: it does not wait for this authorisation.`)
    }
    assertConsents(bank, [consent], { clientId: client.id, linkId: link.id, purposes: [findCreditPurpose(deed)] })
    const facts = { ...deed.facts, consents: [...deed.facts.consents, consent] }
    const change = { state: stepWords[deed.facts.type].reviewing, facts, dueAt: now + bank.terms.reviewMs }
    commitDeedChange(bank, applications, { deed, change })
    return { state: 'accepted', facts: { application: deed.id, consent }, parentId: deed.id }
  },
})
