import {
  cardMessage,
  carousel,
  days,
  defineFlow,
  formatDay,
  formatMoney,
  minutes,
  money,
  moneySchema,
  moneyToDecimal,
  reply,
  shorten,
  textMessage,
  z,
  type Content,
  type ContextOf,
} from '@inthread/sdk'
import { factSchema, wealthProductSchema } from '@inthread/sdk/capabilities'
import { toRows } from '../common-texts.ts'
import { contract, type wealthOrderSchema } from '../contract.ts'
import { readAmount } from '../words/read-amount.ts'
import { assessFlow } from './assess-flow.ts'
import { writeRisk } from './write-risk.ts'

const state = z
  .strictObject({
    products: z.array(wealthProductSchema),
    product: z.string(),
    amount: moneySchema,
    profile: z.string(),
    quote: z.string(),
    facts: z.array(factSchema),
    answer: z.enum(['buy', 'leave']),
    order: z.string(),
    withdrawn: z.boolean(),
    retry: z.enum(['again', 'no']),
    linked: z.boolean(),
    /** Whether the bank could make no profile of the answers. */
    unassessed: z.boolean(),
    /** The bank's own word for how the order ended. */
    ended: z.string(),
    confirmOn: z.string(),
    result: z.enum(['succeeded', 'declined']),
  })
  .partial()
const input = z.strictObject({})
type Context = ContextOf<typeof contract, z.infer<typeof state>, z.infer<typeof input>>

const patience = { timeout: { afterMs: minutes(15), to: 'sayQuiet' }, giveUp: 'sayQuiet' } as const
const say = (message: (context: Context) => Content) => ({ kind: 'say', message, next: 'end' }) as const
const nothing = money('0', 'CNY')
const whyNot = {
  to: 'whyNot',
  set: ({ reason }: { readonly reason: string }) => ({ linked: reason !== 'not_linked' }),
} as const
// The bank's own card has said why not: what is left to say is how to go on.
const askRetry = { to: 'askRetry', set: () => ({ retry: undefined, amount: undefined, answer: undefined }) } as const

