import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { orderEnds, quote } from '../outcomes.ts'
import { settledSchema } from '../payment.ts'

/**
 * The user's signature under the query of their credit report: without it no bank looks, and without it nobody is lent
 * anything. The bank's words are the quote, so what is signed is what was shown.
 */
export const creditAuthorisation = defineCapability({
  id: 'credit-authorisation',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    sign: {
      class: 'commit',
      input: z.strictObject({
        application: z.string().min(1).max(190),
        /** The bank's name of the consent to the query. */
        consent: z.string().min(1).max(190),
        quote,
      }),
      outcomes: orderEnds,
      bank: {
        method: 'POST',
        path: '/v1/applications/{application}/submit',
        states: { accepted: 'succeeded', failed: 'declined' },
        collection: '/v1/credit-authorisations',
      },
      confirm: {
        op: 'credit-authorisation',
        title: { 'zh-CN': '签名授权', en: 'Sign authorisation' },
        payer: false,
        payee: false,
      },
    },
  },
  events: { settled: settledSchema },
})
