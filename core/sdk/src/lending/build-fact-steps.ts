import { textMessage } from '../message/content.ts'
import { parseRate } from '../credit/exact/fraction.ts'
import { writePercent } from '../credit/schedule/disclose-rates.ts'
import { formatMoney, type Money } from '../money.ts'
import { minutes } from '../time.ts'
import { summaryOf } from '../dialogue/counter-cards.ts'
import { choose, keyFacts, type CreditContext, type CreditSlots } from './credit-cards.ts'
import { wishesOf } from './credit-consent-steps.ts'
import { order, say, type CreditStep, type CreditSteps } from './credit-names.ts'
import { loanFacts, readFactChoice } from './estimate-steps.ts'

type Names = 'open' | 'cost' | 'hasCost' | 'facts' | 'factsChosen' | 'sayNotOffered' | 'sayLeft'

const quote: CreditStep = {
  kind: 'call',
  need: 'credit',
  operation: 'quote',
  input: (context) => ({
    ...order(context),
    product: context.state.asked?.['product'] ?? '',
    amount: summaryOf(context).amount,
    ...wishesOf(context.state),
  }),
  on: {
    quoted: {
      to: 'hasCost',
      set: ({ name, facts: rows, headline: rate, credit }) => ({ name, rows, rate, schedule: credit?.schedule }),
    },
    not_offered: 'sayNotOffered',
    declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
    unknown: 'sayUnreachable',
  },
}

const products: CreditStep = {
  kind: 'call',
  need: 'credit',
  operation: 'products',
  input: order,
  on: {
    listed: { to: 'hasCost', set: ({ products }, context) => readProduct(products, context) },
    declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
    unknown: 'sayUnreachable',
  },
}

/** What it costs, before anybody is asked anything: nobody is identified and nothing is applied for here. */
export function buildFactSteps(type: 'loan' | 'card'): CreditSteps<Names> {
  return {
    open: {
      kind: 'call',
      need: 'desk',
      operation: 'prepare',
      input: order,
      on: {
        ready: {
          to: 'cost',
          set: ({ order: summary, asked }) => ({ summary, asked }),
        },
        declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
        expired: 'sayExpired',
        unknown: 'sayUnreachable',
      },
    },
    cost: type === 'loan' ? quote : products,
    hasCost: {
      kind: 'branch',
      when: [{ is: ({ state }) => (state.rate ?? '') !== '', to: 'facts' }],
      otherwise: 'sayNotOffered',
    },
    facts: {
      kind: 'ask',
      slot: 'choice',
      ...(type === 'loan' ? { prompt: loanFacts, read: readFactChoice } : { prompt: keyFacts }),
      timeout: { afterMs: minutes(15), to: 'sayLeft' },
      next: { to: 'factsChosen', set: choose },
    },
    factsChosen: {
      kind: 'branch',
      when: [
        { is: ({ state }) => state.choice === 'go', to: 'mine' },
        { is: ({ state }) => state.choice === 'leave', to: 'sayLeft' },
        ...(type === 'loan' ? [{ is: wantsEstimate, to: 'estimate' as const }] : []),
      ],
      otherwise: 'saySchedule',
    },
    sayNotOffered: say(({ t }) => textMessage(t('notOffered'))),
    sayLeft: say(({ t }) => textMessage(t('left'))),
  }
}

const wantsEstimate = ({ state }: CreditContext): boolean => state.choice === 'estimate'

interface Product {
  readonly id: string
  readonly name: string
  readonly annualRate?: string | undefined
  readonly annualFee?: Money | undefined
  readonly limit?: Money | undefined
  readonly terms?: readonly { readonly key: string; readonly label: string; readonly value: string }[] | undefined
}

/** Said by the title already. */
const inTitle: ReadonlySet<string> = new Set(['product', 'annualRate'])

/** A card has no schedule: what it costs is its rate, at most, and its fee. */
function readProduct(products: readonly Product[], { state, locale }: CreditContext): Partial<CreditSlots> {
  const product = products.find(({ id }) => id === state.asked?.['product'])
  if (!product?.annualRate) return { name: product?.name ?? '', rate: '', rows: [] }
  const zh = locale.startsWith('zh')
  const percent = writePercent(parseRate(product.annualRate, 'an annual rate'))
  const { annualFee, limit, name, terms } = product
  const row = (label: string, amount: Money | undefined): { label: string; value: string }[] =>
    amount === undefined ? [] : [{ label, value: formatMoney(amount) }]
  return {
    name,
    rate: zh ? `年利率 ${percent}%（单利，最高）` : `Annual rate ${percent}% (simple, at most)`,
    rows: terms
      ? terms.filter(({ key }) => !inTitle.has(key)).map(({ label, value }) => ({ label, value }))
      : [...row(zh ? '年费' : 'Annual fee', annualFee), ...row(zh ? '额度最高' : 'Limit up to', limit)],
  }
}
