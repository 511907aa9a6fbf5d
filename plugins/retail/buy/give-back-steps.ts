import { hours, textMessage } from '@inthread/sdk'
import { amountOf, itemOf, type BackNames, type BuyContext, type BuySteps } from './slots.ts'

const factsOf = (context: BuyContext) => ({ name: itemOf(context).name, amount: amountOf(context) })
const refund = ({ state }: BuyContext) => ({ receipt: state.receipt ?? '', reason: 'sold out' })

const wentBackTo = { payment: 'backAtPayer', loan: 'backAtBank', instalments: 'backOnCard' } as const

/** Paid, and gone all the same. That it goes back is said first, and that it has gone back only when it has. */
export const giveBackSteps: BuySteps<BackNames> = {
  gone: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.by === 'loan', to: 'sayGoneByLoan' },
      { is: ({ state }) => state.by === 'instalments', to: 'sayGoneByParts' },
    ],
    otherwise: 'sayGone',
  },
  sayGone: {
    kind: 'say',
    message: (context) => textMessage(context.t('gone', factsOf(context))),
    next: 'giveBackPaid',
  },
  sayGoneByLoan: {
    kind: 'say',
    message: (context) => textMessage(context.t('goneByLoan', factsOf(context))),
    next: 'giveBackLoan',
  },
  sayGoneByParts: {
    kind: 'say',
    message: (context) => textMessage(context.t('goneByParts', factsOf(context))),
    next: 'giveBackParts',
  },
  giveBackPaid: {
    kind: 'call',
    need: 'pay',
    operation: 'refund',
    input: refund,
    on: { succeeded: 'wentBack', declined: 'notBackYet', unknown: 'waitPaidBack' },
  },
  giveBackLoan: {
    kind: 'call',
    need: 'loan',
    operation: 'refund',
    input: refund,
    on: { succeeded: 'wentBack', declined: 'notBackYet', unknown: 'waitLoanBack', unavailable: 'notBackYet' },
  },
  giveBackParts: {
    kind: 'call',
    need: 'parts',
    operation: 'refund',
    input: refund,
    on: { succeeded: 'wentBack', declined: 'notBackYet', unknown: 'waitPartsBack', unavailable: 'notBackYet' },
  },
  waitPaidBack: {
    kind: 'wait',
    need: 'pay',
    event: 'settled',
    limitMs: hours(72),
    on: {
      happened: { to: 'backSettled', set: ({ result }) => ({ paid: result === 'succeeded' }) },
      limit: 'notBackYet',
    },
  },
  waitLoanBack: {
    kind: 'wait',
    need: 'loan',
    event: 'settled',
    limitMs: hours(72),
    on: {
      happened: { to: 'backSettled', set: ({ result }) => ({ paid: result === 'succeeded' }) },
      limit: 'notBackYet',
    },
  },
  waitPartsBack: {
    kind: 'wait',
    need: 'parts',
    event: 'settled',
    limitMs: hours(72),
    on: {
      happened: { to: 'backSettled', set: ({ result }) => ({ paid: result === 'succeeded' }) },
      limit: 'notBackYet',
    },
  },
  backSettled: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.paid === true, to: 'wentBack' }],
    otherwise: 'notBackYet',
  },
  wentBack: {
    kind: 'say',
    message: (context) =>
      textMessage(context.t(wentBackTo[context.state.by ?? 'payment'], { amount: amountOf(context) })),
    next: 'end',
  },
  notBackYet: {
    kind: 'say',
    message: (context) => textMessage(context.t('notBackYet', { amount: amountOf(context) })),
    next: 'end',
  },
}
