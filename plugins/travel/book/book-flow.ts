import { defineFlow } from '@inthread/sdk'
import { giveBack } from '../after/give-back.ts'
import { issue } from '../after/issue.ts'
import { contract } from '../contract.ts'
import { beginTrip } from './apply-answer.ts'
import { offerSteps } from './offer-steps.ts'
import { paymentSteps } from './payment-steps.ts'
import { searchSteps } from './search-steps.ts'
import { stateSchema, wishSchema } from './slots.ts'

/** Find a train, pick it, hold a seat, pay, get the ticket. */
export const bookFlow = defineFlow(contract, {
  id: 'book',
  revision: 3,
  input: wishSchema,
  state: stateSchema,
  begin: beginTrip,
  start: 'start',
  runs: { issue, giveBack },
  steps: { ...searchSteps, ...offerSteps, ...paymentSteps },
})
