import {
  cardMessage,
  carousel,
  formatDateTime,
  reply,
  shorten,
  textMessage,
  type Content,
  type StepOf,
} from '@inthread/sdk'
import { parseRate, writePercent } from '@inthread/sdk/credit'
import type { contract } from './contract.ts'
import type { BorrowContext, BorrowInput, BorrowSlots, EstimateChoice } from './loan-choice.ts'
import { patience } from './patience.ts'

type Names = 'estimate' | 'hasEstimate' | 'showEstimate' | 'askAnyway' | 'choiceMade' | 'sayNoEstimate'
type Step = StepOf<typeof contract, BorrowSlots, Names | 'products' | 'leave' | 'end', BorrowInput>

/** How much somebody could borrow, before they apply: from there to the application, or not. */
export const estimateSteps: Readonly<Record<Names, Step>> = {
  estimate: {
    kind: 'call',
    need: 'estimate',
    operation: 'ask',
    input: () => ({}),
    on: {
      estimated: {
        to: 'hasEstimate',
        set: ({ items, expiresAt, facts }) => ({ estimates: items.slice(0, 6), until: expiresAt, rows: facts }),
      },
      // A bank that tells nobody beforehand decides on the application as ever.
      not_offered: 'sayNoEstimate',
      declined: 'sayNoEstimate',
      unknown: 'sayNoEstimate',
      unavailable: 'sayNoEstimate',
    },
  },
  hasEstimate: {
    kind: 'branch',
    when: [{ is: ({ state: { estimates = [] } }) => estimates.length > 0, to: 'showEstimate' }],
    otherwise: 'askAnyway',
  },
  showEstimate: {
    kind: 'ask',
    slot: 'choice',
    prompt: estimateCards,
    read: readChoice,
    ...patience,
    next: { to: 'choiceMade', set: (choice, { state }) => ({ choice, ...preset(choice, state) }) },
  },
  askAnyway: {
    kind: 'ask',
    slot: 'choice',
    prompt: ({ t }) =>
      textMessage(t('noneToTell'), [
        reply<EstimateChoice>(t('applyAnyway'), { act: 'apply' }),
        reply<EstimateChoice>(t('notNow'), { act: 'later' }),
      ]),
    read: readChoice,
    ...patience,
    next: 'choiceMade',
  },
  choiceMade: {
    kind: 'branch',
    when: [{ is: ({ state: { choice } }) => choice?.act === 'apply', to: 'products' }],
    otherwise: 'leave',
  },
  sayNoEstimate: { kind: 'say', message: ({ t }) => textMessage(t('noEstimate')), next: 'products' },
}

/**
 * The yearly rate in the title, which has room for two lines alone, and the range below. Only what can be applied for
 * in this thread has a button.
 */
function estimateCards(context: BorrowContext): Content<EstimateChoice> {
  const { t, locale, timeZone, now, state } = context
  const { estimates = [], until = now, rows = [] } = state
  const colon = locale.startsWith('zh') ? '：' : ': '
  const [row1 = '', row2 = ''] = rows.map(({ label, value }) => `${label}${colon}${value}`)
  const facts = { row1, row2, until: formatDateTime(until, locale, timeZone) }
  const cards = estimates.map(({ product, name, min, max, annualRate, business }) => ({
    title: t('estimateTitle', { name, rate: writePercent(parseRate(annualRate, 'an annual rate')) }),
    description: t(business ? 'estimateBody' : 'estimateAtShop', { min, max, ...facts }),
    suggestions: business
      ? [reply<EstimateChoice>(t('applyFor', { name: shorten(name, 18) }), { act: 'apply', product })]
      : [],
  }))
  const later = [reply<EstimateChoice>(t('notNow'), { act: 'later' })]
  const [only, ...others] = cards
  return only && others.length === 0 ? cardMessage(only, later) : carousel(cards, later)
}

/** In the user's own words: the loan that it names, or that it is not wanted now. */
function readChoice(words: string, { state: { estimates = [] } }: BorrowContext): EstimateChoice | undefined {
  const plain = words.normalize('NFKC').trim().toLowerCase()
  if (/^(?:不|不用|不了|算了|以后|no\b|not now|later)/.test(plain)) return { act: 'later' }
  const named = estimates.find(({ name, business }) => business && plain.includes(name.toLowerCase()))
  if (named) return { act: 'apply', product: named.product }
  return /^(?:申请|我要申请|apply)[。.!！]?$/.test(plain) ? { act: 'apply' } : undefined
}

/** The loan that was chosen is not asked about again, and its amount stands beside the question how much. */
function preset({ product }: EstimateChoice, { estimates = [] }: BorrowSlots): Partial<BorrowSlots> {
  const chosen = estimates.find((estimate) => estimate.product === product)
  return chosen ? { upTo: chosen.max } : {}
}
