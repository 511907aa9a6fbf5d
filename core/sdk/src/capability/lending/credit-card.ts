import { z } from 'zod'
import { defineCapability } from '../../capability.ts'
import { hours } from '../../time.ts'
import { askEnds, nothing, orderEnds, purpose, quote } from '../outcomes.ts'
import { settledSchema } from '../payment.ts'

const ref = z.string().min(1).max(190)
const gift = z.object({ id: z.string(), state: z.string(), title: z.string(), voucher: z.string().optional() })

/**
 * A credit card of the bank, applied for in the thread: key facts, consents one by one, the signed credit query, the
 * decision, the contract, and the card's activation. Who calls hears whether there is a card, and never its number.
 */
export const creditCard = defineCapability({
  id: 'credit-card',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    apply: {
      class: 'commit',
      input: z.strictObject({
        /** As the bank calls it, like `young-card`. */
        product: z.string().min(1).max(64),
        purpose,
      }),
      outcomes: orderEnds,
      bank: {
        method: 'POST',
        path: '/v1/offers/{quote}/sign',
        states: { card_issued: 'succeeded', activated: 'succeeded', expired: 'declined', failed: 'declined' },
        collection: '/v1/cards',
      },
      confirm: {
        op: 'card',
        title: { 'zh-CN': '签约信用卡', en: 'Sign for the card' },
        payer: false,
        payee: false,
        livesMs: hours(48),
      },
    },
    /** The welcome gifts of this user's cards. */
    gifts: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: { listed: z.object({ items: z.array(gift) }), ...askEnds },
      bank: { method: 'GET', path: '/v1/gifts?link={link}', otherwise: 'listed' },
    },
    /** Takes a gift; whoever asks twice gets the same one. */
    claim: {
      class: 'hold',
      input: z.strictObject({ gift: ref }),
      outcomes: { claimed: gift, out_of_stock: nothing, ...askEnds },
      bank: {
        method: 'POST',
        path: '/v1/gifts/{gift}/claim',
        states: { claimed: 'claimed' },
        otherwise: 'out_of_stock',
        refusals: { state_conflict: 'out_of_stock' },
      },
    },
  },
  events: { settled: settledSchema },
})

/** The card is in the user's hands: from here on it pays. Nothing is charged. */
export const cardActivation = defineCapability({
  id: 'card-activation',
  version: '1.0.0',
  audience: 'scene',
  operations: {
    /** Cards that are issued and wait for it. */
    cards: {
      class: 'read',
      input: z.strictObject({}),
      outcomes: {
        listed: z.object({ items: z.array(z.object({ id: z.string(), state: z.string(), mask: z.string() })) }),
        ...askEnds,
      },
      bank: { method: 'GET', path: '/v1/cards?link={link}', otherwise: 'listed' },
    },
    /** The card with what is confirmed for it; `active` needs nothing any more. */
    card: {
      class: 'read',
      input: z.strictObject({ card: ref }),
      outcomes: {
        issued: z.object({ id: z.string(), mask: z.string(), activation: z.object({ id: z.string() }) }),
        active: nothing,
        ...askEnds,
      },
      bank: { method: 'GET', path: '/v1/cards/{card}', states: { card_issued: 'issued' }, otherwise: 'active' },
    },
    activate: {
      class: 'commit',
      input: z.strictObject({ card: ref, quote }),
      outcomes: orderEnds,
      bank: {
        method: 'POST',
        path: '/v1/cards/{card}/activate',
        states: { succeeded: 'succeeded', failed: 'declined' },
        collection: '/v1/card-activations',
      },
      confirm: {
        op: 'activation',
        title: { 'zh-CN': '激活信用卡', en: 'Activate the card' },
        payer: false,
        payee: false,
      },
    },
  },
  events: { settled: settledSchema },
})
