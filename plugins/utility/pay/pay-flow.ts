import { defineFlow } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { findSteps } from './find-steps.ts'
import { moneySteps } from './money-steps.ts'
import { inputSchema, payState } from './slots.ts'

/** Find what is owed, show it, have it paid, and say when the biller has it. */
export const payFlow = defineFlow(contract, {
  id: 'pay',
  revision: 2,
  input: inputSchema,
  state: payState,
  begin: ({ biller }) => ({ biller }),
  start: 'readServices',
  steps: { ...findSteps, ...moneySteps },
})
