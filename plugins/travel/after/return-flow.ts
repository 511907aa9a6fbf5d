import { defineFlow, minutes, textMessage, z } from '@inthread/sdk'
import { contract } from '../contract.ts'
import { readVerdict } from '../words/read-verdict.ts'
import { giveBack } from './give-back.ts'
import { pickTicket } from './pick-ticket.ts'
import {
  getTicket,
  owedNote,
  partlyNote,
  refundOf,
  refusedNote,
  returnedNote,
  returnQuestion,
  returnReason,
} from './return-messages.ts'
import { splitRefund } from './refund-parts.ts'
import { returnState } from './return-state.ts'
import { hasDeparted, isUntouched } from './ticket.ts'

/**
 * A ticket goes back for its fare without the fee. It is marked before the money is asked for, so that it goes back
 * once; what the bank refuses is a valid ticket again.
 */
export const returnFlow = defineFlow(contract, {
  id: 'return',
  revision: 2,
  input: z.strictObject({}),
  state: returnState,
  start: 'pick',
  runs: { pickTicket, giveBack },
  steps: {
    pick: {
      kind: 'run',
      flow: 'pickTicket',
      input: () => ({ to: 'return' as const }),
      on: { done: { to: 'picked', set: ({ ticket }) => ({ ticket }) } },
    },
    picked: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.ticket === undefined, to: 'end' }],
      otherwise: 'quote',
    },
    quote: {
      kind: 'ask',
      slot: 'decision',
      prompt: returnQuestion,
      read: (words) => readVerdict(words),
      timeout: { afterMs: minutes(15), to: 'sayKept' },
      giveUp: 'sayKept',
      next: 'decided',
    },
    decided: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.decision === 'yes', to: 'lookAgain' }],
      otherwise: 'sayKept',
    },
    lookAgain: {
      kind: 'read',
      from: 'tickets',
      by: 'key',
      key: ({ state }) => getTicket(state).id,
      on: { found: { to: 'stillGood', set: ([fresh]) => ({ fresh }) }, none: 'sayMoved' },
    },
    stillGood: {
      kind: 'branch',
      when: [
        { is: ({ state }) => !isUntouched(getTicket(state), state.fresh), to: 'sayMoved' },
        { is: ({ state, now }) => hasDeparted(getTicket(state), now), to: 'sayDeparted' },
      ],
      otherwise: 'mark',
    },
    mark: {
      kind: 'write',
      to: 'tickets',
      put: ({ state }) => ({ ...getTicket(state), state: 'refunding' as const }),
      next: 'refund',
    },
    refund: {
      kind: 'run',
      flow: 'giveBack',
      input: (context) => ({
        parts: splitRefund(getTicket(context.state), refundOf(context).refund),
        reason: returnReason(context),
      }),
      on: { done: { to: 'refunded', set: ({ result }) => ({ result }) } },
    },
    refunded: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.result === 'refused', to: 'unmark' },
        { is: ({ state }) => state.result === 'unknown', to: 'sayOwed' },
      ],
      otherwise: 'markReturned',
    },
    unmark: { kind: 'write', to: 'tickets', put: ({ state }) => getTicket(state), next: 'sayRefused' },
    markReturned: {
      kind: 'write',
      to: 'tickets',
      put: ({ state }) => ({ ...getTicket(state), state: 'returned' as const }),
      next: 'freeSeat',
    },
    freeSeat: { kind: 'release', hold: ({ state }) => getTicket(state).hold, next: 'whole' },
    whole: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'partly', to: 'sayPartly' }],
      otherwise: 'sayReturned',
    },
    sayReturned: { kind: 'say', message: returnedNote, next: 'end' },
    sayPartly: { kind: 'say', message: partlyNote, next: 'end' },
    sayOwed: { kind: 'say', message: owedNote, next: 'end' },
    sayRefused: { kind: 'say', message: refusedNote, next: 'end' },
    sayMoved: { kind: 'say', message: ({ t }) => textMessage(t('ticketMoved')), next: 'end' },
    sayDeparted: { kind: 'say', message: ({ t }) => textMessage(t('departedOnly')), next: 'end' },
    sayKept: {
      kind: 'say',
      message: ({ t, state }) => textMessage(t('ticketKept', { number: getTicket(state).train })),
      next: 'end',
    },
    end: { kind: 'end' },
  },
})
