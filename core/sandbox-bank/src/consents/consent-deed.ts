import { Type } from 'typebox'
import { defineAction, defineDeed } from '../deeds/deed-kind.ts'
import { Problem } from '../transport/problem.ts'

export interface ConsentFacts {
  readonly purpose: string
  readonly textVersion: string
  readonly textSha256: string
}

/** A customer's leave for one purpose, with the digest of the words that were shown. */
export const consents = defineDeed<ConsentFacts>({
  thing: 'consent',
  prefix: 'cns',
  url: '/v1/consents',
  name: 'Consent',
  states: ['granted', 'withdrawn', 'suspended'],
  outcomes: { granted: 'none', withdrawn: 'none', suspended: 'none' },
  view: Type.Object({ purpose: Type.String(), textVersion: Type.String(), textSha256: Type.String() }),
  render: (_bank, { facts }) => facts,
  actions: {
    withdraw: defineAction({
      summary: 'Takes it back. What was begun under it goes on without it.',
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (_bank, { state }) => {
        if (state === 'granted') return { state: 'withdrawn' }
        throw new Problem('state_conflict', `The consent is ${state} already.`)
      },
    }),
  },
})
