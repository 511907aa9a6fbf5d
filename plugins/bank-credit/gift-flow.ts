import { cardMessage, defineFlow, reply, textMessage, z } from '@inthread/sdk'
import { contract } from './contract.ts'
import { patience } from './patience.ts'
import { readGoOn } from './words/read-answer.ts'

const slots = z
  .strictObject({ gift: z.string(), name: z.string(), voucher: z.string(), takes: z.enum(['yes', 'no']) })
  .partial()

/** The welcome gift of a new card: once, and the same one however often it is asked for. */
export const giftFlow = defineFlow(contract, {
  id: 'gift',
  revision: 2,
  input: z.strictObject({}),
  state: slots,
  moves: { 1: { steps: { ask: 'ask' } } },
  start: 'list',
  steps: {
    list: {
      kind: 'call',
      need: 'card',
      operation: 'gifts',
      input: () => ({}),
      on: {
        listed: {
          to: 'hasGift',
          set: ({ items }) => {
            const found = items.find(({ state }) => state === 'offered' || state === 'claimed')
            return found ? { gift: found.id, name: found.title, voucher: found.voucher } : {}
          },
        },
        declined: 'unreachable',
        unknown: 'unreachable',
      },
    },
    hasGift: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.voucher !== undefined, to: 'taken' },
        { is: ({ state }) => state.gift !== undefined, to: 'ask' },
      ],
      otherwise: 'noGift',
    },
    ask: {
      kind: 'ask',
      slot: 'takes',
      prompt: ({ t, state }) =>
        cardMessage({
          title: t('giftTitle', { name: state.name ?? '' }),
          suggestions: [reply(t('takeGift'), 'yes' as const), reply(t('notNow'), 'no' as const)],
        }),
      read: readGoOn,
      ...patience,
      next: 'asked',
    },
    asked: { kind: 'branch', when: [{ is: ({ state }) => state.takes === 'yes', to: 'claim' }], otherwise: 'leave' },
    claim: {
      kind: 'call',
      need: 'card',
      operation: 'claim',
      input: ({ state }) => ({ gift: state.gift ?? '-' }),
      on: {
        claimed: { to: 'taken', set: ({ voucher }) => ({ voucher: voucher ?? '' }) },
        out_of_stock: 'gone',
        declined: 'notNow',
        unknown: 'unreachable',
      },
    },
    taken: {
      kind: 'say',
      message: ({ t, state: { name = '', voucher = '' } }) => textMessage(t('giftTaken', { name, voucher })),
      next: 'end',
    },
    notNow: { kind: 'say', message: ({ t }) => textMessage(t('giftNotNow')), next: 'end' },
    gone: { kind: 'say', message: ({ t }) => textMessage(t('giftGone')), next: 'end' },
    leave: { kind: 'say', message: ({ t }) => textMessage(t('leave')), next: 'end' },
    noGift: { kind: 'say', message: ({ t }) => textMessage(t('noGift')), next: 'end' },
    unreachable: { kind: 'say', message: ({ t }) => textMessage(t('unreachable')), next: 'end' },
    end: { kind: 'end' },
  },
})
