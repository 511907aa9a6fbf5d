import { hours, minutes, reply, textMessage } from '@inthread/sdk'
import { askParts, askRemedy, askResume } from './messages.ts'
import { amountOf, dismiss, itemOf, untilOf, type BuyContext, type BuySteps } from './slots.ts'

type AskNames = 'isOver' | 'askRemedy' | 'remedyChosen' | 'askOther' | 'otherChosen'
type PartNames = 'offerParts' | 'askParts' | 'partsChosen' | 'buyParts' | 'sayNoParts'
type CardNames =
  'applyForCard' | 'sayCardChecked' | 'waitCard' | 'cardDecided' | 'isStillKept' | 'askResume' | 'resumeChosen'

const isPast = (context: BuyContext): boolean => untilOf(context) <= context.now

/** It is not paid. What the user can do about it, until what was kept for them runs out. */
export const remedySteps: BuySteps<AskNames | PartNames | CardNames | 'finance' | 'soon'> = {
  isOver: { kind: 'branch', when: [{ is: isPast, to: 'sayLapsed' }], otherwise: 'askRemedy' },
  askRemedy: {
    kind: 'ask',
    slot: 'remedy',
    prompt: askRemedy,
    timeout: { afterMs: minutes(30), to: 'release' },
    next: 'remedyChosen',
  },
  remedyChosen: {
    kind: 'branch',
    when: [
      { is: isPast, to: 'sayLapsed' },
      { is: ({ state }) => state.remedy === 'card', to: 'applyForCard' },
      { is: ({ state }) => state.remedy === 'leave', to: 'release' },
    ],
    otherwise: 'fresh',
  },
  askOther: {
    kind: 'ask',
    slot: 'notHere',
    prompt: ({ t }) =>
      textMessage(t('notHere'), [reply(t('otherCard'), 'again' as const), reply(t('cancel'), 'leave' as const)]),
    timeout: { afterMs: minutes(30), to: 'release' },
    next: 'otherChosen',
  },
  otherChosen: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.notHere === 'again', to: 'fresh' }],
    otherwise: 'release',
  },
  ...buildParts(),
  ...buildCard(),
  finance: {
    kind: 'call',
    need: 'loan',
    operation: 'finance',
    input: (context) => ({
      amount: amountOf(context),
      product: context.config.loan,
      purpose: itemOf(context).name,
      expiresAt: untilOf(context),
    }),
    on: {
      succeeded: { to: 'take', set: ({ receipt }) => ({ receipt, by: 'loan' as const }) },
      pending: { to: 'soon', set: ({ receipt }) => ({ receipt, by: 'loan' as const }) },
      declined: { to: 'isOver', set: dismiss('loan') },
      cancelled: { to: 'isOver', set: dismiss('loan') },
      expired: { to: 'isOver', set: dismiss('loan') },
      unknown: { to: 'checking', set: () => ({ by: 'loan' as const }) },
      unavailable: 'askOther',
    },
  },
  soon: {
    kind: 'say',
    message: (context) => textMessage(context.t('soon', { name: itemOf(context).name })),
    next: 'waitLoan',
  },
}

function buildParts(): BuySteps<PartNames> {
  return {
    offerParts: {
      kind: 'call',
      need: 'parts',
      operation: 'offer',
      input: (context) => ({
        product: context.config.instalments,
        periods: context.config.periods,
        amount: amountOf(context),
      }),
      on: {
        offered: {
          to: 'askParts',
          set: ({ id, facts, headline }) => ({ quote: id, rate: headline ?? '', rows: facts, inParts: undefined }),
        },
        not_offered: { to: 'sayNoParts', set: dismiss('parts') },
        declined: { to: 'isOver', set: dismiss('parts') },
        unknown: { to: 'isOver', set: dismiss('parts') },
        unavailable: 'askOther',
      },
    },
    // Whoever cannot have it in parts, or would rather not, has all the other ways left.
    sayNoParts: { kind: 'say', message: ({ t }) => textMessage(t('noPartsHere')), next: 'isOver' },
    askParts: {
      kind: 'ask',
      slot: 'inParts',
      prompt: askParts,
      timeout: { afterMs: minutes(15), to: 'release' },
      next: {
        to: 'partsChosen',
        set: (answer, context) => (answer === 'yes' ? {} : dismiss('parts')(answer, context)),
      },
    },
    partsChosen: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.inParts === 'yes', to: 'buyParts' }],
      otherwise: 'isOver',
    },
    buyParts: {
      kind: 'call',
      need: 'parts',
      operation: 'purchase',
      input: (context) => ({
        quote: context.state.quote ?? '-',
        purpose: itemOf(context).name,
        expiresAt: untilOf(context),
      }),
      on: {
        succeeded: { to: 'take', set: ({ receipt }) => ({ receipt, by: 'instalments' as const }) },
        declined: { to: 'isOver', set: dismiss('parts') },
        cancelled: { to: 'isOver', set: dismiss('parts') },
        expired: { to: 'isOver', set: dismiss('parts') },
        unknown: { to: 'checking', set: () => ({ by: 'instalments' as const }) },
        unavailable: 'askOther',
      },
    },
  }
}

function buildCard(): BuySteps<CardNames> {
  return {
    applyForCard: {
      kind: 'call',
      need: 'card',
      operation: 'apply',
      input: ({ config }) => ({ product: config.card }),
      on: {
        succeeded: { to: 'isStillKept', set: dismiss('card') },
        declined: { to: 'isOver', set: dismiss('card') },
        cancelled: { to: 'isOver', set: dismiss('card') },
        expired: { to: 'isOver', set: dismiss('card') },
        unknown: 'sayCardChecked',
        unavailable: 'askOther',
      },
    },
    sayCardChecked: { kind: 'say', message: ({ t }) => textMessage(t('cardChecked')), next: 'waitCard' },
    waitCard: {
      kind: 'wait',
      need: 'card',
      event: 'settled',
      limitMs: hours(2),
      on: {
        happened: {
          to: 'cardDecided',
          set: ({ result }, context) => ({ ...dismiss('card')(null, context), paid: result === 'succeeded' }),
        },
        limit: 'sayLapsed',
      },
    },
    cardDecided: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.paid === true, to: 'isStillKept' }],
      otherwise: 'isOver',
    },
    isStillKept: { kind: 'branch', when: [{ is: isPast, to: 'sayLapsed' }], otherwise: 'askResume' },
    askResume: {
      kind: 'ask',
      slot: 'resumes',
      prompt: askResume,
      timeout: { afterMs: hours(1), to: 'release' },
      next: 'resumeChosen',
    },
    resumeChosen: {
      kind: 'branch',
      when: [
        { is: isPast, to: 'sayLapsed' },
        { is: ({ state }) => state.resumes === 'yes', to: 'fresh' },
      ],
      otherwise: 'release',
    },
  }
}
