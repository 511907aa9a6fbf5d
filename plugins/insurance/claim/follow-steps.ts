import { cardMessage, days, hours, minutes, reply, textMessage, type Content } from '@inthread/sdk'
import { getClaim, getReport, type FollowContext, type FollowStep, type FollowStepName } from './follow-slots.ts'
import { readStory } from './read-story.ts'

/** The insurer tells us of each step; this often we look for ourselves. */
const lookEveryMs = hours(12)
const patience = { timeout: { afterMs: days(1), to: 'sayThinking' }, giveUp: 'sayThinking' } as const
/** So soon, and so often, is tried again what the insurer has not answered to; after that as often as it is looked. */
const trySoonMs = minutes(30)
const soonAtMost = 6

const countTry = (_answer: unknown, { state }: FollowContext) => ({ tries: (state.tries ?? 0) + 1 })
const unanswered = {
  declined: { to: 'unanswered', set: countTry },
  unknown: { to: 'unanswered', set: countTry },
} as const

/** The insurer has heard it: what was said is asked for anew should it be needed again. */
const heard = {
  ...{ more: undefined, sending: undefined, decision: undefined, objection: undefined },
  tries: undefined,
}
const lookAnew = { to: 'look', set: () => heard } as const

/** The claim's way at the insurer: more words, an offer to agree to, a denial to object to, the money. */
export const followSteps: Readonly<Record<FollowStepName, FollowStep>> = {
  begin: { kind: 'branch', when: [{ is: ({ input }) => input.report !== undefined, to: 'report' }], otherwise: 'look' },
  report: {
    kind: 'call',
    need: 'insurance',
    operation: 'claim',
    input: ({ input }) => {
      const report = getReport(input)
      return { ...report, documents: [{ kind: 'statement', text: report.description }] }
    },
    on: {
      told: { to: 'sayReported', set: (claim) => ({ claim }) },
      too_much: 'sayTooMuch',
      declined: 'sayNotReported',
      unknown: 'sayUnsure',
    },
  },
  sayReported: { kind: 'say', message: ({ t }) => textMessage(t('reported')), next: 'wait' },
  sayTooMuch: { kind: 'say', message: ({ t }) => textMessage(t('tooMuch')), next: 'end' },
  sayNotReported: { kind: 'say', message: ({ t }) => textMessage(t('notReported')), next: 'end' },
  sayUnsure: { kind: 'say', message: ({ t }) => textMessage(t('unsure')), next: 'end' },
  look: {
    kind: 'call',
    need: 'insurance',
    operation: 'claimState',
    input: ({ state, input }) => ({ claim: state.claim?.id ?? input.claim ?? '' }),
    on: { told: { to: 'judge', set: takeLook }, declined: 'inVain', unknown: 'inVain' },
  },
  inVain: {
    kind: 'branch',
    when: [{ is: ({ input, state }) => !input.report && !state.claim, to: 'sayProgressUnknown' }],
    otherwise: 'wait',
  },
  sayProgressUnknown: { kind: 'say', message: ({ t }) => textMessage(t('progressUnknown')), next: 'end' },
  judge: {
    kind: 'branch',
    when: [
      { is: ({ state }) => getClaim(state).state === 'documents_needed', to: 'askMore' },
      { is: ({ state }) => isOffered(state.claim), to: 'offer' },
      { is: ({ state }) => getClaim(state).state === 'denied', to: 'denied' },
      { is: ({ state }) => getClaim(state).state === 'paid', to: 'sayPaid' },
      { is: ({ state }) => isHeardLate(state, 'agreed', 'paying'), to: 'sayAgreed' },
      { is: ({ state }) => isHeardLate(state, 'reopened'), to: 'sayObjected' },
      { is: ({ state }) => isHeardLate(state, 'registered'), to: 'sayGotMore' },
      { is: ({ state }) => getClaim(state).state === 'closed', to: 'sayClosed' },
      // Whoever only asked hears how it stands; whoever reported it goes on waiting.
      { is: ({ input }) => input.report === undefined, to: 'sayWorking' },
    ],
    otherwise: 'wait',
  },
  wait: {
    kind: 'wait',
    need: 'insurance',
    event: 'changed',
    limitMs: lookEveryMs,
    on: { happened: 'look', limit: 'look' },
  },
  // What was said to the insurer is said once more, without the user: their answers are kept until it is heard.
  unanswered: {
    kind: 'branch',
    when: [
      { is: ({ state: { tries = 1 } }) => tries === 1, to: 'sayNotYet' },
      { is: ({ state: { tries = 1 } }) => tries < soonAtMost, to: 'waitSoon' },
      { is: ({ state: { tries = 1 } }) => tries === soonAtMost, to: 'sayAskPeople' },
    ],
    otherwise: 'wait',
  },
  sayNotYet: { kind: 'say', message: ({ t }) => textMessage(t('notAnswered')), next: 'waitSoon' },
  waitSoon: {
    kind: 'wait',
    need: 'insurance',
    event: 'changed',
    limitMs: trySoonMs,
    on: { happened: 'look', limit: 'look' },
  },
  sayAskPeople: { kind: 'say', message: ({ t }) => textMessage(t('neverAnswered')), next: 'wait' },
  sayWorking: { kind: 'say', message: ({ t }) => textMessage(t('stillWorking')), next: 'end' },
  askMore: {
    kind: 'ask',
    slot: 'more',
    prompt: ({ t }) => textMessage<string>(t('needMore')),
    read: readStory,
    ...patience,
    next: 'checkMore',
  },
  checkMore: {
    kind: 'ask',
    slot: 'sending',
    prompt: moreQuestion,
    ...patience,
    next: { to: 'sendOrNot', set: (sending) => (sending === 'yes' ? {} : { more: undefined, sending: undefined }) },
  },
  sendOrNot: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.sending === 'yes', to: 'document' }],
    otherwise: 'askMore',
  },
  document: {
    kind: 'call',
    need: 'insurance',
    operation: 'document',
    input: ({ state }) => ({ claim: getClaim(state).id, kind: 'statement', text: state.more ?? '' }),
    on: {
      told: { to: 'sayGotMore', set: (claim) => ({ claim, ...heard }) },
      too_late: { to: 'look', set: () => heard },
      ...unanswered,
    },
  },
  sayGotMore: { kind: 'say', message: ({ t }) => textMessage(t('gotMore')), next: 'wait' },
  offer: { kind: 'ask', slot: 'decision', prompt: offerQuestion, ...patience, next: 'answered' },
  answered: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.decision === 'yes', to: 'agree' }],
    otherwise: 'sayThinking',
  },
  agree: {
    kind: 'call',
    need: 'insurance',
    operation: 'agree',
    input: ({ state }) => ({ claim: getClaim(state).id }),
    on: { told: { to: 'sayAgreed', set: (claim) => ({ claim, ...heard }) }, too_late: lookAnew, ...unanswered },
  },
  sayAgreed: { kind: 'say', message: ({ t }) => textMessage(t('agreed')), next: 'wait' },
  sayThinking: { kind: 'say', message: ({ t }) => textMessage(t('thinking')), next: 'end' },
  denied: { kind: 'ask', slot: 'objection', prompt: deniedQuestion, ...patience, next: 'objecting' },
  objecting: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.objection === 'yes', to: 'object' }],
    otherwise: 'sayUnderstood',
  },
  object: {
    kind: 'call',
    need: 'insurance',
    operation: 'object',
    input: ({ state }) => ({ claim: getClaim(state).id }),
    on: { told: { to: 'sayObjected', set: (claim) => ({ claim, ...heard }) }, too_late: lookAnew, ...unanswered },
  },
  sayObjected: { kind: 'say', message: ({ t }) => textMessage(t('objected')), next: 'wait' },
  sayUnderstood: { kind: 'say', message: ({ t }) => textMessage(t('understood')), next: 'end' },
  sayClosed: { kind: 'say', message: ({ t }) => textMessage(t('claimClosed')), next: 'end' },
  sayPaid: {
    kind: 'say',
    message: ({ state, t }) => {
      const { offered, claimed } = getClaim(state)
      return textMessage(t('paidOut', { amount: offered ?? claimed }))
    },
    next: 'end',
  },
  end: { kind: 'end', result: () => ({}) },
}

