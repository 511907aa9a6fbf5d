import { z } from 'zod'
import { textMessage, type Content } from '../message/content.ts'
import type { Flow } from '../plugin/erased.ts'
import { defineFlow } from '../plugin/flow.ts'
import type { StepOf } from '../plugin/step.ts'
import { hours, minutes, seconds } from '../time.ts'
import {
  againCard,
  buildResultCard,
  chooseCard,
  codeQuestion,
  counterSlots,
  pageCard,
  readAgain,
  type CounterContext,
  type CounterSlots,
  type ResultKind,
} from './counter-cards.ts'
import type { CounterContract } from './counter-contract.ts'

type OpeningNames = 'prepare' | 'choose' | 'confirm' | 'whyNot'
type ProofNames =
  'challenge' | 'sayPage' | 'waitForPage' | 'check' | 'askCode' | 'answer' | 'sayWrong' | 'askAgain' | 'againChosen'
type ResultNames = 'submit' | 'sayChecking' | 'sayAccepted' | 'waitForBank' | 'decided' | 'sayPaid' | 'sayRefused'
type EndNames =
  'sayNotLinked' | 'sayNoCard' | 'sayNotNow' | 'sayUnreachable' | 'sayLocked' | 'sayExpired' | 'sayCodeExpired' | 'end'
export type CounterNames = OpeningNames | ProofNames | ResultNames | EndNames

type Step = StepOf<CounterContract, CounterSlots, CounterNames, { order: string }>
type Steps<N extends CounterNames> = { readonly [K in N]: Step }

const say = (message: (context: CounterContext) => Content): Step => ({ kind: 'say', message, next: 'end' })
const order = ({ input }: CounterContext): { order: string } => ({ order: input.order })

export const opening: Steps<OpeningNames> = {
  prepare: {
    kind: 'call',
    need: 'desk',
    operation: 'prepare',
    input: order,
    on: {
      ready: {
        to: 'choose',
        // With one account there is nothing to choose.
        set: ({ methods, order: summary }) => ({
          methods,
          summary,
          method: methods.length === 1 ? methods[0]?.id : undefined,
        }),
      },
      declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
      expired: 'sayExpired',
      unknown: 'sayUnreachable',
    },
  },
  choose: {
    kind: 'ask',
    slot: 'method',
    prompt: chooseCard,
    timeout: { afterMs: minutes(10), to: 'sayExpired' },
    next: 'confirm',
  },
  confirm: {
    kind: 'confirm',
    order: ({ input }) => input.order,
    method: ({ state }) => state.method ?? '',
    on: { confirmed: 'challenge', cancelled: 'end', expired: 'sayExpired' },
  },
  whyNot: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.reason === 'not_linked', to: 'sayNotLinked' },
      { is: ({ state }) => state.reason === 'no_card', to: 'sayNoCard' },
    ],
    otherwise: 'sayNotNow',
  },
}

/** The bank makes sure that it is the user: by a code that they type here, or on a page of its own. */
export const proof: Steps<ProofNames> = {
  challenge: {
    kind: 'call',
    need: 'desk',
    operation: 'challenge',
    input: ({ input, state: { asks = 0 } }) => ({ order: input.order, ...(asks === 0 ? {} : { again: asks }) }),
    on: {
      sent: {
        to: 'askCode',
        set: ({ destination }) => ({ destination, onPage: false, again: undefined, triesLeft: undefined }),
      },
      page: { to: 'sayPage', set: ({ url }) => ({ page: url, onPage: true, again: undefined }) },
      verified: 'submit',
      declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
      expired: 'sayExpired',
      unknown: 'sayUnreachable',
    },
  },
  sayPage: { kind: 'say', message: pageCard, next: 'waitForPage' },
  // The thread goes on by the bank's notice; should that be lost, the challenge is looked at now and then.
  waitForPage: {
    kind: 'wait',
    need: 'desk',
    event: 'changed',
    limitMs: seconds(45),
    on: { happened: 'check', limit: 'check' },
  },
  check: {
    kind: 'call',
    need: 'desk',
    operation: 'check',
    input: order,
    on: {
      verified: 'submit',
      pending: 'waitForPage',
      locked: 'sayLocked',
      expired: 'askAgain',
      unknown: 'sayUnreachable',
    },
  },
  askCode: {
    kind: 'ask',
    slot: 'code',
    confidential: true,
    shape: { digits: 6 },
    prompt: codeQuestion,
    retries: 5,
    timeout: { afterMs: minutes(2), to: 'askAgain' },
    next: 'answer',
  },
  answer: {
    kind: 'call',
    need: 'desk',
    operation: 'answer',
    input: ({ input, state }) => ({ order: input.order, code: state.code ?? { secret: '' } }),
    on: {
      verified: 'submit',
      wrong: { to: 'sayWrong', set: ({ triesLeft }) => ({ triesLeft, code: undefined }) },
      locked: 'sayLocked',
      expired: 'askAgain',
      unknown: 'sayUnreachable',
    },
  },
  sayWrong: {
    kind: 'say',
    message: ({ t, state }) => textMessage(t('wrongCode', { triesLeft: state.triesLeft ?? 0 })),
    next: 'askCode',
  },
  // A code that never came is not the end: the bank sends another, as long as the order stands.
  askAgain: {
    kind: 'ask',
    slot: 'again',
    prompt: againCard,
    read: readAgain,
    timeout: { afterMs: minutes(5), to: 'sayCodeExpired' },
    next: { to: 'againChosen', set: askOnceMore },
  },
  againChosen: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.again === 'yes', to: 'challenge' }],
    otherwise: 'sayCodeExpired',
  },
}

