import { parseRate } from '../credit/exact/fraction.ts'
import { writePercent } from '../credit/schedule/disclose-rates.ts'
import { summaryOf } from '../dialogue/counter-cards.ts'
import { cardMessage, reply, textMessage, type Content, type Reply } from '../message/content.ts'
import { formatDateTime } from '../message/moment.ts'
import { formatMoney } from '../money.ts'
import { keyFacts, listRows, type CreditContext, type CreditSlots, type FactChoice } from './credit-cards.ts'
import { order, type CreditSteps } from './credit-names.ts'

/** The question is the same as before, with what was learned; without an amount too. */
const askedAgain = { estimated: true, choice: undefined, seen: undefined } as const satisfies Partial<CreditSlots>

/** How much the bank would think about, when the user wants to know before they apply. Nothing is agreed to for it. */
export const estimateSteps: CreditSteps<'estimate'> = {
  estimate: {
    kind: 'call',
    need: 'credit',
    operation: 'precheck',
    input: (context) => ({ ...order(context), product: context.state.asked?.['product'] ?? '' }),
    on: {
      estimated: {
        to: 'facts',
        set: ({ items: [item], expiresAt: until, facts: rows }) => ({
          ...askedAgain,
          ...(item ? { estimate: { ...pick(item), until, rows } } : {}),
        }),
      },
      // A bank that tells nobody beforehand, or cannot now, decides on the application as ever.
      not_offered: { to: 'facts', set: () => askedAgain },
      declined: { to: 'facts', set: () => askedAgain },
      unknown: { to: 'facts', set: () => askedAgain },
    },
  },
}

type Estimate = NonNullable<CreditSlots['estimate']>

function pick({
  name,
  min,
  max,
  annualRate,
}: { readonly annualRate: string } & Pick<Estimate, 'name' | 'min' | 'max'>) {
  return { name, min, max, rate: writePercent(parseRate(annualRate, 'an annual rate')) }
}

/** What a loan costs, or what was learned since: the question is the same. */
export function loanFacts(context: CreditContext): Content<FactChoice> {
  const { t, state } = context
  if (!state.estimated) return keyFacts(context, [reply(t('howMuch'), 'estimate' as const)])
  if (state.seen) return keyFacts(context)
  const buttons = [
    reply(t('apply'), 'go' as const),
    ...(state.schedule ? [reply(t('schedule'), 'schedule' as const)] : []),
    reply(t('leave'), 'leave' as const),
  ]
  return state.estimate ? estimateCard(context, state.estimate, buttons) : textMessage(t('noEstimate'), buttons)
}

/**
 * A range with its yearly rate and its end, and that it is no decision: neither of the bank nor of the user. The range
 * is a row: of a title with two amounts a phone would show one as the sum.
 */
function estimateCard(
  context: CreditContext,
  { name, min, max, rate, until, rows }: Estimate,
  suggestions: readonly Reply<FactChoice>[],
): Content<FactChoice> {
  const { t, locale, timeZone } = context
  const { amount } = summaryOf(context)
  const size = formatMoney(amount)
  const zh = locale.startsWith('zh')
  const range = {
    label: zh ? '预估可借' : 'Estimate',
    value: `${formatMoney(min)}${zh ? ' 至 ' : ' to '}${formatMoney(max)}`,
  }
  const over = { label: zh ? '这次' : 'This time', value: zh ? `${size}，比预估多` : `${size}, more than that` }
  return cardMessage({
    title: t('estimateTitle', { name, rate }),
    description: listRows(context, [
      range,
      ...(amount.amountMinor > max.amountMinor ? [over] : []),
      ...rows.slice(0, 4),
      { label: zh ? '有效至' : 'Holds until', value: formatDateTime(until, locale, timeZone) },
    ]),
    suggestions,
  })
}

/** `我能贷多少` in the user's own words, where the button says it. */
export function readFactChoice(words: string, { state }: CreditContext): FactChoice | undefined {
  if (state.estimated) return undefined
  const plain = words.normalize('NFKC').trim().toLowerCase()
  return /(?:能|可以)(?:贷|借)多少|how much (?:could|can) i (?:borrow|get)/.test(plain) ? 'estimate' : undefined
}
