import { addMs, minutes, seconds, textMessage } from '@inthread/sdk'
import { movedNote, premiumOf, productQuestion, quoteQuestion } from './messages.ts'
import { getQuote, type BuyContext, type BuyState, type BuyStep, type Quote, type QuoteStep } from './slots.ts'

const freshMs = seconds(30)
const patience = { timeout: { afterMs: minutes(30), to: 'sayLater' }, giveUp: 'sayLater' } as const

/** From the product, or the policy that runs out, to the user's declaration. */
export const quoteSteps: Readonly<Record<QuoteStep, BuyStep>> = {
  what: {
    kind: 'branch',
    when: [
      { is: ({ input }) => input.policy !== undefined, to: 'renewQuote' },
      { is: ({ state }) => state.product !== undefined, to: 'quote' },
    ],
    otherwise: 'readProducts',
  },
  readProducts: {
    kind: 'read',
    from: 'products',
    by: 'all',
    where: () => ({}),
    limit: 10,
    on: { found: { to: 'askProduct', set: (products) => ({ products: [...products] }) }, none: 'sayNoneSold' },
  },
  askProduct: {
    kind: 'ask',
    slot: 'product',
    prompt: productQuestion,
    read: readProduct,
    ...patience,
    next: 'quote',
  },
  sayNoneSold: { kind: 'say', message: ({ t }) => textMessage(t('noneSold')), next: 'end' },
  quote: {
    kind: 'call',
    need: 'insurance',
    operation: 'quote',
    input: ({ state }) => ({ product: state.product ?? '' }),
    on: {
      quoted: { to: 'moved', set: takeQuote },
      not_sold: 'sayNoneSold',
      declined: 'sayNoAnswer',
      unknown: 'sayNoAnswer',
    },
  },
  renewQuote: {
    kind: 'call',
    need: 'insurance',
    operation: 'renew',
    input: ({ input }) => ({ policy: input.policy ?? '' }),
    on: {
      quoted: { to: 'moved', set: takeQuote },
      not_renewable: 'sayNotRenewable',
      declined: 'sayNoAnswer',
      unknown: 'sayNoAnswer',
    },
  },
  moved: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.decision === 'yes', to: 'bind' },
      { is: (context) => context.state.shown !== undefined, to: 'sayMoved' },
    ],
    otherwise: 'show',
  },
  sayMoved: { kind: 'say', message: movedNote, next: 'show' },
  show: {
    kind: 'ask',
    slot: 'decision',
    prompt: quoteQuestion,
    timeout: { afterMs: minutes(30), to: 'sayLater' },
    giveUp: 'sayLater',
    next: { to: 'decided', set: (_decision, context) => ({ shown: premiumOf(context) }) },
  },
  decided: {
    kind: 'branch',
    when: [
      { is: ({ state }) => state.decision === 'no', to: 'sayLater' },
      { is: ({ state, now }) => addMs(now, freshMs) >= getQuote(state).expiresAt, to: 'what' },
    ],
    otherwise: 'bind',
  },
  sayNotRenewable: { kind: 'say', message: ({ t }) => textMessage(t('notRenewable')), next: 'end' },
  sayNoAnswer: { kind: 'say', message: ({ t }) => textMessage(t('noAnswer')), next: 'end' },
  sayLater: { kind: 'say', message: ({ t }) => textMessage(t('later')), next: 'end' },
  end: { kind: 'end', result: ({ state }) => ({ bound: state.paid === true }) },
}

/** Another premium than the user has agreed to is shown before it is paid. */
function takeQuote(quote: Quote, { state }: BuyContext): Partial<BuyState> {
  const same = state.shown === premiumOf({ state: { ...state, quote } })
  return { quote: keepQuote(quote), decision: same ? state.decision : undefined }
}

function keepQuote({ id, expiresAt, amount, product, name, from, to, facts }: Quote): Quote {
  return { id, expiresAt, amount, product, name, from, to, facts }
}

function readProduct(words: string, { state }: BuyContext): string | undefined {
  const said = words.trim().toLowerCase()
  return state.products?.find(({ name, nameEn }) => [name, nameEn.toLowerCase()].includes(said))?.product
}
