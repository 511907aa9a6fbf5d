import { defineFlow } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { bindSteps } from './bind-steps.ts'
import { quoteSteps } from './quote-steps.ts'
import { buyInput, buyResult, buyState } from './slots.ts'

/** A new policy, or the next year of one: quote, declaration, premium, policy. */
export const buyFlow = defineFlow(contract, {
  id: 'buy',
  revision: 2,
  input: buyInput,
  state: buyState,
  result: buyResult,
  begin: ({ product }) => ({ product }),
  start: 'what',
  steps: { ...quoteSteps, ...bindSteps },
})
