import { defineFlow, hours, minutes, moneySchema, textMessage, z } from '@inthread/sdk'
import { readAmount } from './cards.ts'
import { contract } from './contract.ts'

const slots = z.strictObject({ amount: moneySchema, receipt: z.string(), result: z.string() }).partial()

/** A loan to the user's own account; everything about it is said by the bank's dialogue. */
export const borrowFlow = defineFlow(contract, {
  id: 'borrow',
  revision: 1,
  input: z.strictObject({}),
  state: slots,
  start: 'howMuch',
  steps: {
    howMuch: {
      kind: 'ask',
      slot: 'amount',
      prompt: ({ t }) => textMessage(t('borrowHowMuch')),
      read: readAmount,
      timeout: { afterMs: minutes(15), to: 'end' },
      giveUp: 'end',
      next: 'borrow',
    },
    borrow: {
      kind: 'call',
      need: 'borrow',
      operation: 'finance',
      input: ({ config, locale, state }) => ({
        amount: state.amount ?? { amountMinor: 0n, currency: 'CNY' },
        product: config.product,
        purpose: locale === 'en' ? 'Running a business' : '日常经营周转',
      }),
      on: {
        succeeded: { to: 'borrowed', set: ({ receipt }) => ({ receipt }) },
        pending: { to: 'borrowing', set: ({ receipt }) => ({ receipt }) },
        declined: 'notBorrowed',
        cancelled: 'notBorrowed',
        expired: 'notBorrowed',
        unknown: 'borrowing',
      },
    },
    borrowing: { kind: 'say', message: ({ t }) => textMessage(t('borrowing')), next: 'wait' },
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
    end: { kind: 'end' },
  },
})
