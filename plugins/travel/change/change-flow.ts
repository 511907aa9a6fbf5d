import { defineFlow } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { changeMoneySteps } from './change-money-steps.ts'
import { changeState, whenSchema } from './change-slots.ts'
import { searchingSteps } from './searching-steps.ts'
import { giveBack } from '../after/give-back.ts'
import { issue } from '../after/issue.ts'
import { pickTicket } from '../after/pick-ticket.ts'

/** A ticket becomes one for another train: new seat, money, new ticket, and only then the old one ends. */
export const changeFlow = defineFlow(contract, {
  id: 'change',
  revision: 2,
  input: whenSchema,
  state: changeState,
  begin: (when) => (Object.keys(when).length > 0 ? { when } : {}),
  start: 'pick',
  runs: { pickTicket, issue, giveBack },
  steps: { ...searchingSteps, ...changeMoneySteps },
})
