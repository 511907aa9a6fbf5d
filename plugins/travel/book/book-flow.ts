import { defineFlow } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { beginTrip } from './apply-answer.ts'
import { offerSteps } from './offer-steps.ts'
import { paymentSteps } from './payment-steps.ts'
import { searchSteps } from './search-steps.ts'
import { stateSchema, wishSchema } from './slots.ts'

/** Find a train, pick it, hold a seat, pay, get the ticket. */
export const bookFlow = defineFlow(contract, {
  id: 'book',
  revision: 1,
  input: wishSchema,
  state: stateSchema,
  begin: beginTrip,
  start: 'start',
  steps: { ...searchSteps, ...offerSteps, ...paymentSteps },
})