function askOnceMore(again: 'yes' | 'no', { state: { asks = 0 } }: CounterContext): Partial<CounterSlots> {
  return again === 'yes' ? { again, asks: asks + 1, code: undefined } : { again }
}

export const endings: Steps<EndNames> = {
  sayNotLinked: say(({ t }) => textMessage(t('notLinked'))),
  sayNoCard: say(({ t }) => textMessage(t('noCard'))),
  sayNotNow: say(({ t }) => textMessage(t('notNow'))),
  sayUnreachable: say(({ t }) => textMessage(t('unreachable'))),
  sayLocked: say(({ t, state }) => textMessage(t(state.onPage === true ? 'pageLocked' : 'locked'))),
  sayExpired: say(({ t }) => textMessage(t('expired'))),
  sayCodeExpired: say(({ t, state }) => textMessage(t(state.onPage === true ? 'pageExpired' : 'codeExpired'))),
  end: { kind: 'end' },
}

export function buildResultSteps(
  result: (kind: ResultKind) => (context: CounterContext) => Content,
): Steps<ResultNames> {
  return {
    submit: {
      kind: 'call',
      need: 'desk',
      operation: 'submit',
      input: order,
      on: {
        succeeded: { to: 'sayPaid', set: ({ facts }) => ({ facts }) },
        accepted: { to: 'sayAccepted', set: ({ facts }) => ({ facts }) },
        declined: { to: 'sayRefused', set: ({ reason }) => ({ reason }) },
        expired: 'sayExpired',
        unknown: 'sayChecking',
      },
    },
    sayChecking: {
      kind: 'say',
      message: result('checking'),
      next: 'waitForBank',
    },
    sayAccepted: { kind: 'say', message: result('accepted'), next: 'end' },
    waitForBank: {
      kind: 'wait',
      need: 'desk',
      event: 'settled',
      // The bank's statement of the day decides at the latest; after that a person has it in hand.
      limitMs: hours(30),
      on: {
        happened: { to: 'decided', set: ({ result, reason, facts }) => ({ result, reason, facts }) },
        limit: 'end',
      },
    },
    decided: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'sayPaid' }],
      otherwise: 'sayRefused',
    },
    sayPaid: say(result('paid')),
    sayRefused: say(result('refused')),
  }
}

export interface CounterFlow {
  readonly id: string
  readonly revision: number
  /** Whether the cards of the end say who was paid. */
  readonly namesPayee: boolean
}

/** Grows with the steps of all counters; what a counter itself says grows its own revision. */
const dialogueRevision = 1

/** confirm → code or page → result. Whatever happens, the user hears whether anything was done. */
export function buildCounterFlow(
  contract: CounterContract,
  { id, revision, namesPayee }: CounterFlow,
): Flow<{ order: string }> {
  const result =
    (kind: ResultKind) =>
    (context: CounterContext): Content =>
      buildResultCard(context, kind, namesPayee)
  return defineFlow(contract, {
    id,
    revision: revision + dialogueRevision,
    input: z.strictObject({ order: z.string() }),
    state: counterSlots,
    moves: { [revision + dialogueRevision - 1]: { steps: { choose: 'choose' } } },
    start: 'prepare',
    steps: { ...opening, ...proof, ...buildResultSteps(result), ...endings },
  })
}
