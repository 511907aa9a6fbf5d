import { days, minutes, textMessage } from '@inthread/sdk'
import { boundNote, boundPlainNote, notBoundNote, retryQuestion } from './messages.ts'
import { getQuote, type BindStep, type BuyContext, type BuyStep } from './slots.ts'

/** From the premium to the policy. Paid and not bound within a day comes back, and the user hears of it. */
export const bindSteps: Readonly<Record<BindStep, BuyStep>> = {
  bind: {
    kind: 'call',
    need: 'insurance',
    operation: 'bind',
    input: ({ state }) => ({ quote: getQuote(state).id, declared: true, purpose: getQuote(state).name.slice(0, 60) }),
    on: {
      succeeded: { to: 'readPolicies', set: () => ({ paid: true }) },
      binding: { to: 'sayBinding', set: () => ({ waiting: true }) },
      declined: { to: 'notBound', set: ({ reason }) => ({ reason, retry: undefined }) },
      cancelled: { to: 'notBound', set: () => ({ reason: undefined }) },
      expired: { to: 'notBound', set: () => ({ reason: undefined }) },
      unknown: 'sayChecking',
    },
  },
  sayBinding: { kind: 'say', message: note('binding'), next: 'wait' },
  sayChecking: { kind: 'say', message: note('checking'), next: 'wait' },
  wait: {
    kind: 'wait',
    need: 'insurance',
    event: 'settled',
    limitMs: days(7),
    on: {
      happened: {
        to: 'settled',
        set: ({ result, reason }) => ({ paid: result === 'succeeded', reason, retry: undefined }),
      },
      limit: 'sayStillOpen',
    },
  },
  sayStillOpen: { kind: 'say', message: ({ t }) => textMessage(t('stillOpen')), next: 'end' },
  settled: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.paid === true, to: 'readPolicies' }],
    otherwise: 'notBound',
  },
  readPolicies: {
    kind: 'call',
    need: 'insurance',
    operation: 'policies',
    input: () => ({}),
    on: {
      listed: {
        to: 'found',
        set: ({ items }, { state }) => ({
          policy: items.find(
            ({ product, from, state: stands }) =>
              stands === 'in_force' && product === getQuote(state).product && from === getQuote(state).from,
          ),
        }),
      },
      declined: 'sayBoundPlain',
      unknown: 'sayBoundPlain',
    },
  },
  found: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.policy === undefined, to: 'sayBoundPlain' }],
    otherwise: 'keep',
  },
  keep: {
    kind: 'write',
    to: 'covers',
    put: ({ state }) => ({ policy: state.policy?.id ?? '', reminders: true }),
    next: 'tell',
  },
  tell: {
    kind: 'emit',
    event: 'bound',
    data: ({ state }) => ({
      policy: state.policy?.id ?? '',
      name: getQuote(state).name,
      to: state.policy?.to ?? getQuote(state).to,
    }),
    next: 'sayBound',
  },
  sayBound: { kind: 'say', message: boundNote, next: 'end' },
  sayBoundPlain: { kind: 'say', message: boundPlainNote, next: 'end' },
  notBound: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.waiting === true, to: 'sayPremiumBack' },
      { is: ({ state }) => state.reason === 'insufficient_funds', to: 'askRetry' },
    ],
    otherwise: 'sayNotBound',
  },
  askRetry: {
    kind: 'ask',
    slot: 'retry',
    prompt: retryQuestion,
    timeout: { afterMs: minutes(30), to: 'sayLater' },
    giveUp: 'sayLater',
    next: 'retried',
  },
  // Today's premium once more: the same one is not asked about again.
  retried: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.retry === 'again', to: 'what' }],
    otherwise: 'sayLater',
  },
  sayPremiumBack: {
    kind: 'say',
    message: ({ state, t }) =>
      textMessage(t('premiumBack', { name: getQuote(state).name, premium: getQuote(state).amount })),
    next: 'end',
  },
  sayNotBound: { kind: 'say', message: notBoundNote, next: 'end' },
}

function note(name: 'binding' | 'checking') {
  return ({ state, t }: BuyContext) => textMessage(t(name, { premium: getQuote(state).amount }))
}
