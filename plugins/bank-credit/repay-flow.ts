import { defineFlow, hours, moneySchema, textMessage, z } from '@inthread/sdk'
import { loanCard, loanSchema, quoteCard } from './cards.ts'
import { contract } from './contract.ts'
import { patience } from './patience.ts'
import { readAmount } from './words/read-amount.ts'
import { readGoOn } from './words/read-answer.ts'

const slots = z
  .strictObject({
    loan: loanSchema,
    act: z.enum(['due', 'part', 'payoff', 'later']),
    part: moneySchema,
    quote: z.string(),
    amount: moneySchema,
    rows: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    goes: z.enum(['yes', 'no']),
    result: z.string(),
  })
  .partial()

/** What is owed of a loan, late or not yet, and paying it: what is due, some of it early, or all of it. */
export const repayFlow = defineFlow(contract, {
  id: 'repay',
  revision: 2,
  input: z.strictObject({}),
  state: slots,
  moves: { 1: { steps: { show: 'show', howMuch: 'howMuch', confirm: 'confirm' } } },
  start: 'list',
  steps: {
    list: {
      kind: 'call',
      need: 'loan',
      operation: 'loans',
      input: () => ({}),
      on: {
        listed: {
          to: 'hasLoan',
          // What is late comes first.
          set: ({ items }) => ({
            loan: items.find(({ state }) => state === 'overdue') ?? items.find(({ state }) => state === 'active'),
          }),
        },
        declined: 'unreachable',
        unknown: 'unreachable',
      },
    },
    hasLoan: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.loan !== undefined, to: 'show' }],
      otherwise: 'noLoans',
    },
    show: {
      kind: 'ask',
      slot: 'act',
      prompt: ({ t, locale, state: { loan } }) => loanCard({ t, locale, loan }),
      ...patience,
      next: 'acts',
    },
    acts: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.act === 'later', to: 'leave' },
        { is: ({ state }) => state.act === 'part', to: 'howMuch' },
      ],
      otherwise: 'price',
    },
    howMuch: {
      kind: 'ask',
      slot: 'part',
      prompt: ({ t }) => textMessage(t('howMuch')),
      read: readAmount,
      ...patience,
      next: 'price',
    },
    price: {
      kind: 'call',
      need: 'loan',
      operation: 'payoff',
      input: ({ state: { loan, act = 'due', part } }) => ({
        loan: loan?.id ?? '-',
        kind: act === 'later' ? ('due' as const) : act,
        ...(act === 'part' && part ? { amount: part } : {}),
      }),
      on: {
        quoted: { to: 'confirm', set: ({ id, amount, facts }) => ({ quote: id, amount, rows: facts }) },
        not_possible: 'notPossible',
        declined: 'unreachable',
        unknown: 'unreachable',
      },
    },
    confirm: {
      kind: 'ask',
      slot: 'goes',
      prompt: ({ t, locale, state: { amount, rows = [] } }) => quoteCard({ t, locale, amount, rows }),
      read: readGoOn,
      ...patience,
      next: 'confirmed',
    },
    confirmed: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.goes === 'yes', to: 'repay' }],
      otherwise: 'notRepaid',
    },
    repay: {
      kind: 'call',
      need: 'loan',
      operation: 'repay',
      input: ({ state }) => ({ quote: state.quote ?? '-' }),
      on: {
        succeeded: 'repaid',
        processing: 'wait',
        declined: 'notRepaid',
        cancelled: 'notRepaid',
        expired: 'notRepaid',
        unknown: 'checking',
      },
    },
    checking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'wait' },
    wait: {
      kind: 'wait',
      need: 'loan',
      event: 'settled',
      limitMs: hours(30),
      on: { happened: { to: 'settled', set: ({ result }) => ({ result }) }, limit: 'end' },
    },
    settled: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'repaid' }],
      otherwise: 'notRepaid',
    },
    repaid: {
      kind: 'say',
      message: ({ t, state: { amount } }) =>
        textMessage(t('repaid', { amount: amount ?? { amountMinor: 0n, currency: 'CNY' } })),
      next: 'end',
    },
    notRepaid: { kind: 'say', message: ({ t }) => textMessage(t('notRepaid')), next: 'end' },
    notPossible: { kind: 'say', message: ({ t }) => textMessage(t('notPossible')), next: 'end' },
    leave: { kind: 'say', message: ({ t }) => textMessage(t('leave')), next: 'end' },
    noLoans: { kind: 'say', message: ({ t }) => textMessage(t('noLoans')), next: 'end' },
    unreachable: { kind: 'say', message: ({ t }) => textMessage(t('unreachable')), next: 'end' },
    end: { kind: 'end' },
  },
})
