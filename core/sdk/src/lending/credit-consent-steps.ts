import { cardMessage, reply, textMessage, type Content } from '../message/content.ts'
import { sameMoney, type Money } from '../money.ts'
import { minutes } from '../time.ts'
import { summaryOf } from '../dialogue/counter-cards.ts'
import { consentCard, type CreditContext, type CreditSlots } from './credit-cards.ts'
import { order, say, type CreditStep, type CreditSteps } from './credit-names.ts'

type OpenNames = 'mine' | 'hasOpen' | 'askReplace' | 'replaceChosen' | 'replaceOpen' | 'sayResumed' | 'sayKept'
type ConsentNames =
  | 'askConsent'
  | 'askMarketing'
  | 'askSignature'
  | 'consent'
  | 'answerConsent'
  | 'wasNeeded'
  | 'nextConsent'
  | 'sayWithoutConsent'
  | 'hasApplied'
  | 'apply'
  | 'consentLeft'
  | 'whyRefused'
  | 'sayAlready'
  | 'sayUnsure'

/** Asked in this order, and the signed one when the bank waits for it. Only a no to advertising changes nothing. */
const first = 'personal-data'
const optional = 'marketing'

interface Listed {
  readonly id: string
  readonly type: string
  readonly product: string
  readonly state: string
  readonly amount?: Money | undefined
}

const open: ReadonlySet<string> = new Set([
  ...['applied', 'collecting', 'credit_authorisation', 'reviewing', 'under_review', 'need_more'],
  ...['offered', 'approved', 'approved_lower'],
])

/** There is one application at a time: the open one goes on, unless it was for something else. */
export function buildOpenSteps(type: 'loan' | 'card'): CreditSteps<OpenNames> {
  const findOpen = (items: readonly Listed[], context: CreditContext): Partial<CreditSlots> => {
    const product = context.state.asked?.['product']
    const found = items.find((item) => item.type === type && item.product === product && open.has(item.state))
    if (!found) return { application: undefined }
    const { amount } = summaryOf(context)
    const same = found.amount === undefined || sameMoney(found.amount, amount)
    return { application: found.id, ...(same ? {} : { other: found.amount }) }
  }
  return {
    mine: {
      kind: 'call',
      need: 'credit',
      operation: 'mine',
      input: order,
      on: {
        listed: { to: 'hasOpen', set: ({ items }, context) => findOpen(items, context) },
        declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
        unknown: 'sayUnreachable',
      },
    },
    hasOpen: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.application === undefined, to: 'askConsent' },
        { is: ({ state }) => state.other !== undefined, to: 'askReplace' },
      ],
      otherwise: 'sayResumed',
    },
    askReplace: {
      kind: 'ask',
      slot: 'replaces',
      prompt: askReplace,
      timeout: { afterMs: minutes(15), to: 'sayKept' },
      next: 'replaceChosen',
    },
    replaceChosen: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.replaces === 'yes', to: 'replaceOpen' }],
      otherwise: 'sayKept',
    },
    replaceOpen: {
      kind: 'call',
      need: 'credit',
      operation: 'withdraw',
      input: (context) => ({ ...order(context), application: context.state.application ?? '' }),
      on: {
        withdrawn: { to: 'askConsent', set: () => ({ application: undefined }) },
        too_late: 'sayClosed',
        declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
        unknown: 'sayUnsure',
      },
    },
    sayKept: say(({ t }) => textMessage(t('kept'))),
    sayResumed: say(({ t }) => textMessage(t('resumed')), 'look'),
  }
}

function askReplace({ t, state }: CreditContext): Content<'yes' | 'no'> {
  const amount = state.other ?? { amountMinor: 0n, currency: 'CNY' }
  return cardMessage({
    title: t('otherOpen', { amount }),
    suggestions: [reply(t('replace'), 'yes' as const), reply(t('leave'), 'no' as const)],
  })
}

