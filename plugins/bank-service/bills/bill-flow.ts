import { defineFlow } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { findSteps } from './find-steps.ts'
import { endSteps, paySteps } from './pay-steps.ts'
import { stateSchema, wishSchema } from './slots.ts'
import { topUpSteps } from './top-up-steps.ts'

/** Bills of water, power, gas and insurance, and credit for a phone. */
export const billFlow = defineFlow(contract, {
  id: 'bills',
  revision: 2,
  input: wishSchema,
  state: stateSchema,
  begin: ({ category, amount }) => ({ ...(category ? { category } : {}), ...(amount ? { amount } : {}) }),
  start: 'askCategory',
  steps: { ...findSteps, ...paySteps, ...topUpSteps, ...endSteps },
  moves: {
    1: {
      steps: {
        ...{ askCategory: 'askCategory', askMeter: 'askMeter', askAgain: 'askAgain', askBill: 'askBill' },
        ...{ askRetry: 'askRetry', askNumber: 'askNumber', askCredit: 'askCredit', confirmCredit: 'confirmCredit' },
      },
    },
  },
})
