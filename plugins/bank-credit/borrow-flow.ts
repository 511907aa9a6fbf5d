import { defineFlow, hours, minutes, textMessage } from '@inthread/sdk'
import { contract } from './contract.ts'
import { estimateSteps } from './estimate-steps.ts'
import {
  amountQuestion,
  borrowInput,
  borrowSlots,
  keepFitting,
  listBusinessLoans,
  loanCards,
  periodQuestion,
  readLoanAmount,
  readPeriod,
  summary,
  useQuestion,
} from './loan-choice.ts'
import { readGoOn } from './words/read-answer.ts'

const patience = { timeout: { afterMs: minutes(15), to: 'end' }, giveUp: 'leave' } as const

const questions = {
  which: 'which',
  whatFor: 'whatFor',
  howMuch: 'howMuch',
  howLong: 'howLong',
  confirm: 'confirm',
} as const

/**
 * A loan for a small business: how much it could be, if that is asked first, then which one, what for, how much, how
 * long. The rest is said by the bank's dialogue.
 */
export const borrowFlow = defineFlow(contract, {
  id: 'borrow',
  revision: 5,
  input: borrowInput,
  state: borrowSlots,
  moves: {
    3: { steps: questions },
    4: { steps: questions },
  },
  start: 'begin',
  steps: {
    begin: {
      kind: 'branch',
      when: [{ is: ({ input }) => input.first === 'estimate', to: 'estimate' }],
      otherwise: 'products',
    },
    ...estimateSteps,
    products: {
      kind: 'call',
      need: 'borrow',
      operation: 'products',
      input: () => ({}),
      on: {
        listed: {
          to: 'hasLoans',
          set: ({ products }, { state: { choice } }) => {
            const loans = listBusinessLoans(products)
            const chosen = loans.find(({ id }) => id === choice?.product)
            return { loans, ...(chosen ? { loan: chosen.id } : {}) }
          },
        },
        declined: 'unreachable',
        unknown: 'unreachable',
      },
    },
    hasLoans: {
      kind: 'branch',
      when: [{ is: ({ state: { loans = [] } }) => loans.length === 0, to: 'noLoan' }],
      otherwise: 'which',
    },
    which: {
      kind: 'ask',
      slot: 'loan',
      prompt: loanCards,
      read: (words, { state: { loans = [] } }) => loans.find(({ name }) => name === words.trim())?.id,
      ...patience,
      next: 'whatFor',
    },
    whatFor: {
      kind: 'ask',
      slot: 'use',
      prompt: useQuestion,
      ...patience,
      next: 'howMuch',
    },
    howMuch: {
      kind: 'ask',
      slot: 'amount',
      prompt: amountQuestion,
      read: readLoanAmount,
      ...patience,
      next: { to: 'amountKept', set: keepFitting },
    },
    amountKept: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.amount === undefined, to: 'sayOutside' }],
      otherwise: 'howLong',
    },
    sayOutside: {
      kind: 'say',
      message: ({ t, state: { outside } }) =>
        textMessage(t('amountOutside', { outside: outside ?? { amountMinor: 0n, currency: 'CNY' } })),
      next: 'howMuch',
    },
    howLong: {
      kind: 'ask',
      slot: 'periods',
      prompt: periodQuestion,
      read: readPeriod,
      ...patience,
      next: 'confirm',
    },
    confirm: { kind: 'ask', slot: 'goes', prompt: summary, read: readGoOn, ...patience, next: 'confirmed' },
    confirmed: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.goes === 'yes', to: 'borrow' }],
      otherwise: 'notBorrowed',
    },
    borrow: {
      kind: 'call',
      need: 'borrow',
      operation: 'borrow',
      input: ({ state }) => ({
        amount: state.amount ?? { amountMinor: 0n, currency: 'CNY' },
        product: state.loan ?? '-',
        ...(state.periods === undefined ? {} : { periods: state.periods }),
        use: state.use ?? '-',
      }),
      on: {
        succeeded: { to: 'borrowed', set: ({ receipt }) => ({ receipt }) },
        pending: { to: 'borrowing', set: ({ receipt }) => ({ receipt }) },
        declined: 'notBorrowed',
        cancelled: 'notBorrowed',
        expired: 'notBorrowed',
        unknown: 'checking',
      },
    },
    borrowing: { kind: 'say', message: ({ t }) => textMessage(t('borrowing')), next: 'wait' },
    checking: { kind: 'say', message: ({ t }) => textMessage(t('borrowChecking')), next: 'wait' },
    wait: {
      kind: 'wait',
      need: 'borrow',
      event: 'settled',
      limitMs: hours(72),
      on: { happened: { to: 'settled', set: ({ result, receipt }) => ({ result, receipt }) }, limit: 'end' },
    },
    settled: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'borrowed' }],
      otherwise: 'notBorrowed',
    },
    borrowed: {
      kind: 'say',
      message: ({ t, state }) => textMessage(t('borrowed', { receipt: state.receipt ?? '' })),
      next: 'end',
    },
    notBorrowed: { kind: 'say', message: ({ t }) => textMessage(t('notBorrowed')), next: 'end' },
    leave: { kind: 'say', message: ({ t }) => textMessage(t('leave')), next: 'end' },
    noLoan: { kind: 'say', message: ({ t }) => textMessage(t('noBusinessLoan')), next: 'end' },
    unreachable: { kind: 'say', message: ({ t }) => textMessage(t('unreachable')), next: 'end' },
    end: { kind: 'end' },
  },
})
