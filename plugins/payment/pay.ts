import {
  cardMessage,
  defineFlow,
  hours,
  minutes,
  reply,
  secretSchema,
  textMessage,
  z,
  type Content,
  type ContextOf,
  type StepOf,
} from '@inthread/sdk'
import { declineReasons, orderSummarySchema, payMethodSchema } from '@inthread/sdk/capabilities'
import { contract } from './contract.ts'

const slots = z
  .strictObject({
    order: z.string(),
    summary: orderSummarySchema,
    methods: z.array(payMethodSchema),
    method: z.string(),
    destination: z.string(),
    code: secretSchema,
    triesLeft: z.number().int(),
    reason: z.enum(declineReasons),
    result: z.enum(['succeeded', 'declined']),
  })
  .partial()

type Slots = z.infer<typeof slots>
type Context = ContextOf<typeof contract, Slots, { order: string }>
type Names =
  | 'prepare'
  | 'choose'
  | 'confirm'
  | 'challenge'
  | 'askCode'
  | 'answer'
  | 'sayWrong'
  | 'submit'
  | 'sayChecking'
  | 'waitForBank'
  | 'decided'
  | 'sayPaid'
  | 'sayRefused'
  | 'sayNotLinked'
  | 'sayNotNow'
  | 'sayUnreachable'
  | 'sayLocked'
  | 'sayExpired'
  | 'sayCodeExpired'
  | 'whyNot'
  | 'end'
type Step = StepOf<typeof contract, Slots, Names, { order: string }>

const say = (message: (context: Context) => Content): Step => ({ kind: 'say', message, next: 'end' })
const order = ({ input }: Context): { order: string } => ({ order: input.order })

/** What the bank told us of the order; prepared before anything else is said. */
function summaryOf({ state }: Context): NonNullable<Slots['summary']> {
  if (!state.summary) throw new TypeError('the order is prepared before it is spoken of')
  return state.summary
}

function resultCard(
  context: Context,
  title: 'paidTitle' | 'checkingTitle' | 'refusedTitle',
  body: 'paid' | 'checking' | 'refused' | 'refusedFunds' | 'refusedLater',
): Content {
  const summary = summaryOf(context)
  return cardMessage({ title: context.t(title, { amount: summary.amount }), description: context.t(body, summary) })
}

const refusals = {
  insufficient_funds: 'refusedFunds',
  try_later: 'refusedLater',
  declined: 'refused',
  not_linked: 'refused',
} as const

/** confirm → code → result. Whatever happens, the user hears whether money was taken. */
export const pay = defineFlow(contract, {
  id: 'pay',
  revision: 1,
  input: z.strictObject({ order: z.string() }),
  state: slots,
  start: 'prepare',
  steps: {
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
      prompt: (context) =>
        cardMessage({
          title: context.t('chooseTitle', { amount: summaryOf(context).amount }),
          suggestions: (context.state.methods ?? [])
            .slice(0, 4)
            .map(({ id, label, mask }) => reply(context.t('method', { label, mask }), id)),
        }),
      timeout: { afterMs: minutes(10), to: 'sayExpired' },
      next: 'confirm',
    },
    confirm: {
      kind: 'confirm',
      order: ({ input }) => input.order,
      method: ({ state }) => state.method ?? '',
      on: { confirmed: 'challenge', cancelled: 'end', expired: 'sayExpired' },
    },
    challenge: {
      kind: 'call',
      need: 'desk',
      operation: 'challenge',
      input: order,
      on: {
        sent: { to: 'askCode', set: ({ destination }) => ({ destination }) },
        verified: 'submit',
        declined: { to: 'whyNot', set: ({ reason }) => ({ reason }) },
        expired: 'sayExpired',
        unknown: 'sayUnreachable',
      },
    },
    askCode: {
      kind: 'ask',
      slot: 'code',
      confidential: true,
      shape: { digits: 6 },
      prompt: ({ t, state }) => textMessage(t('askCode', { destination: state.destination ?? '' })),
      retries: 5,
      timeout: { afterMs: minutes(2), to: 'sayCodeExpired' },
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
        expired: 'sayCodeExpired',
        unknown: 'sayUnreachable',
      },
    },
    sayWrong: {
      kind: 'say',
      message: ({ t, state }) => textMessage(t('wrongCode', { triesLeft: state.triesLeft ?? 0 })),
      next: 'askCode',
    },
    submit: {
      kind: 'call',
      need: 'desk',
      operation: 'submit',
      input: order,
      on: {
        succeeded: 'sayPaid',
        declined: { to: 'sayRefused', set: ({ reason }) => ({ reason }) },
        expired: 'sayExpired',
        unknown: 'sayChecking',
      },
    },
    sayChecking: {
      kind: 'say',
      message: (context) => resultCard(context, 'checkingTitle', 'checking'),
      next: 'waitForBank',
    },
    waitForBank: {
      kind: 'wait',
      need: 'desk',
      event: 'settled',
      // The bank's statement of the day decides at the latest; after that a person has it in hand.
      limitMs: hours(30),
      on: { happened: { to: 'decided', set: ({ result, reason }) => ({ result, reason }) }, limit: 'end' },
    },
    decided: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.result === 'succeeded', to: 'sayPaid' }],
      otherwise: 'sayRefused',
    },
    sayPaid: say((context) => resultCard(context, 'paidTitle', 'paid')),
    sayRefused: say((context) => resultCard(context, 'refusedTitle', refusals[context.state.reason ?? 'declined'])),
    whyNot: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.reason === 'not_linked', to: 'sayNotLinked' }],
      otherwise: 'sayNotNow',
    },
    sayNotLinked: say(({ t }) => textMessage(t('notLinked'))),
    sayNotNow: say(({ t }) => textMessage(t('notNow'))),
    sayUnreachable: say(({ t }) => textMessage(t('unreachable'))),
    sayLocked: say(({ t }) => textMessage(t('locked'))),
    sayExpired: say(({ t }) => textMessage(t('expired'))),
    sayCodeExpired: say(({ t }) => textMessage(t('codeExpired'))),
    end: { kind: 'end' },
  },
})
