import { textMessage } from '../message/content.ts'
import { hours, minutes, seconds } from '../time.ts'
import { formCard, readSignAgain, signAgainCard, type CreditContext, type CreditSlots } from './credit-cards.ts'
import { order, say, type CreditSteps } from './credit-names.ts'

type LookNames = 'look' | 'isFormShown' | 'openPage' | 'sayForm' | 'isReviewTold' | 'sayReviewing'
type SignNames = 'sign' | 'askSignAgain' | 'signAgainChosen'
type WaitNames = 'waitForSignature' | 'waitBriefly' | 'isLong' | 'waitForNews' | 'waitLonger' | 'isTooLong'
type EndNames = 'sayUnfinished' | 'sayNeedMore' | 'sayTurnedDown' | 'sayClosed'

const application = (context: CreditContext): { order: string; application: string } => ({
  ...order(context),
  application: context.state.application ?? '',
})
const countLook = ({ state: { looks = 0 } }: CreditContext): Partial<CreditSlots> => ({ looks: looks + 1 })

/** The application stands at the bank, and what comes next is what its state says: form, signature, decision, offer. */
export const waySteps: CreditSteps<LookNames | SignNames | WaitNames | EndNames> = {
  look: {
    kind: 'call',
    need: 'credit',
    operation: 'look',
    input: application,
    on: {
      to_fill: { to: 'isFormShown', set: (_found, context) => countLook(context) },
      to_sign: { to: 'askSignature', set: ({ authorisation }) => toSign(authorisation?.id) },
      reviewing: { to: 'isReviewTold', set: (_found, context) => countLook(context) },
      need_more: 'sayNeedMore',
      offered: { to: 'readOffer', set: ({ offer }) => ({ offer, choice: undefined, seen: undefined }) },
      closed: 'sayClosed',
      declined: { to: 'whyRefused', set: ({ reason }) => ({ reason }) },
      unknown: { to: 'isLong', set: (_found, context) => countLook(context) },
    },
  },
  isFormShown: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.formShown === true, to: 'isTooLong' }],
    otherwise: 'openPage',
  },
  openPage: {
    kind: 'call',
    need: 'credit',
    operation: 'page',
    input: application,
    on: {
      opened: { to: 'sayForm', set: ({ page }) => ({ page: page.url, formShown: true }) },
      not_now: 'isLong',
      declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
      unknown: 'sayUnfinished',
    },
  },
  sayForm: say(formCard, 'waitForNews'),
  isReviewTold: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.reviewTold === true, to: 'isLong' }],
    otherwise: 'sayReviewing',
  },
  sayReviewing: say(({ t }) => textMessage(t('reviewing')), 'waitBriefly'),
  ...buildSigning(),
  ...buildWaits(),
  sayUnfinished: say(({ t }) => textMessage(t('unfinished'))),
  sayNeedMore: say(({ t }) => textMessage(t('needMore'))),
  sayTurnedDown: say(({ t }) => textMessage(t('turnedDown'))),
  sayClosed: say(({ t }) => textMessage(t('closed'))),
}

function toSign(authorisation: string | undefined): Partial<CreditSlots> {
  return { authorisation, looks: 0, signsAgain: undefined }
}

/** A code that came too late, or a tap on the wrong button, does not end an application. */
function buildSigning(): CreditSteps<SignNames> {
  return {
    sign: {
      kind: 'call',
      need: 'signature',
      operation: 'sign',
      input: ({ state }) => ({
        application: state.application ?? '',
        consent: state.signing ?? '',
        quote: state.authorisation ?? '',
      }),
      on: {
        succeeded: 'look',
        declined: 'askSignAgain',
        cancelled: 'askSignAgain',
        expired: 'askSignAgain',
        unknown: 'waitForSignature',
      },
    },
    askSignAgain: {
      kind: 'ask',
      slot: 'signsAgain',
      prompt: signAgainCard,
      read: readSignAgain,
      timeout: { afterMs: hours(24), to: 'sayUnfinished' },
      next: 'signAgainChosen',
    },
    // What the application says by then decides what is signed.
    signAgainChosen: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.signsAgain === 'yes', to: 'look' }],
      otherwise: 'withdraw',
    },
  }
}

/**
 * The thread goes on by the bank's notice. Should that be lost, the application is looked at every minute, and after a
 * quarter of an hour every hour, for a day and a half.
 */
function buildWaits(): CreditSteps<WaitNames> {
  return {
    // A form that nobody fills in is not waited for as long as a decision.
    isTooLong: {
      kind: 'branch',
      when: [{ is: ({ state: { looks = 0 } }) => looks > 12, to: 'sayUnfinished' }],
      otherwise: 'waitForNews',
    },
    isLong: {
      kind: 'branch',
      when: [
        { is: ({ state: { looks = 0 } }) => looks > 50, to: 'sayUnfinished' },
        { is: ({ state: { looks = 0 } }) => looks > 20, to: 'waitLonger' },
        { is: ({ state: { looks = 0 } }) => looks > 5, to: 'waitForNews' },
      ],
      otherwise: 'waitBriefly',
    },
    // Whether it arrived is the bank's to say; what comes next is what the application then says.
    waitForSignature: {
      kind: 'wait',
      need: 'signature',
      event: 'settled',
      limitMs: hours(30),
      on: { happened: 'look', limit: 'sayUnfinished' },
    },
    // A notice that comes while the application is being looked at is not waited for any more: look again soon.
    waitBriefly: {
      kind: 'wait',
      need: 'credit',
      event: 'changed',
      limitMs: seconds(3),
      on: { happened: { to: 'look', set: noteReview }, limit: { to: 'look', set: noteReview } },
    },
    waitForNews: {
      kind: 'wait',
      need: 'credit',
      event: 'changed',
      limitMs: minutes(1),
      on: { happened: { to: 'look', set: noteReview }, limit: { to: 'look', set: noteReview } },
    },
    waitLonger: {
      kind: 'wait',
      need: 'credit',
      event: 'changed',
      limitMs: hours(1),
      on: { happened: 'look', limit: 'look' },
    },
  }
}

/** Whoever has waited for a decision once has been told so. */
function noteReview(_happened: unknown, { state }: CreditContext): Partial<CreditSlots> {
  return state.authorisation === undefined ? {} : { reviewTold: true }
}
