import type { StepOf } from '../plugin/step.ts'
import type { Content } from '../message/content.ts'
import type { CounterNames } from '../dialogue/counter-flow.ts'
import type { CreditContext, CreditSlots } from './credit-cards.ts'
import type { CreditContract } from './credit-contract.ts'

type FactNames = 'open' | 'cost' | 'hasCost' | 'facts' | 'factsChosen' | 'estimate' | 'sayNotOffered' | 'sayLeft'
type ScheduleNames = 'saySchedule' | 'isMore' | 'sayMore' | 'isRest' | 'sayRest' | 'scheduleSeen'
type ConsentNames =
  | 'mine'
  | 'hasOpen'
  | 'askReplace'
  | 'replaceChosen'
  | 'replaceOpen'
  | 'askConsent'
  | 'askMarketing'
  | 'hasApplied'
  | 'consent'
  | 'answerConsent'
  | 'wasNeeded'
  | 'nextConsent'
  | 'sayWithoutConsent'
  | 'apply'
  | 'consentLeft'
  | 'whyRefused'
  | 'sayAlready'
  | 'sayKept'
  | 'sayUnsure'
  | 'sayResumed'
type WayNames =
  | 'look'
  | 'isFormShown'
  | 'openPage'
  | 'sayForm'
  | 'isLong'
  | 'isTooLong'
  | 'waitForNews'
  | 'waitLonger'
  | 'waitBriefly'
  | 'waitForSignature'
  | 'askSignature'
  | 'sign'
  | 'askSignAgain'
  | 'signAgainChosen'
  | 'sayReviewing'
  | 'isReviewTold'
  | 'sayUnfinished'
  | 'sayNeedMore'
  | 'sayTurnedDown'
  | 'sayClosed'
type OfferNames =
  | 'readOffer'
  | 'offer'
  | 'offerChosen'
  | 'isOfferOver'
  | 'sayOfferOver'
  | 'sayChangedOffer'
  | 'withdraw'
  | 'endConsents'
  | 'sayWithdrawn'
  | 'waitForMoney'

/** After the contract of a card. */
type CardNames =
  'findCard' | 'readCard' | 'askActivate' | 'activateChosen' | 'activate' | 'sayActive' | 'sayActivateLater'

export type CreditNames = CounterNames | FactNames | ScheduleNames | ConsentNames | WayNames | OfferNames | CardNames
export type CreditStep = StepOf<CreditContract, CreditSlots, CreditNames, { order: string }>
export type CreditSteps<N extends CreditNames> = { readonly [K in N]: CreditStep }

export const say = (message: (context: CreditContext) => Content, next: CreditNames = 'end'): CreditStep => ({
  kind: 'say',
  message,
  next,
})
export const order = ({ input }: CreditContext): { order: string } => ({ order: input.order })
