import { minutes, textMessage } from '@inthread/sdk'
import type { Expecting } from '../words/find-route.ts'
import { readAnswer } from '../words/read-wish.ts'
import { readCorrection } from '../words/read-verdict.ts'
import { applyAnswer } from './apply-answer.ts'
import {
  changeQuestion,
  checkQuestion,
  dateQuestion,
  destinationQuestion,
  farDateNote,
  originQuestion,
  pastDateNote,
  sameCityNote,
} from './search-messages.ts'
import type { Answer, BookContext, BookStep } from './slots.ts'
import type { SearchStep } from './step-names.ts'
import { lastDay, today } from './trip.ts'

/** How long a question of the search stays open, and where it goes when it does not work out. */
export const patience = { timeout: { afterMs: minutes(30), to: 'sayQuiet' }, giveUp: 'sayNotUnderstood' } as const

/** All questions of the search are answered alike: what was said is taken over, and what is missing decides again. */
export const onward = { slot: 'answer', next: { to: 'start', set: applyAnswer }, ...patience } as const

export function readFor(expecting: Expecting): (words: string, context: BookContext) => Answer | undefined {
  return (words, context) => readAnswer(words, context, expecting)
}

export const searchSteps: Readonly<Record<SearchStep, BookStep>> = {
  start: {
    kind: 'branch',
    when: [
      { is: ({ state }) => (state.passengers ?? 1) > 1, to: 'sayOneTicketOnly' },
      { is: ({ state }) => state.detour === 'change', to: 'askChange' },
    ],
    otherwise: 'missing',
  },
  sayOneTicketOnly: { kind: 'say', message: ({ t }) => textMessage(t('oneTicketOnly')), next: 'missing' },
  missing: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.fromCity !== undefined && state.fromCity === state.toCity, to: 'saySameCity' },
      { is: ({ state }) => state.fromCity === undefined, to: 'askOrigin' },
      { is: ({ state }) => state.toCity === undefined, to: 'askDestination' },
      { is: ({ state }) => state.date === undefined, to: 'askDate' },
      { is: (context) => (context.state.date ?? '') < today(context), to: 'sayPastDate' },
      { is: (context) => (context.state.date ?? '') > lastDay(context), to: 'sayFarDate' },
      { is: ({ state, config }) => config.confirmReading && !state.checked, to: 'check' },
    ],
    otherwise: 'readTrains',
  },
  saySameCity: { kind: 'say', message: sameCityNote, next: 'askDestination' },
  askOrigin: { kind: 'ask', prompt: originQuestion, read: readFor('fromCity'), ...onward },
  askDestination: { kind: 'ask', prompt: destinationQuestion, read: readFor('toCity'), ...onward },
  askDate: { kind: 'ask', prompt: dateQuestion, read: readFor(undefined), ...onward },
  sayPastDate: { kind: 'say', message: pastDateNote, next: 'askDate' },
  sayFarDate: { kind: 'say', message: farDateNote, next: 'askDate' },
  check: { kind: 'ask', prompt: checkQuestion, read: readCheck, ...onward },
  askChange: { kind: 'ask', prompt: changeQuestion, read: readFor(undefined), ...onward },
  sayQuiet: { kind: 'say', message: ({ t }) => textMessage(t('quiet')), next: 'end' },
  sayNotUnderstood: { kind: 'say', message: ({ t }) => textMessage(t('notUnderstood')), next: 'end' },
  end: { kind: 'end' },
}

function readCheck(words: string, context: BookContext): Answer | undefined {
  const verdict = readCorrection(words)
  if (verdict !== undefined) return verdict === 'yes' ? 'right' : 'change'
  return readAnswer(words, context)
}
