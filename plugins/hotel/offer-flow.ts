import { days, defineFlow, hours, minutes, textMessage } from '@inthread/sdk'
import { contract, ticketedSchema } from './contract.ts'
import {
  bookedNote,
  chosenName,
  consentQuestion,
  goingBackNote,
  lostNote,
  purposeOf,
  roomsQuestion,
} from './offer-messages.ts'
import { refundFlow } from './refund-flow.ts'
import { getHold, getRoom, offerState, priceOf, type OfferContext } from './slots.ts'

const holdMs = minutes(15)
const weekMs = days(7)
/** Of the text that name and number are given away under; another text is another consent. */
const consentText = 'consent-1'

/**
 * Once for a ticket, three times a week at most, and never again for whoever says so: a place to stay, with a consent
 * and an order of its own. Whatever becomes of it, the ticket stays.
 */
export const offerFlow = defineFlow(contract, {
  id: 'offer',
  revision: 2,
  input: ticketedSchema,
  state: offerState,
  start: 'wishes',
  runs: { refund: refundFlow },
  steps: {
    wishes: {
      kind: 'read',
      from: 'wishes',
      by: 'key',
      key: () => 'mine',
      on: { found: { to: 'wanted', set: ([wish]) => ({ wish }) }, none: 'wanted' },
    },
    wanted: { kind: 'branch', when: [{ is: (context) => isTooMuch(context), to: 'end' }], otherwise: 'look' },
    look: {
      kind: 'read',
      from: 'rooms',
      by: 'city',
      where: ({ input }) => ({ city: input.toCity }),
      limit: 4,
      on: { found: { to: 'count', set: (rooms) => ({ rooms: [...rooms] }) }, none: 'end' },
    },
    count: { kind: 'write', to: 'wishes', put: (context) => nextWish(context, false), next: 'offer' },
    offer: {
      kind: 'ask',
      slot: 'choice',
      prompt: roomsQuestion,
      timeout: { afterMs: hours(2), to: 'end' },
      retries: 0,
      giveUp: 'sayClosing',
      next: 'chosen',
    },
    chosen: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.choice === 'never', to: 'stop' },
        { is: ({ state }) => state.choice === 'no', to: 'sayClosing' },
      ],
      otherwise: 'consent',
    },
    sayClosing: { kind: 'say', message: ({ t }) => textMessage(t('closing')), next: 'end' },
    stop: { kind: 'write', to: 'wishes', put: (context) => nextWish(context, true), next: 'sayNever' },
    sayNever: { kind: 'say', message: ({ t }) => textMessage(t('neverAgain')), next: 'end' },
    consent: {
      kind: 'ask',
      slot: 'agreed',
      prompt: consentQuestion,
      timeout: { afterMs: minutes(15), to: 'sayNotShared' },
      giveUp: 'sayNotShared',
      next: { to: 'agreed', set: (_agreed, { now }) => ({ agreedAt: now }) },
    },
    agreed: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.agreed === 'yes', to: 'reserve' }],
      otherwise: 'sayNotShared',
    },
    sayNotShared: { kind: 'say', message: ({ t }) => textMessage(t('notShared')), next: 'end' },
    reserve: {
      kind: 'reserve',
      from: 'rooms',
      counter: 'rooms',
      of: ({ state, input }) => ({ key: getRoom(state).id, part: input.date }),
      holdMs,
      on: { held: { to: 'pay', set: (hold) => ({ hold }) }, none_left: 'sayFull' },
    },
    sayFull: {
      kind: 'say',
      message: (context) => textMessage(context.t('full', { name: chosenName(context) })),
      next: 'end',
    },
    pay: {
      kind: 'call',
      need: 'pay',
      operation: 'pay',
      input: (context) => ({
        amount: priceOf(getRoom(context.state)),
        purpose: purposeOf(context),
        expiresAt: getHold(context.state).until,
      }),
      on: {
        succeeded: { to: 'take', set: ({ receipt }) => ({ receipt }) },
        declined: 'release',
        cancelled: 'release',
        expired: 'release',
        unknown: 'sayChecking',
      },
    },
    sayChecking: {
      kind: 'say',
      message: ({ state, t }) => textMessage(t('checking', { price: priceOf(getRoom(state)) })),
      next: 'wait',
    },
    wait: {
      kind: 'wait',
      need: 'pay',
      event: 'settled',
      limitMs: weekMs,
      on: {
        happened: { to: 'settled', set: ({ result, receipt }) => (result === 'succeeded' ? { receipt } : {}) },
        limit: 'sayStillOpen',
      },
    },
    sayStillOpen: { kind: 'say', message: ({ t }) => textMessage(t('stillOpen')), next: 'end' },
    settled: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.receipt !== undefined, to: 'take' }],
      otherwise: 'release',
    },
    take: { kind: 'take', hold: ({ state }) => getHold(state), on: { taken: 'keep', lapsed: 'sayGoingBack' } },
    keep: {
      kind: 'write',
      to: 'stays',
      put: ({ state, input }) => ({
        receipt: state.receipt ?? '',
        room: getRoom(state).id,
        night: input.date,
        price: getRoom(state).price,
        consentAt: state.agreedAt ?? 0,
        consentText,
      }),
      next: 'sayBooked',
    },
    sayBooked: { kind: 'say', message: bookedNote, next: 'end' },
    // Before the money is asked for: its answer may take a day.
    sayGoingBack: { kind: 'say', message: goingBackNote, next: 'refund' },
    refund: {
      kind: 'run',
      flow: 'refund',
      input: (context) => ({
        receipt: context.state.receipt ?? '',
        amount: priceOf(getRoom(context.state)),
        reason: purposeOf(context),
      }),
      on: { done: { to: 'sayLost', set: ({ returned }) => ({ returned }) } },
    },
    sayLost: { kind: 'say', message: lostNote, next: 'end' },
    release: { kind: 'release', hold: ({ state }) => getHold(state), next: 'sayNotBooked' },
    sayNotBooked: {
      kind: 'say',
      message: (context) => textMessage(context.t('notBooked', { name: chosenName(context) })),
      next: 'end',
    },
    end: { kind: 'end' },
  },
})

function lately({ state, now }: OfferContext): readonly number[] {
  return (state.wish?.sentAt ?? []).filter((at) => at > now - weekMs * 1000)
}

function isTooMuch(context: OfferContext): boolean {
  return context.state.wish?.off === true || lately(context).length >= context.config.perWeek
}

/** What is remembered of an offer: that it was made, and whether it was the last. */
function nextWish(context: OfferContext, off: boolean): { id: 'mine'; off: boolean; sentAt: number[] } {
  const before = lately(context).filter((at) => at !== context.now)
  return { id: 'mine', off, sentAt: [...before, context.now] }
}
