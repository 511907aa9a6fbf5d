import { defineFlow } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { findSteps } from './find-steps.ts'
import { endSteps, paySteps } from './pay-steps.ts'
import { stateSchema, wishSchema } from './slots.ts'
import { topUpSteps } from './top-up-steps.ts'

/** Bills of water, power, gas and insurance, and credit for a phone. */
export const billFlow = defineFlow(contract, {
  id: 'bills',
  revision: 1,
  input: wishSchema,
  state: stateSchema,
  begin: ({ category, amount }) => ({ ...(category ? { category } : {}), ...(amount ? { amount } : {}) }),
  start: 'askCategory',
  steps: { ...findSteps, ...paySteps, ...topUpSteps, ...endSteps },
})