/** A product, an amount, what has to be read; only then the bank's dialogue. What does not suit cannot be bought. */
export const buyFlow = defineFlow(contract, {
  id: 'buyWealth',
  revision: 3,
  input,
  state,
  start: 'products',
  runs: { assess: assessFlow },
  steps: {
    products: {
      kind: 'call',
      need: 'wealth',
      operation: 'products',
      input: () => ({}),
      on: {
        listed: { to: 'isAny', set: ({ items }) => ({ products: items.slice(0, 10) }) },
        declined: whyNot,
        unknown: 'sayUnreachable',
      },
    },
    whyNot: {
      kind: 'branch',
      when: [{ is: ({ state: { linked } }) => linked === false, to: 'sayNotLinked' }],
      otherwise: 'sayCannotLook',
    },
    isAny: {
      kind: 'branch',
      when: [{ is: ({ state: { products = [] } }) => products.length === 0, to: 'sayNone' }],
      otherwise: 'askProduct',
    },
    askProduct: {
      kind: 'ask',
      slot: 'product',
      prompt: ({ t, locale, state: { products = [] } }) =>
        carousel(
          products.map(({ id, name, risk, term, benchmark, min, suitable = true }) => ({
            title: t('productTitle', { name, risk: writeRisk(risk, locale) }),
            description: t('productBody', { term, benchmark, min, unfit: suitable ? 0 : 1 }),
            suggestions: [reply(t('viewProduct', { name: shorten(name, 24) }), id)],
          })),
        ),
      read: (words, { state: { products = [] } }) => products.find(({ name }) => name === words.trim())?.id,
      ...patience,
      next: 'askAmount',
    },
    askAmount: {
      kind: 'ask',
      slot: 'amount',
      prompt: (context) => textMessage(context.t('howMuchWealth', { min: productOf(context)?.min ?? nothing })),
      read: (words) => {
        const said = readAmount(words)
        return said && 'amount' in said ? said.amount : undefined
      },
      ...patience,
      next: 'quote',
    },
    quote: {
      kind: 'call',
      need: 'wealth',
      operation: 'quote',
      input: ({ state: { product = '', amount = nothing } }) => ({ product, side: 'subscribe', amount }),
      on: {
        quoted: { to: 'disclose', set: ({ id, facts, confirmOn }) => ({ quote: id, facts, confirmOn }) },
        assessment_needed: 'wasAssessed',
        unsuitable: 'sayUnsuitable',
        bad_amount: { to: 'sayAmountUnfit', set: () => ({ amount: undefined }) },
        declined: 'sayNotPossible',
        unknown: 'sayUnreachable',
      },
    },
    // Asked once: whoever is still not assessed afterwards is not asked in a circle.
    wasAssessed: {
      kind: 'branch',
      when: [{ is: ({ state: { profile } }) => profile !== undefined, to: 'sayNotPossible' }],
      otherwise: 'assess',
    },
    assess: {
      kind: 'run',
      flow: 'assess',
      input: () => ({}),
      on: { done: { to: 'hasProfile', set: ({ profile, failed: unassessed }) => ({ profile, unassessed }) } },
    },
    hasProfile: {
      kind: 'branch',
      when: [
        { is: ({ state: { profile } }) => profile !== undefined, to: 'quote' },
        { is: ({ state: { unassessed } }) => unassessed === true, to: 'sayUnassessed' },
      ],
      otherwise: 'sayQuiet',
    },
    sayAmountUnfit: {
      kind: 'say',
      message: (context) => {
        const { min = nothing, step = nothing } = productOf(context) ?? {}
        return textMessage(context.t('amountUnfit', { min, step }))
      },
      next: 'askAmount',
    },
    // What does not suit is not the end: what does is shown, by the profile that the bank now has.
    sayUnsuitable: { kind: 'say', message: ({ t }) => textMessage(t('unsuitable')), next: 'fitting' },
    fitting: {
      kind: 'call',
      need: 'wealth',
      operation: 'products',
      input: () => ({}),
      on: {
        listed: {
          to: 'doesAnyFit',
          set: ({ items }, { state: { product } }) => ({
            products: items.filter(({ id, suitable = true }) => suitable && id !== product).slice(0, 10),
            ...{ product: undefined, amount: undefined },
          }),
        },
        declined: whyNot,
        unknown: 'sayUnreachable',
      },
    },
    doesAnyFit: {
      kind: 'branch',
      when: [{ is: ({ state: { products = [] } }) => products.length === 0, to: 'sayNothingFits' }],
      otherwise: 'askProduct',
    },
    disclose: {
      kind: 'ask',
      slot: 'answer',
      prompt: (context) => {
        const { t, locale, state: slots } = context
        const colon = locale.startsWith('zh') ? '：' : ': '
        const { amount = nothing } = slots
        const name = productOf(context)?.name ?? ''
        // What the title says is not repeated: all of the rest, with its warning, is seen without unfolding.
        const titled = [name, formatMoney(amount)]
        const facts = (slots.facts ?? []).filter(({ value }) => !titled.includes(value))
        const rows = facts.map(({ label, value }) => `${label}${colon}${value}`)
        return cardMessage({
          title: t('discloseTitle', { name, amount }),
          description: t('rows', toRows(rows)),
          suggestions: [reply(t('readAndAgree'), 'buy' as const), reply(t('dontBuy'), 'leave' as const)],
        })
      },
      ...patience,
      next: 'answered',
    },
    answered: {
      kind: 'branch',
      when: [{ is: ({ state: { answer } }) => answer === 'buy', to: 'subscribe' }],
      otherwise: 'sayNotBought',
    },
    subscribe: {
      kind: 'call',
      need: 'wealth',
      operation: 'subscribe',
      input: ({ state: { quote = '' } }) => ({ quote }),
      on: {
        succeeded: { to: 'isPart', set: ({ state: ended }) => ({ ended, result: 'succeeded' }) },
        placed: { to: 'keep', set: ({ id }) => ({ order: id }) },
        declined: askRetry,
        cancelled: 'sayNotBought',
        expired: askRetry,
        unknown: 'sayChecking',
      },
    },
    askRetry: {
      kind: 'ask',
      slot: 'retry',
      prompt: ({ t }) =>
        textMessage(t('buyRetry'), [reply(t('tryAgain'), 'again' as const), reply(t('dontBuy'), 'no' as const)]),
      ...patience,
      next: 'retry',
    },
    retry: {
      kind: 'branch',
      when: [{ is: ({ state: { retry } }) => retry === 'again', to: 'askAmount' }],
      otherwise: 'sayQuiet',
    },
    keep: {
      kind: 'write',
      to: 'wealthOrders',
      put: orderOf,
      next: 'sayTaken',
    },
    sayTaken: {
      kind: 'say',
      message: (context) => textMessage(context.t('orderTaken', { ...about(context), day: writeConfirmDay(context) })),
      next: 'settle',
    },
    sayChecking: { kind: 'say', message: ({ t }) => textMessage(t('orderChecking')), next: 'settle' },
    settle: {
      kind: 'wait',
      need: 'wealth',
      event: 'settled',
      limitMs: days(20),
      on: {
        happened: { to: 'lookAgain', set: ({ result, state: ended }) => ({ result, ended }) },
        limit: 'sayOpen',
      },
    },
    lookAgain: {
      kind: 'read',
      from: 'wealthOrders',
      by: 'key',
      key: ({ state: { order = '' } }) => order,
      on: { found: { to: 'wasWithdrawn', set: ([{ withdrawn }]) => ({ withdrawn }) }, none: 'isPart' },
    },
    // Whoever took it back has heard so there.
    wasWithdrawn: {
      kind: 'branch',
      when: [{ is: ({ state: { withdrawn, result } }) => withdrawn === true && result !== 'succeeded', to: 'end' }],
      otherwise: 'close',
    },
    close: {
      kind: 'write',
      to: 'wealthOrders',
      put: (context) => ({ ...orderOf(context), over: true }),
      next: 'isPart',
    },
    isPart: {
      kind: 'branch',
      when: [
        { is: ({ state: { result } }) => result !== 'succeeded', to: 'sayRejected' },
        { is: ({ state: { ended } }) => ended === 'partly_confirmed', to: 'sayPartly' },
      ],
      otherwise: 'sayConfirmed',
    },
    sayConfirmed: say((context) => textMessage(context.t('orderConfirmed', about(context)))),
    sayPartly: say((context) => textMessage(context.t('orderPartly', about(context)))),
    sayRejected: say((context) => textMessage(context.t('orderRejected', about(context)))),
    sayNotBought: say(({ t }) => textMessage(t('notBought'))),
    sayOpen: say(({ t }) => textMessage(t('orderOpen'))),
    sayUnassessed: say(({ t }) => textMessage(t('assessFailed'))),
    sayNothingFits: say(({ t }) => textMessage(t('nothingFits'))),
    sayCannotLook: say(({ t }) => textMessage(t('cannotLook'))),
    sayNone: say(({ t }) => textMessage(t('noProducts'))),
    sayQuiet: say(({ t }) => textMessage(t('quiet'))),
    sayNotLinked: say(({ t }) => textMessage(t('notLinked'))),
    sayNotPossible: say(({ t }) => textMessage(t('notPossible'))),
    sayUnreachable: say(({ t }) => textMessage(t('unreachable'))),
    end: { kind: 'end' },
  },
  moves: { 2: { steps: { askProduct: 'askProduct', askAmount: 'askAmount', disclose: 'disclose' } } },
})

function orderOf(context: Context): z.infer<typeof wealthOrderSchema> {
  const { order = '', amount } = context.state
  return {
    ...{ order, name: productOf(context)?.name ?? '' },
    ...(amount === undefined ? {} : { amount: moneyToDecimal(amount) }),
  }
}

function productOf({ state: { products = [], product } }: Context): z.infer<typeof wealthProductSchema> | undefined {
  return products.find(({ id }) => id === product)
}

function writeConfirmDay({ locale, state: { confirmOn } }: Context): string {
  return confirmOn === undefined ? '' : formatDay(confirmOn, locale)
}

function about(context: Context): { name: string; amount: z.infer<typeof moneySchema> } {
  return { name: productOf(context)?.name ?? '', amount: context.state.amount ?? nothing }
}
