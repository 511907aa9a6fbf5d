import { days } from '@inthread/sdk'
import { backNote, checkingNote, changePurpose, changedNote, failedNote, unclearNote } from './change-messages.ts'
import { buildChanged, differenceOf, isOwed, partsBack, wantedDay } from './change-rides.ts'
import { getNewHold, getNewSeat, getOld, getRide, type ChangeFlowStep, type MoneyStep } from './change-slots.ts'
import { buildSeatPlace } from '../rail/seat-place.ts'

/**
 * Money, then the new ticket, then the old one's end. Whatever fails after the money gives it back and leaves the old
 * ticket as it was.
 */
export const changeMoneySteps: Readonly<Record<MoneyStep, ChangeFlowStep>> = {
  pay: {
    kind: 'call',
    need: 'pay',
    operation: 'pay',
    input: (context) => ({
      amount: differenceOf(context.state),
      purpose: changePurpose(context),
      expiresAt: getNewHold(context.state).until,
    }),
    on: {
      succeeded: { to: 'take', set: ({ receipt }) => ({ receipt }) },
      declined: 'restore',
      cancelled: 'restore',
      expired: 'restore',
      unknown: 'sayChecking',
    },
  },
  sayChecking: { kind: 'say', message: checkingNote, next: 'waitForBank' },
  waitForBank: {
    kind: 'wait',
    need: 'pay',
    event: 'settled',
    limitMs: days(7),
    on: {
      happened: { to: 'settled', set: ({ result, receipt }) => (result === 'succeeded' ? { receipt } : {}) },
      limit: 'sayUnclear',
    },
  },
  settled: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.receipt !== undefined, to: 'take' }],
    otherwise: 'restore',
  },
  restore: { kind: 'write', to: 'tickets', put: ({ state }) => getOld(state), next: 'releaseUnpaid' },
  take: { kind: 'take', hold: ({ state }) => getNewHold(state), on: { taken: 'issue', lapsed: 'undo' } },
  issue: {
    kind: 'run',
    flow: 'issue',
    input: ({ state }) => ({
      order: getNewHold(state).id,
      train: getRide(state).number,
      date: wantedDay(state),
      ...buildSeatPlace(getNewHold(state).unit, getNewSeat(state)),
    }),
    on: { done: { to: 'issued', set: ({ issued }) => ({ issued }) } },
  },
  issued: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.issued === true, to: 'write' }],
    otherwise: 'undo',
  },
  write: { kind: 'write', to: 'tickets', put: ({ state }) => buildChanged(state), next: 'freeOld' },
  freeOld: { kind: 'release', hold: ({ state }) => getOld(state).hold, next: 'sayChanged' },
  // The ticket first: its money may take days to come back.
  sayChanged: { kind: 'say', message: changedNote, next: 'owes' },
  undo: { kind: 'release', hold: ({ state }) => getNewHold(state), next: 'keepOld' },
  keepOld: { kind: 'write', to: 'tickets', put: ({ state }) => getOld(state), next: 'sayFailed' },
  sayFailed: { kind: 'say', message: failedNote, next: 'owes' },
  owes: { kind: 'branch', when: [{ is: ({ state }) => isOwed(state), to: 'giveBack' }], otherwise: 'end' },
  giveBack: {
    kind: 'run',
    flow: 'giveBack',
    input: (context) => ({ parts: partsBack(context.state), reason: changePurpose(context), told: true }),
    on: { done: { to: 'givenBack', set: ({ result }) => ({ result }) } },
  },
  givenBack: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.result === 'returned', to: 'sayGivenBack' }],
    otherwise: 'sayOwed',
  },
  sayGivenBack: { kind: 'say', message: (context) => backNote(context, 'differenceBack'), next: 'end' },
  sayOwed: { kind: 'say', message: (context) => backNote(context, 'differenceOwed'), next: 'end' },
  sayUnclear: { kind: 'say', message: unclearNote, next: 'end' },
}
