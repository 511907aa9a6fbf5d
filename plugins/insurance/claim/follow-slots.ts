import { Fault, z, type ContextOf, type StepOf } from '@inthread/sdk'
import { claimSchema } from '@inthread/sdk/capabilities'
import type { contract } from '../contract.ts'
import { reportSchema } from './claim-slots.ts'

/** Something to report, or a claim that was reported before. */
export const followInput = z.strictObject({ report: reportSchema.optional(), claim: z.string().optional() })
export const followResult = z.strictObject({})

export const followState = z
  .strictObject({
    claim: claimSchema,
    more: z.string(),
    /** Whether these words go to the insurer. */
    sending: z.enum(['yes', 'no']),
    /** How often the insurer has not answered to the same thing. */
    tries: z.int(),
    /** That it was heard after all is seen by where the claim stands now. */
    late: z.boolean(),
    decision: z.enum(['yes', 'no']),
    objection: z.enum(['yes', 'no']),
  })
  .partial()

export type FollowStepName =
  | 'begin'
  | 'report'
  | 'sayReported'
  | 'sayTooMuch'
  | 'sayNotReported'
  | 'sayUnsure'
  | 'look'
  | 'inVain'
  | 'sayProgressUnknown'
  | 'judge'
  | 'wait'
  | 'unanswered'
  | 'sayNotYet'
  | 'waitSoon'
  | 'sayAskPeople'
  | 'sayWorking'
  | 'askMore'
  | 'checkMore'
  | 'sendOrNot'
  | 'document'
  | 'sayGotMore'
  | 'offer'
  | 'answered'
  | 'agree'
  | 'sayAgreed'
  | 'sayThinking'
  | 'denied'
  | 'objecting'
  | 'object'
  | 'sayObjected'
  | 'sayUnderstood'
  | 'sayClosed'
  | 'sayPaid'
  | 'end'

type State = z.infer<typeof followState>
type Input = z.infer<typeof followInput>
export type FollowStep = StepOf<typeof contract, State, FollowStepName, Input, z.infer<typeof followResult>>
export type FollowContext = ContextOf<typeof contract, State, Input>

export function getClaim({ claim }: State): z.infer<typeof claimSchema> {
  if (!claim) throw new Fault('platform.unexpected', { data: { step: 'insurance/follow: claim' } })
  return claim
}

export function getReport({ report }: Input): z.infer<typeof reportSchema> {
  if (!report) throw new Fault('platform.unexpected', { data: { step: 'insurance/follow: report' } })
  return report
}
