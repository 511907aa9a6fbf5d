import { defineFlow, days, minutes, textMessage } from '@inthread/sdk'
import { contract } from './contract.ts'
import {
  endMessage,
  isWaiting,
  orderCard,
  orderInput,
  orderOf,
  orderSlots,
  sureCard,
  toOrder,
  whichOrder,
  type OrderContext,
} from './order-cards.ts'

const say = (text: 'closing' | 'notNow' | 'newsLater' | 'noOrders' | 'unreachable' | 'unsure' | 'asked' | 'disputed') =>
  ({ kind: 'say', message: ({ t }: OrderContext) => textMessage(t(text)), next: 'end' }) as const
const named = (context: OrderContext) => ({ escrow: orderOf(context).id })

/** What the bank keeps of this user: received, given back, objected to. How it ended is always the bank's word. */
export const mineFlow = defineFlow(contract, {
  id: 'mine',
  revision: 4,
  input: orderInput,
  state: orderSlots,
  start: 'isNamed',
  steps: {
    isNamed: {
      kind: 'branch',
      when: [{ is: ({ input }) => input.escrow !== undefined, to: 'find' }],
      otherwise: 'list',
    },
    find: {
      kind: 'call',
      need: 'kept',
      operation: 'find',
      input: (context) => ({ escrow: context.input.escrow ?? orderOf(context).id }),
      on: {
        found: { to: 'isOpen', set: (found) => ({ order: toOrder(found) }) },
        declined: 'newsLater',
        unknown: 'newsLater',
      },
    },
    // A reminder that was late reminds of nothing: the end is told once.
    isOpen: {
      kind: 'branch',
      when: [
        { is: (context) => isWaiting(orderOf(context)), to: 'show' },
        { is: ({ input }) => input.reminds === true, to: 'end' },
      ],
      otherwise: 'remember',
    },
    list: {
      kind: 'call',
      need: 'kept',
      operation: 'list',
      input: () => ({}),
      on: {
        listed: {
          to: 'isAny',
          set: ({ items }) => {
            const orders = items.filter(isWaiting).slice(0, 8).map(toOrder)
            return { orders, ...(orders.length === 1 ? { order: orders[0] } : {}) }
          },
        },
        declined: { to: 'whyNot', set: ({ reason }) => ({ linked: reason !== 'not_linked' }) },
        unknown: 'unreachable',
      },
    },
    // The bank keeps nothing for somebody whom it does not know.
    whyNot: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.linked === false, to: 'noOrders' }],
      otherwise: 'notNow',
    },
    isAny: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.order !== undefined, to: 'show' },
        { is: ({ state: { orders = [] } }) => orders.length === 0, to: 'noOrders' },
      ],
      otherwise: 'which',
    },
    which: {
      kind: 'ask',
      slot: 'order',
      prompt: whichOrder,
      timeout: { afterMs: minutes(15), to: 'end' },
      giveUp: 'closing',
      next: 'show',
    },
    show: {
      kind: 'ask',
      slot: 'act',
      prompt: orderCard,
      timeout: { afterMs: days(1), to: 'end' },
      giveUp: 'closing',
      next: 'acts',
    },
    acts: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.act === 'receive', to: 'askSure' },
        { is: ({ state }) => state.act === 'back', to: 'askBack' },
        { is: ({ state }) => state.act === 'object', to: 'object' },
      ],
      otherwise: 'closing',
    },
    askSure: {
      kind: 'ask',
      slot: 'sure',
      prompt: sureCard,
      timeout: { afterMs: minutes(30), to: 'end' },
      giveUp: 'closing',
      next: 'isSure',
    },
    isSure: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.sure === 'yes', to: 'receive' }],
      otherwise: 'closing',
    },
    receive: {
      kind: 'call',
      need: 'kept',
      operation: 'receive',
      input: named,
      on: {
        released: { to: 'remember', set: (found) => ({ order: toOrder(found) }) },
        over: 'lookAgain',
        declined: 'unreachable',
        unknown: 'unsure',
      },
    },
    askBack: {
      kind: 'call',
      need: 'kept',
      operation: 'giveBack',
      input: (context) => ({ ...named(context), by: 'buyer' as const }),
      on: {
        returned: { to: 'remember', set: (found) => ({ order: toOrder(found) }) },
        asked: 'doesAgree',
        over: 'lookAgain',
        declined: 'unreachable',
        unknown: 'unsure',
      },
    },
    doesAgree: { kind: 'branch', when: [{ is: ({ config }) => config.takesBack, to: 'agree' }], otherwise: 'asked' },
    agree: {
      kind: 'call',
      need: 'kept',
      operation: 'giveBack',
      input: (context) => ({ ...named(context), by: 'seller' as const }),
      on: {
        returned: { to: 'remember', set: (found) => ({ order: toOrder(found) }) },
        asked: 'asked',
        over: 'lookAgain',
        declined: 'asked',
        unknown: 'unsure',
      },
    },
    object: {
      kind: 'call',
      need: 'kept',
      operation: 'dispute',
      input: named,
      on: { disputed: 'disputed', over: 'lookAgain', declined: 'unreachable', unknown: 'unsure' },
    },
    // Something has happened to it meanwhile: what it is now is told, and nothing is done twice.
    lookAgain: {
      kind: 'call',
      need: 'kept',
      operation: 'find',
      input: named,
      on: {
        found: { to: 'isOver', set: (found) => ({ order: toOrder(found) }) },
        declined: 'unreachable',
        unknown: 'unsure',
      },
    },
    isOver: {
      kind: 'branch',
      when: [{ is: (context) => isWaiting(orderOf(context)), to: 'unsure' }],
      otherwise: 'remember',
    },
    // In the turn that says it: what was told to the question that its buyer asked is no news any more.
    remember: {
      kind: 'write',
      to: 'told',
      insert: (context) => ({ end: `${orderOf(context).id}:${orderOf(context).state}` }),
      on: { written: 'ended', present: 'isNews' },
    },
    isNews: {
      kind: 'branch',
      when: [{ is: ({ input }) => input.escrow !== undefined, to: 'end' }],
      otherwise: 'ended',
    },
    ended: { kind: 'say', message: endMessage, next: 'end' },
    asked: say('asked'),
    disputed: say('disputed'),
    closing: say('closing'),
    notNow: say('notNow'),
    newsLater: say('newsLater'),
    noOrders: say('noOrders'),
    unreachable: say('unreachable'),
    unsure: say('unsure'),
    end: { kind: 'end' },
  },
})
