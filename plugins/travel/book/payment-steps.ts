import { days, textMessage } from '@inthread/sdk'
import { readVerdict } from '../words/read-verdict.ts'
import { buildPurpose, fareOf } from './offer-messages.ts'
import {
  againQuestion,
  beingCheckedNote,
  givenBackNote,
  paidNoSeatNote,
  stillOpenNote,
  ticketMessage,
} from './payment-messages.ts'
import { patience } from './search-steps.ts'
import type { Again, BookState, BookStep } from './slots.ts'
import type { PaymentStep } from './step-names.ts'
import { buildTicket, type Ticket } from '../after/ticket.ts'
import { buildSeatPlace } from '../rail/seat-place.ts'
import { getChosen, getHold, getSeat, getTrip } from './trip.ts'

export const paymentSteps: Readonly<Record<PaymentStep, BookStep>> = {
  pay: {
    kind: 'call',
    need: 'pay',
    operation: 'pay',
    input: (context) => ({
      amount: fareOf(getSeat(context.state)),
      purpose: buildPurpose(context),
      expiresAt: getHold(context.state).until,
    }),
    on: {
      succeeded: { to: 'take', set: ({ receipt }) => ({ receipt }) },
      declined: { to: 'releaseUnpaid', set: ({ reason }) => unpaid(reason) },
      cancelled: { to: 'releaseUnpaid', set: () => unpaid('cancelled') },
      expired: { to: 'releaseUnpaid', set: () => unpaid('expired') },
      // The seat is neither taken nor released: the core keeps it until the bank knows, and then does one of them.
      unknown: 'sayBeingChecked',
    },
  },
  take: {
    kind: 'take',
    hold: ({ state }) => getHold(state),
    on: { taken: 'issue', lapsed: 'giveBack' },
  },
  issue: {
    kind: 'run',
    flow: 'issue',
    input: ({ state }) => ({
      order: getHold(state).id,
      train: getChosen(state).number,
      date: getTrip(state).date,
      ...buildSeatPlace(getHold(state).unit, getSeat(state)),
    }),
    on: { done: { to: 'issued', set: ({ issued }) => ({ issued }) } },
  },
  issued: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.issued === true, to: 'keepTicket' }],
    otherwise: 'putBack',
  },
  keepTicket: { kind: 'write', to: 'tickets', put: ({ state }) => buildSold(state), next: 'tellTicket' },
  tellTicket: { kind: 'emit', event: 'ticketed', data: ({ state }) => tripOf(state), next: 'sayTicket' },
  putBack: { kind: 'release', hold: ({ state }) => getHold(state), next: 'giveBack' },
  giveBack: {
    kind: 'run',
    flow: 'giveBack',
    input: (context) => ({
      parts: [{ receipt: context.state.receipt ?? '', amount: fareOf(getSeat(context.state)) }],
      reason: buildPurpose(context),
    }),
    on: { done: { to: 'givenBack', set: ({ result }) => ({ returned: result }) } },
  },
  givenBack: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.returned === 'returned', to: 'sayGivenBack' }],
    otherwise: 'sayPaidNoSeat',
  },
  sayGivenBack: { kind: 'say', message: givenBackNote, next: 'end' },
  sayTicket: { kind: 'say', message: ticketMessage, next: 'end' },
  sayPaidNoSeat: { kind: 'say', message: paidNoSeatNote, next: 'end' },

  releaseUnpaid: { kind: 'release', hold: ({ state }) => getHold(state), next: 'unpaid' },
  unpaid: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.setback === 'not_linked', to: 'sayNotLinked' }],
    otherwise: 'askAgain',
  },
  sayNotLinked: { kind: 'say', message: ({ t }) => textMessage(t('notLinked')), next: 'end' },
  askAgain: {
    kind: 'ask',
    slot: 'again',
    prompt: againQuestion,
    read: readAgain,
    ...patience,
    next: 'again',
  },
  again: {
    kind: 'branch',
    when: [
      // By way of the departure check: the train may have become too near to be sold.
      { is: ({ state }) => state.again === 'retry', to: 'picked' },
      { is: ({ state }) => state.again === 'other', to: 'start' },
    ],
    otherwise: 'sayGoodbye',
  },
  sayGoodbye: { kind: 'say', message: ({ t }) => textMessage(t('goodbye')), next: 'end' },
  sayBeingChecked: { kind: 'say', message: beingCheckedNote, next: 'waitForBank' },
  waitForBank: {
    kind: 'wait',
    need: 'pay',
    event: 'settled',
    limitMs: days(7),
    on: {
      happened: {
        to: 'settled',
        set: ({ result, reason, receipt }) => (result === 'succeeded' ? { receipt } : unpaid(reason ?? 'declined')),
      },
      limit: 'sayStillOpen',
    },
  },
  sayStillOpen: { kind: 'say', message: stillOpenNote, next: 'end' },
  settled: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.receipt !== undefined, to: 'take' }],
    otherwise: 'releaseUnpaid',
  },
}

function tripOf(state: BookState): { toCity: string; date: string; arrivesAt: number } {
  const { toCity, date } = getTrip(state)
  return { toCity, date, arrivesAt: getChosen(state).arrivesAt }
}

function buildSold(state: BookState): Ticket {
  return buildTicket({
    ride: getChosen(state),
    seat: getSeat(state),
    date: getTrip(state).date,
    hold: getHold(state),
    receipt: state.receipt ?? '',
  })
}

function unpaid(setback: NonNullable<BookState['setback']>): Partial<BookState> {
  return { setback, again: undefined }
}

const retryWords = new Set(['再试', '再来', '重试', '再付一次', 'retry', 'again', 'once more'])

function readAgain(words: string): Again | undefined {
  if (retryWords.has(words.trim().toLowerCase())) return 'retry'
  const verdict = readVerdict(words)
  if (verdict !== undefined) return verdict === 'yes' ? 'retry' : 'stop'
  return undefined
}
