import { defineFlow } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { followInput, followResult, followState } from './follow-slots.ts'
import { followSteps } from './follow-steps.ts'

/** A claim from its report to its end. It is reported here, so that the insurer's news reach whoever waits for them. */
export const followFlow = defineFlow(contract, {
  id: 'follow',
  revision: 2,
  input: followInput,
  state: followState,
  result: followResult,
  start: 'begin',
  steps: followSteps,
})
