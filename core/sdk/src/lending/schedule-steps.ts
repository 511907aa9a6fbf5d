import { hasPart, scheduleMessage } from './credit-cards.ts'
import { say, type CreditSteps } from './credit-names.ts'

type Names = 'saySchedule' | 'isMore' | 'sayMore' | 'isRest' | 'sayRest' | 'scheduleSeen'

/** Every payment, in as many messages as it takes; then the question that the schedule was asked for at. */
export const scheduleSteps: CreditSteps<Names> = {
  saySchedule: say((context) => scheduleMessage(context), 'isMore'),
  isMore: {
    kind: 'branch',
    when: [{ is: (context) => hasPart(context, 1), to: 'sayMore' }],
    otherwise: 'scheduleSeen',
  },
  sayMore: say((context) => scheduleMessage(context, 1), 'isRest'),
  isRest: {
    kind: 'branch',
    when: [{ is: (context) => hasPart(context, 2), to: 'sayRest' }],
    otherwise: 'scheduleSeen',
  },
  sayRest: say((context) => scheduleMessage(context, 2), 'scheduleSeen'),
  scheduleSeen: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.offer !== undefined, to: 'offer' }],
    otherwise: 'facts',
  },
}