function moreQuestion({ state, t }: FollowContext): Content<'yes' | 'no'> {
  return textMessage<'yes' | 'no'>(t('checkMore', { words: state.more ?? '' }), [
    reply<'yes' | 'no'>(t('sendMore'), 'yes'),
    reply<'yes' | 'no'>(t('writeAgain'), 'no'),
  ])
}

type State = FollowContext['state']

/** A claim that has moved on since the insurer did not answer has moved because it was heard. */
function takeLook(claim: ReturnType<typeof getClaim>, { state }: FollowContext): Partial<State> {
  const late = state.tries !== undefined && claim.state !== state.claim?.state
  return late ? { claim, ...heard, late } : { claim, late }
}

function isHeardLate(state: State, ...stands: readonly string[]): boolean {
  return state.late === true && stands.includes(getClaim(state).state)
}

function isOffered(claim: FollowContext['state']['claim']): boolean {
  return claim?.state === 'assessing' && claim.offered !== undefined
}

function offerQuestion({ state, t }: FollowContext): Content<'yes' | 'no'> {
  const { offered, claimed } = getClaim(state)
  return cardMessage<'yes' | 'no'>({
    title: t('offer', { amount: offered ?? claimed }),
    description: t('offerBody', { claimed }),
    suggestions: [reply<'yes' | 'no'>(t('agree'), 'yes'), reply<'yes' | 'no'>(t('agreeLater'), 'no')],
  })
}

function deniedQuestion({ state, t }: FollowContext): Content<'yes' | 'no'> {
  return cardMessage<'yes' | 'no'>({
    title: t('deniedTitle'),
    description: t('deniedBody', { reasons: getClaim(state).reasons ?? '' }),
    suggestions: [reply<'yes' | 'no'>(t('objectTo'), 'yes'), reply<'yes' | 'no'>(t('acceptDenial'), 'no')],
  })
}
