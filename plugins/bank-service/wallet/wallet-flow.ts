import {
  cardMessage,
  defineFlow,
  hours,
  minutes,
  money,
  moneySchema,
  reply,
  textMessage,
  z,
  type Content,
  type ContextOf,
} from '@inthread/sdk'
import { walletSchema } from '@inthread/sdk/capabilities'
import { contract } from '../contract.ts'
import { readAmount } from '../words/read-amount.ts'

const state = z
  .strictObject({
    wallet: walletSchema,
    act: z.enum(['open', 'load', 'done']),
    amount: moneySchema,
    quote: z.string(),
    retry: z.enum(['again', 'no']),
    linked: z.boolean(),
    result: z.enum(['succeeded', 'declined']),
  })
  .partial()
const input = z.strictObject({})
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

const patience = { timeout: { afterMs: minutes(10), to: 'sayQuiet' }, giveUp: 'sayQuiet' } as const
const say = (message: (context: Context) => Content) => ({ kind: 'say', message, next: 'end' }) as const
// The bank's own card has said why not: what is left to say is how to go on.
const askRetry = { to: 'askRetry', set: () => ({ retry: undefined }) } as const
const usual = ['100.00', '200.00', '500.00'].map((amount) => money(amount, 'CNY'))

/** A wallet by phone number alone: opened, looked at, loaded. Paying with it is a payment like any other. */
export const walletFlow = defineFlow(contract, {
  id: 'wallet',
  revision: 2,
  input,
  state,
  start: 'list',
  steps: {
    list: {
      kind: 'call',
      need: 'wallet',
      operation: 'list',
      input: () => ({}),
      on: {
        listed: { to: 'has', set: ({ items }) => ({ wallet: items[0] }) },
        declined: { to: 'whyNot', set: ({ reason }) => ({ linked: reason !== 'not_linked' }) },
        unknown: 'sayUnreachable',
      },
    },
    whyNot: {
      kind: 'branch',
      when: [{ is: ({ state: { linked } }) => linked === false, to: 'sayNotLinked' }],
      otherwise: 'sayCannotLook',
    },
    has: {
      kind: 'branch',
      when: [{ is: ({ state: { wallet } }) => wallet === undefined, to: 'offer' }],
      otherwise: 'show',
    },
    offer: {
      kind: 'ask',
      slot: 'act',
      prompt: ({ t }) =>
        textMessage(t('noWallet'), [reply(t('openWallet'), 'open' as const), reply(t('noWalletNow'), 'done' as const)]),
      ...patience,
      next: 'acts',
    },
    show: {
      kind: 'ask',
      slot: 'act',
      prompt: ({ t, state: { wallet } }) => {
        const none = money('0', 'CNY')
        const { mask = '', balance = none, limits, state: standing = 'open' } = wallet ?? {}
        const frozen = standing === 'frozen' ? 1 : 0
        return cardMessage({
          title: t('walletTitle', { mask, balance }),
          description: t('walletBody', { single: limits?.single ?? none, left: limits?.dayLeft ?? none, frozen }),
          suggestions: [
            ...(frozen === 1 ? [] : [reply(t('loadWallet'), 'load' as const)]),
            reply(t('done'), 'done' as const),
          ],
        })
      },
      ...patience,
      next: 'acts',
    },
    acts: {
      kind: 'branch',
      when: [
        { is: ({ state: { act } }) => act === 'open', to: 'open' },
        { is: ({ state: { act } }) => act === 'load', to: 'askLoad' },
      ],
      otherwise: 'sayBye',
    },
    open: {
      kind: 'call',
      need: 'wallet',
      operation: 'open',
      input: () => ({}),
      on: {
        succeeded: 'sayReady',
        declined: askRetry,
        cancelled: 'sayUnchanged',
        expired: askRetry,
        unknown: 'sayChecking',
      },
    },
    askLoad: {
      kind: 'ask',
      slot: 'amount',
      prompt: ({ t }) =>
        textMessage(
          t('howMuchLoad'),
          usual.map((amount) => reply(t('amountLabel', { amount }), amount)),
        ),
      read: (words) => {
        const said = readAmount(words)
        return said && 'amount' in said ? said.amount : undefined
      },
      ...patience,
      next: 'quote',
    },
    quote: {
      kind: 'call',
      need: 'wallet',
      operation: 'quote',
      input: ({ state: { amount = money('0', 'CNY') } }) => ({ direction: 'load', amount }),
      on: {
        quoted: { to: 'load', set: ({ id }) => ({ quote: id }) },
        limited: { to: 'sayLimited', set: () => ({ amount: undefined }) },
        frozen: 'sayFrozen',
        declined: 'sayNotPossible',
        unknown: 'sayUnreachable',
      },
    },
    sayLimited: { kind: 'say', message: ({ t }) => textMessage(t('loadLimited')), next: 'askLoad' },
    load: {
      kind: 'call',
      need: 'wallet',
      operation: 'load',
      input: ({ state: { quote = '' } }) => ({ quote }),
      on: {
        succeeded: 'sayLoaded',
        declined: askRetry,
        cancelled: 'sayUnchanged',
        expired: askRetry,
        unknown: 'sayChecking',
      },
    },
    askRetry: {
      kind: 'ask',
      slot: 'retry',
      prompt: ({ t }) =>
        textMessage(t('walletRetry'), [reply(t('tryAgain'), 'again' as const), reply(t('noWalletNow'), 'no' as const)]),
      ...patience,
      next: 'retry',
    },
    retry: {
      kind: 'branch',
      when: [
        { is: ({ state: { retry } }) => retry !== 'again', to: 'sayBye' },
        // What the bank promised has been used, or may be over.
        { is: ({ state: { act } }) => act === 'load', to: 'quote' },
      ],
      otherwise: 'open',
    },
    sayChecking: { kind: 'say', message: ({ t }) => textMessage(t('walletChecking')), next: 'settle' },
    settle: {
      kind: 'wait',
      need: 'wallet',
      event: 'settled',
      limitMs: hours(56),
      on: { happened: { to: 'settled', set: ({ result }) => ({ result }) }, limit: 'sayOpen' },
    },
    settled: {
      kind: 'branch',
      when: [
        { is: ({ state: { result } }) => result !== 'succeeded', to: 'sayFell' },
        { is: ({ state: { quote } }) => quote !== undefined, to: 'sayLoaded' },
      ],
      otherwise: 'sayReady',
    },
    sayReady: say(({ t }) => textMessage(t('walletReady'))),
    sayLoaded: say(({ t, state: { amount } }) =>
      textMessage(t('walletLoaded', { amount: amount ?? money('0', 'CNY') })),
    ),
    sayUnchanged: say(({ t }) => textMessage(t('walletUnchanged'))),
    sayFell: say(({ t }) => textMessage(t('walletFell'))),
    sayOpen: say(({ t }) => textMessage(t('walletOpen'))),
    sayFrozen: say(({ t }) => textMessage(t('walletFrozen'))),
    sayNotLinked: say(({ t }) => textMessage(t('notLinked'))),
    sayNotPossible: say(({ t }) => textMessage(t('notPossible'))),
    sayCannotLook: say(({ t }) => textMessage(t('cannotLook'))),
    sayBye: say(({ t }) => textMessage(t('allDone'))),
    sayQuiet: say(({ t }) => textMessage(t('quiet'))),
    sayUnreachable: say(({ t }) => textMessage(t('unreachable'))),
    end: { kind: 'end' },
  },
  moves: { 1: { steps: { offer: 'offer', show: 'show', askLoad: 'askLoad' } } },
})
