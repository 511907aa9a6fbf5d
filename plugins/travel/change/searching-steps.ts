import { minutes, textMessage } from '@inthread/sdk'
import { readWhen } from '../words/read-change.ts'
import { readTrain } from '../words/read-train.ts'
import { readChangeVerdict } from '../words/read-verdict.ts'
import { changeQuestion, notChangedNote, ridesQuestion, soldOutNote, whenQuestion } from './change-messages.ts'
import { differenceOf, listRides, wantedDay } from './change-rides.ts'
import {
  getNewHold,
  getNewSeat,
  getOld,
  type ChangeContext,
  type ChangeFlowStep,
  type SearchingStep,
} from './change-slots.ts'
import { hasDeparted, isUntouched } from '../after/ticket.ts'

/** How long the new seat is kept for somebody who has not decided. */
const holdMs = minutes(15)
const patience = { timeout: { afterMs: holdMs, to: 'sayNotChanged' }, giveUp: 'sayNotChanged' } as const

/** From the ticket to a new seat that is held, and the user's word on what it costs. */
export const searchingSteps: Readonly<Record<SearchingStep, ChangeFlowStep>> = {
  pick: {
    kind: 'run',
    flow: 'pickTicket',
    input: () => ({ to: 'change' }),
    on: { done: { to: 'hasTicket', set: ({ ticket }) => ({ ticket }) } },
  },
  hasTicket: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.ticket === undefined, to: 'end' }],
    otherwise: 'askWhen',
  },
  askWhen: { kind: 'ask', slot: 'when', prompt: whenQuestion, read: readWhen, ...patience, next: 'readTrains' },
  readTrains: {
    kind: 'read',
    from: 'trains',
    by: 'route',
    where: ({ state }) => ({ fromCity: getOld(state).fromCity, toCity: getOld(state).toCity }),
    limit: 50,
    on: { found: { to: 'readSeats', set: (trains) => ({ trains: [...trains] }) }, none: 'sayNotChanged' },
  },
  readSeats: {
    kind: 'read',
    from: 'seats',
    by: 'route',
    where: ({ state }) => ({
      fromCity: getOld(state).fromCity,
      toCity: getOld(state).toCity,
      seatClass: state.when?.seatClass ?? getOld(state).seatClass,
    }),
    limit: 50,
    on: {
      found: { to: 'offered', set: (seats, context) => offering(listRides(seats, context)) },
      none: { to: 'offered', set: () => offering([]) },
    },
  },
  offered: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.missed === true, to: 'askWhen' }],
    otherwise: 'offer',
  },
  offer: {
    kind: 'ask',
    slot: 'picked',
    prompt: ridesQuestion,
    read: readRide,
    ...patience,
    next: { to: 'chosen', set: choose },
  },
  chosen: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.picked === undefined, to: 'askWhen' }],
    otherwise: 'reserve',
  },
  reserve: {
    kind: 'reserve',
    from: 'seats',
    counter: 'places',
    of: ({ state }) => ({ key: getNewSeat(state).id, part: wantedDay(state) }),
    holdMs,
    on: {
      held: { to: 'quote', set: (hold) => ({ hold, decision: undefined }) },
      none_left: {
        to: 'saySoldOut',
        set: (_none, { state }) => ({
          full: [...(state.full ?? []), `${getNewSeat(state).id}/${wantedDay(state)}`],
        }),
      },
    },
  },
  saySoldOut: { kind: 'say', message: soldOutNote, next: 'readTrains' },
  quote: {
    kind: 'ask',
    slot: 'decision',
    prompt: changeQuestion,
    read: (words) => readChangeVerdict(words),
    timeout: { afterMs: holdMs, to: 'sayNotChanged' },
    giveUp: 'releaseUnpaid',
    next: 'decided',
  },
  decided: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.decision === 'yes', to: 'lookAgain' }],
    otherwise: 'releaseUnpaid',
  },
  lookAgain: {
    kind: 'read',
    from: 'tickets',
    by: 'key',
    key: ({ state }) => getOld(state).id,
    on: { found: { to: 'stillGood', set: ([fresh]) => ({ fresh }) }, none: 'releaseMoved' },
  },
  stillGood: {
    kind: 'branch',
    when: [
      { is: ({ state }) => !isUntouched(getOld(state), state.fresh), to: 'releaseMoved' },
      { is: ({ state, now }) => hasDeparted(getOld(state), now), to: 'releaseDeparted' },
    ],
    otherwise: 'mark',
  },
  // From here on the old ticket can be neither returned nor changed anywhere else, until this change is over.
  mark: {
    kind: 'write',
    to: 'tickets',
    put: ({ state }) => ({ ...getOld(state), state: 'changing' }),
    next: 'costs',
  },
  costs: {
    kind: 'branch',
    when: [{ is: ({ state }) => differenceOf(state).amountMinor > 0n, to: 'pay' }],
    otherwise: 'take',
  },
  releaseUnpaid: { kind: 'release', hold: ({ state }) => getNewHold(state), next: 'sayNotChanged' },
  sayNotChanged: { kind: 'say', message: notChangedNote, next: 'end' },
  releaseMoved: { kind: 'release', hold: ({ state }) => getNewHold(state), next: 'sayMoved' },
  sayMoved: { kind: 'say', message: ({ t }) => textMessage(t('ticketMoved')), next: 'end' },
  releaseDeparted: { kind: 'release', hold: ({ state }) => getNewHold(state), next: 'sayDeparted' },
  sayDeparted: { kind: 'say', message: ({ t }) => textMessage(t('departedOnly')), next: 'end' },
  end: { kind: 'end' },
}

/** Nothing at that time: the question is asked anew, and says so. */
function offering(rides: ReturnType<typeof listRides>) {
  const before = { rides, trains: undefined, picked: undefined }
  if (rides.length > 0) return { ...before, missed: false }
  return { ...before, missed: true, when: undefined }
}

function choose(picked: string) {
  return picked === '' ? { picked: undefined, when: undefined, missed: false } : { picked }
}

function readRide(words: string, { state }: ChangeContext): string | undefined {
  return readTrain(
    words,
    (state.rides ?? []).map(({ number }) => number),
  )
}
