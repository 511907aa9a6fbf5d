import { textMessage } from '../message/content.ts'
import { hours } from '../time.ts'
import { choose, offerCard, type CreditContext } from './credit-cards.ts'
import { order, say, type CreditSteps } from './credit-names.ts'

type OfferNames = 'readOffer' | 'offer' | 'offerChosen' | 'sayChangedOffer' | 'prepare' | 'isOfferOver' | 'sayOfferOver'
type LeaveNames = 'withdraw' | 'endConsents' | 'sayWithdrawn'

/** What the bank offers; signing it is the confirm card, which is rendered from this very offer. */
export const offerSteps: CreditSteps<OfferNames | LeaveNames> = {
  readOffer: {
    kind: 'call',
    need: 'credit',
    operation: 'offer',
    input: (context) => ({ ...order(context), offer: context.state.offer ?? '' }),
    on: {
      open: {
        to: 'offer',
        set: ({ name, facts: rows, headline: rate, credit, limit, expiresAt }) => ({
          ...{ name, rows, rate, schedule: credit?.schedule, limit, until: expiresAt },
        }),
      },
      over: 'sayClosed',
      declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
      unknown: 'sayUnfinished',
    },
  },
  offer: {
    kind: 'ask',
    slot: 'choice',
    prompt: offerCard,
    timeout: { afterMs: hours(24), to: 'isOfferOver' },
    next: { to: 'offerChosen', set: choose },
  },
  offerChosen: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.choice === 'go', to: 'prepare' },
      { is: ({ state }) => state.choice === 'leave', to: 'withdraw' },
    ],
    otherwise: 'saySchedule',
  },
  prepare: {
    kind: 'call',
    need: 'desk',
    operation: 'prepare',
    input: (context) => ({ ...order(context), quote: context.state.offer ?? '' }),
    on: {
      ready: { to: 'choose', set: ({ methods, order: summary }) => ({ summary, method: methods[0]?.id }) },
      declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
      // The bank thinks otherwise now: what it says now is shown, and asked about anew.
      expired: 'sayChangedOffer',
      unknown: 'sayUnfinished',
    },
  },
  // What has died meanwhile does not go on from here.
  isOfferOver: {
    kind: 'branch',
    when: [{ is: ({ state: { until }, now }) => until !== undefined && until <= now, to: 'sayOfferOver' }],
    otherwise: 'sayUnfinished',
  },
  sayOfferOver: say(({ t }) => textMessage(t('offerOver'))),
  sayChangedOffer: say(({ t }) => textMessage(t('changedOffer')), 'look'),
  ...buildLeaving(),
}

function buildLeaving(): CreditSteps<LeaveNames> {
  return {
    withdraw: {
      kind: 'call',
      need: 'credit',
      operation: 'withdraw',
      input: (context: CreditContext) => ({ ...order(context), application: context.state.application ?? '' }),
      on: { withdrawn: 'endConsents', too_late: 'sayClosed', declined: 'endConsents', unknown: 'sayUnsure' },
    },
    endConsents: {
      kind: 'call',
      need: 'consents',
      operation: 'endConsents',
      input: order,
      on: { ended: 'sayWithdrawn', declined: 'sayWithdrawn', expired: 'sayWithdrawn', unknown: 'sayWithdrawn' },
    },
    sayWithdrawn: say(({ t }) => textMessage(t('withdrawn'))),
  }
}