/** Each purpose on a card of its own; then the application begins, with the bank's names of what was agreed to. */
export function buildConsentSteps(type: 'loan' | 'card', signed: string): CreditSteps<ConsentNames> {
  return {
    askConsent: askFor(first),
    askMarketing: askFor(optional),
    // Nobody looks at a credit report without a signature: a bank that has no words for it cannot go on.
    askSignature: askFor(signed, true),
    consent: {
      kind: 'ask',
      slot: 'agreed',
      prompt: consentCard,
      timeout: { afterMs: minutes(15), to: 'consentLeft' },
      next: 'answerConsent',
    },
    answerConsent: {
      kind: 'call',
      need: 'consents',
      operation: 'answerConsent',
      input: (context) => {
        const { shown, agreed } = context.state
        return {
          ...order(context),
          consent: shown?.id ?? '',
          granted: agreed === 'yes',
          sha256: shown?.sha256 ?? '',
        }
      },
      on: {
        granted: {
          to: 'nextConsent',
          set: ({ ref }, { state }) => ({ granted: [...(state.granted ?? []), ref], signing: ref }),
        },
        refused: 'wasNeeded',
        declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
        expired: 'sayExpired',
        unknown: 'sayUnsure',
      },
    },
    wasNeeded: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.purpose === optional, to: 'nextConsent' }],
      otherwise: 'sayWithoutConsent',
    },
    nextConsent: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.purpose === signed, to: 'sign' },
        { is: ({ state }) => state.purpose === first, to: 'askMarketing' },
      ],
      otherwise: 'apply',
    },
    apply: {
      kind: 'call',
      need: 'credit',
      operation: 'apply',
      input: (context) => buildApplication(context, type),
      on: {
        applied: { to: 'look', set: ({ id }) => ({ application: id }) },
        already: 'sayAlready',
        declined: { to: 'whyRefused', set: ({ reason }) => ({ reason }) },
        unknown: 'sayUnsure',
      },
    },
    ...refusalSteps,
  }
}

function isLater({ reason }: CreditSlots): boolean {
  return reason === 'try_later'
}

type RefusalNames = 'consentLeft' | 'sayWithoutConsent' | 'hasApplied' | 'whyRefused' | 'sayAlready' | 'sayUnsure'

const refusalSteps: CreditSteps<RefusalNames> = {
  sayWithoutConsent: say(({ t }) => textMessage(t('withoutConsent')), 'hasApplied'),
  hasApplied: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.application !== undefined, to: 'withdraw' }],
    otherwise: 'end',
  },
  // Silence is no refusal: what stands at the bank already is not withdrawn for it.
  consentLeft: {
    kind: 'branch',
    when: [{ is: ({ state }) => state.application !== undefined, to: 'sayUnfinished' }],
    otherwise: 'sayWithoutConsent',
  },
  // Not everything that a bank refuses is its decision on the credit.
  whyRefused: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.reason === 'not_linked', to: 'sayNotLinked' },
      { is: ({ state }) => isLater(state) && state.application !== undefined, to: 'sayUnfinished' },
      { is: ({ state }) => isLater(state), to: 'sayNotNow' },
    ],
    otherwise: 'sayTurnedDown',
  },
  sayAlready: say(({ t }) => textMessage(t('already'))),
  sayUnsure: say(({ t }) => textMessage(t('unsure'))),
}

/** `signed`: it cannot go on without it, and there is an application already. */
function askFor(purpose: string, signed = false): CreditStep {
  return {
    kind: 'call',
    need: 'consents',
    operation: 'askConsent',
    input: (context) => ({ ...order(context), purpose }),
    on: {
      asked: {
        to: 'consent',
        set: ({ consent: id, ...words }) => ({ purpose, shown: { id, ...words }, agreed: undefined }),
      },
      not_needed: signed ? 'sayUnfinished' : { to: 'nextConsent', set: () => ({ purpose }) },
      declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
      expired: 'sayExpired',
      unknown: signed ? 'sayUnfinished' : 'sayUnreachable',
    },
  }
}

function buildApplication(context: CreditContext, type: 'loan' | 'card') {
  const { asked = {}, granted = [] } = context.state
  const { amount } = summaryOf(context)
  return {
    ...order(context),
    ...{ type, product: asked['product'] ?? '', consents: granted },
    ...(type === 'loan' ? { amount } : {}),
    ...wishesOf(context.state),
  }
}

/** What the caller has settled beside product and amount: in how many payments, and what for. */
export function wishesOf({ asked = {} }: CreditSlots): { periods?: number; use?: string } {
  const { periods, use } = asked
  return { ...(periods === undefined ? {} : { periods: Number(periods) }), ...(use === undefined ? {} : { use }) }
}
