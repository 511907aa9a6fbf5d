import { defineFlow } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { amountSteps } from './amount-steps.ts'
import { findSteps } from './find-steps.ts'
import { rememberFlow } from './remember-flow.ts'
import { endSteps, sendSteps } from './send-steps.ts'
import { stateSchema, wishSchema } from './slots.ts'
import { whoSteps } from './who-steps.ts'

/** Number, masked payee, amount, speed; then the bank's own dialogue; then how it ended. */
export const transferFlow = defineFlow(contract, {
  id: 'transfer',
  revision: 2,
  input: wishSchema,
  state: stateSchema,
  begin: ({ phone, said }) => ({
    ...(phone === undefined ? {} : { who: { phone } }),
    ...(said === undefined ? {} : { said }),
  }),
  start: 'start',
  runs: { remember: rememberFlow },
  steps: { ...whoSteps, ...findSteps, ...amountSteps, ...sendSteps, ...endSteps },
  moves: {
    1: {
      steps: {
        ...{ askDraft: 'askDraft', askWhich: 'askWhich', askWho: 'askWho', askBank: 'askBank', askThem: 'askThem' },
        ...{ askAmount: 'askAmount', askEither: 'askEither', askSpeed: 'askSpeed', askAfter: 'askAfter' },
      },
    },
  },
})
