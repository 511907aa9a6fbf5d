import { cardMessage, days, hours, reply, textMessage, type Content } from '@inthread/sdk'
import { getClaim, getReport, type FollowContext, type FollowStep, type FollowStepName } from './follow-slots.ts'

/** The insurer tells us of each step; this often we look for ourselves. */
const lookEveryMs = hours(12)
const patience = { timeout: { afterMs: days(1), to: 'sayThinking' }, giveUp: 'sayThinking' } as const
const looked = { declined: 'wait', unknown: 'wait' } as const

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
    on: { told: { to: 'judge', set: (claim) => ({ claim }) }, ...looked },
  },
  judge: {
    kind: 'branch',
    when: [
      { is: ({ state }) => getClaim(state).state === 'documents_needed', to: 'askMore' },
      { is: ({ state }) => isOffered(state.claim), to: 'offer' },
      { is: ({ state }) => getClaim(state).state === 'denied', to: 'denied' },
      { is: ({ state }) => getClaim(state).state === 'paid', to: 'sayPaid' },
      { is: ({ state }) => getClaim(state).state === 'closed', to: 'sayUnderstood' },
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
  sayWorking: { kind: 'say', message: ({ t }) => textMessage(t('stillWorking')), next: 'end' },
  askMore: {
    kind: 'ask',
    slot: 'more',
    prompt: ({ t }) => textMessage<string>(t('needMore')),
    read: (words) => (words.trim().length < 2 ? undefined : words.trim().slice(0, 300)),
    ...patience,
    next: 'document',
  },
  document: {
    kind: 'call',
    need: 'insurance',
    operation: 'document',
    input: ({ state }) => ({ claim: getClaim(state).id, kind: 'statement', text: state.more ?? '' }),
    on: {
      told: { to: 'sayGotMore', set: (claim) => ({ claim, more: undefined }) },
      too_late: { to: 'look', set: () => ({ more: undefined }) },
      ...looked,
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
    on: { told: { to: 'sayAgreed', set: (claim) => ({ claim }) }, too_late: 'look', ...looked },
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
    on: { told: { to: 'sayObjected', set: (claim) => ({ claim, objection: undefined }) }, too_late: 'look', ...looked },
  },
  sayObjected: { kind: 'say', message: ({ t }) => textMessage(t('objected')), next: 'wait' },
  sayUnderstood: { kind: 'say', message: ({ t }) => textMessage(t('understood')), next: 'end' },
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
