import { cardMessage, money, reply, textMessage } from '@inthread/sdk'
import { readAmount } from '../words/read-amount.ts'
import { readPhone } from '../words/read-phone.ts'
import { patience, whyNot } from './find-steps.ts'
import { debited } from './pay-steps.ts'
import type { BillState, BillStep, TopUpNames } from './slots.ts'

const usual = ['30.00', '50.00', '100.00', '200.00'].map((amount) => money(amount, 'CNY'))

/** Number and amount, then the bank's quote with both, then the bank's own dialogue. */
export const topUpSteps: Readonly<Record<TopUpNames, BillStep>> = {
  askNumber: {
    kind: 'ask',
    slot: 'phone',
    prompt: ({ t }) => textMessage(t('whichNumber'), [reply(t('ownNumber'), 'own')]),
    read: (words) => readPhone(words),
    ...patience,
    next: 'askCredit',
  },
  askCredit: {
    kind: 'ask',
    slot: 'amount',
    prompt: ({ t }) =>
      textMessage(
        t('howMuchCredit'),
        usual.map((amount) => reply(t('amountLabel', { amount }), amount)),
      ),
    read: (words) => {
      const said = readAmount(words)
      return said && 'amount' in said ? said.amount : undefined
    },
    ...patience,
    next: 'topUpQuote',
  },
  topUpQuote: {
    kind: 'call',
    need: 'bills',
    operation: 'topUpQuote',
    input: ({ state: { phone = 'own', amount = money('0', 'CNY') } }) => ({
      amount,
      ...(phone === 'own' ? {} : { phone }),
    }),
    on: {
      quoted: {
        to: 'confirmCredit',
        set: ({ id, phone, payee }) => ({ quote: { id, phone, carrier: payee.name }, credit: undefined }),
      },
      limited: { to: 'sayCreditLimited', set: () => anotherAmount },
      declined: whyNot,
      unknown: 'sayUnreachable',
    },
  },
  sayCreditLimited: { kind: 'say', message: ({ t }) => textMessage(t('topUpLimited')), next: 'askCredit' },
  confirmCredit: {
    kind: 'ask',
    slot: 'credit',
    prompt: ({ t, state: { quote, amount = money('0', 'CNY') } }) =>
      cardMessage({
        title: t('topUpTitle', { phone: quote?.phone ?? '', amount }),
        description: t('topUpBody', { carrier: quote?.carrier ?? '' }),
        suggestions: [
          reply(t('topUp'), 'topUp' as const),
          reply(t('otherCredit'), 'amount' as const),
          reply(t('notNow'), 'no' as const),
        ],
      }),
    ...patience,
    next: { to: 'credited', set: (credit) => (credit === 'amount' ? { amount: undefined } : {}) },
  },
  credited: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.credit === 'topUp', to: 'topUp' },
      { is: ({ state }) => state.credit === 'amount', to: 'askCredit' },
    ],
    otherwise: 'sayNotPaid',
  },
  topUp: {
    kind: 'call',
    need: 'bills',
    operation: 'topUp',
    input: ({ state: { quote } }) => ({ quote: quote?.id ?? '' }),
    on: {
      succeeded: 'saySettled',
      checking: debited,
      declined: { to: 'askCreditRetry', set: () => anotherAmount },
      cancelled: 'sayNotPaid',
      expired: { to: 'askCreditRetry', set: () => anotherAmount },
      unknown: 'sayChecking',
    },
  },
  askCreditRetry: {
    kind: 'ask',
    slot: 'retry',
    prompt: ({ t }) => textMessage(t('topUpRetry'), [reply(t('changeCredit'), 'amount'), reply(t('noTopUp'), 'no')]),
    ...patience,
    next: 'retry',
  },
}

const anotherAmount: Partial<BillState> = { amount: undefined, retry: undefined }
