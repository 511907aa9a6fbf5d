import {
  cardMessage,
  days,
  defineFlow,
  minutes,
  reply,
  seconds,
  textMessage,
  z,
  type Content,
  type ContextOf,
  type StepOf,
} from '@inthread/sdk'
import { answerSchema, findAmount, isVisible, listMessages, type Answer } from './answer.ts'
import { contract } from './contract.ts'

const replySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tap'), value: z.string() }),
  z.strictObject({ kind: z.literal('words'), words: z.string() }),
])
type Reply = z.infer<typeof replySchema>

const outcomes = ['succeeded', 'declined', 'cancelled', 'expired'] as const

const slots = z
  .strictObject({
    answer: answerSchema,
    reply: replySchema,
    outcome: z.enum(outcomes),
    receipt: z.string(),
    reason: z.string(),
    reference: z.string(),
  })
  .partial()

/** `words` is empty when the user came by a menu entry. */
export const inputSchema = z.strictObject({ words: z.string() })

type Slots = z.infer<typeof slots>
type Input = z.infer<typeof inputSchema>
type Names =
  | 'tell'
  | 'show1'
  | 'say1'
  | 'show2'
  | 'say2'
  | 'show3'
  | 'say3'
  | 'decide'
  | 'ask'
  | 'pay'
  | 'sayBroken'
  | 'sayChecking'
  | 'tellUnknown'
  | 'waitForBank'
  | 'ended'
  | 'sayPaid'
  | 'sayNotPaid'
  | 'wanted'
  | 'checkingWanted'
  | 'report'
  | 'after1'
  | 'sayAfter1'
  | 'after2'
  | 'sayAfter2'
  | 'after3'
  | 'sayAfter3'
  | 'afterwards'
  | 'end'
type Context = ContextOf<typeof contract, Slots, Input>
type Step = StepOf<typeof contract, Slots, Names, Input>

/** The merchant's server has this long; then the platform says that nobody answers, and what comes later is dropped. */
const patienceMs = seconds(8)

const post = ({ config }: Context, type: string, data: object) =>
  ({ method: 'POST', path: config.path, body: { type, data } }) as const

/** The words that began it, or the answer to what the merchant's server asked. */
const tell: Step = {
  kind: 'fetch',
  from: 'merchant',
  request: (context) => {
    const { state, input } = context
    if (state.reply?.kind === 'tap') return post(context, 'tap', { value: state.reply.value })
    const words = state.reply?.words ?? input.words
    return words === '' ? post(context, 'start', {}) : post(context, 'words', { words })
  },
  deadlineMs: patienceMs,
  on: { answered: { to: 'show1', set: (answer) => ({ answer, reply: undefined }) }, failed: 'end' },
}

const messageAt =
  (position: number) =>
  (context: Context): Content => {
    const { state, t } = context
    const found = listMessages(state.answer ?? null)[position]
    const said = found?.text ?? ''
    if (found?.title === undefined || !isVisible(found.title)) return textMessage(t('line', { text: said }))
    return cardMessage({ title: t('cardTitle', { title: found.title }), description: t('line', { text: said }) })
  }

const show = (position: number, { say, otherwise }: { say: Names; otherwise: Names }): Step => ({
  kind: 'branch',
  when: [{ is: ({ state }) => listMessages(state.answer ?? null).length > position, to: say }],
  otherwise,
})

const say = (position: number, next: Names): Step => ({ kind: 'say', message: messageAt(position), next })

const ask: Step = {
  kind: 'ask',
  slot: 'reply',
  prompt: ({ state, t }) => {
    const options = state.answer?.ask?.options.filter(({ label }) => isVisible(label)) ?? []
    const chips = options.map(({ label, value }) => reply<Reply>(t('option', { label }), { kind: 'tap', value }))
    return textMessage<Reply>(t('line', { text: state.answer?.ask?.text ?? '' }), chips)
  },
  read: (words, { state }) => (state.answer?.ask?.words === false ? undefined : { kind: 'words', words: cut(words) }),
  timeout: { afterMs: minutes(30), to: 'end' },
  next: 'tell',
}

const asksSomething = ({ state }: Context): boolean => isVisible(state.answer?.ask?.text ?? '')

const pay: Step = {
  kind: 'call',
  need: 'pay',
  operation: 'pay',
  input: ({ state }) => ({ amount: amountOf(state.answer), purpose: state.answer?.pay?.purpose ?? '' }),
  on: {
    succeeded: { to: 'ended', set: ({ receipt }, { state }) => ({ ...ending(state, 'succeeded'), receipt }) },
    declined: { to: 'ended', set: ({ reason }, { state }) => ({ ...ending(state, 'declined'), reason }) },
    cancelled: { to: 'ended', set: (_nothing, { state }) => ending(state, 'cancelled') },
    expired: { to: 'ended', set: (_nothing, { state }) => ending(state, 'expired') },
    unknown: { to: 'sayChecking', set: (_nothing, { state }) => ({ reference: state.answer?.pay?.reference }) },
  },
}

function ending(state: Slots, outcome: (typeof outcomes)[number]): Slots {
  return { outcome, reference: state.answer?.pay?.reference ?? state.reference, receipt: undefined, reason: undefined }
}

/** The branch before has seen that there is one. */
function amountOf(answer: Answer | undefined): NonNullable<ReturnType<typeof findAmount>> {
  const amount = findAmount(answer ?? null)
  if (!amount) throw new RangeError('there is no amount to pay')
  return amount
}

const tellUnknown: Step = {
  kind: 'fetch',
  from: 'merchant',
  request: (context) => post(context, 'payment.unknown', { reference: context.state.reference ?? '' }),
  deadlineMs: patienceMs,
  on: { answered: 'waitForBank', failed: 'waitForBank' },
}

const waitForBank: Step = {
  kind: 'wait',
  need: 'pay',
  event: 'settled',
  limitMs: days(7),
  on: {
    happened: {
      to: 'ended',
      set: ({ result, receipt, reason }) => ({ outcome: result, receipt, reason }),
    },
    limit: 'end',
  },
}

/** A tenant may keep from its server what became of payments. */
const ifTold = (to: Names, otherwise: Names): Step => ({
  kind: 'branch',
  when: [{ is: ({ config }) => config.payments, to }],
  otherwise,
})

/** What the user has to know does not depend on whether the merchant's server is there. */
const report: Step = {
  kind: 'fetch',
  from: 'merchant',
  request: (context) => {
    const { outcome = 'cancelled', reference = '', receipt, reason } = context.state
    const told = {
      reference,
      ...(receipt === undefined ? {} : { receipt }),
      ...(reason === undefined ? {} : { reason }),
    }
    return post(context, `payment.${outcome}`, told)
  },
  deadlineMs: patienceMs,
  on: { answered: { to: 'after1', set: (answer) => ({ answer, reply: undefined }) }, failed: 'end' },
}

function cut(words: string): string {
  return [...words].slice(0, 500).join('')
}

/**
 * What the user says goes to the merchant's server; what it answers is said, asked, or paid. Nothing is paid twice for
 * one wish: after a payment the server may only say something, or ask, before it can let the user pay again.
 */
export const talkFlow = defineFlow(contract, {
  id: 'talk',
  revision: 1,
  input: inputSchema,
  state: slots,
  start: 'tell',
  steps: {
    tell,
    show1: show(0, { say: 'say1', otherwise: 'decide' }),
    say1: say(0, 'show2'),
    show2: show(1, { say: 'say2', otherwise: 'decide' }),
    say2: say(1, 'show3'),
    show3: show(2, { say: 'say3', otherwise: 'decide' }),
    say3: say(2, 'decide'),
    decide: {
      kind: 'branch',
      when: [
        { is: ({ state }) => findAmount(state.answer ?? null) !== undefined, to: 'pay' },
        { is: ({ state }) => Boolean(state.answer?.pay), to: 'sayBroken' },
        { is: asksSomething, to: 'ask' },
      ],
      otherwise: 'end',
    },
    ask,
    pay,
    sayBroken: { kind: 'say', message: ({ t }) => textMessage(t('broken')), next: 'end' },
    sayChecking: { kind: 'say', message: ({ t }) => textMessage(t('checking')), next: 'checkingWanted' },
    checkingWanted: ifTold('tellUnknown', 'waitForBank'),
    tellUnknown,
    waitForBank,
    ended: {
      kind: 'branch',
      when: [{ is: ({ state }) => state.outcome === 'succeeded', to: 'sayPaid' }],
      otherwise: 'sayNotPaid',
    },
    sayPaid: {
      kind: 'say',
      message: ({ state, t }) => textMessage(t('paid', { receipt: state.receipt ?? '' })),
      next: 'wanted',
    },
    sayNotPaid: { kind: 'say', message: ({ t }) => textMessage(t('notPaid')), next: 'wanted' },
    wanted: ifTold('report', 'end'),
    report,
    after1: show(0, { say: 'sayAfter1', otherwise: 'afterwards' }),
    sayAfter1: say(0, 'after2'),
    after2: show(1, { say: 'sayAfter2', otherwise: 'afterwards' }),
    sayAfter2: say(1, 'after3'),
    after3: show(2, { say: 'sayAfter3', otherwise: 'afterwards' }),
    sayAfter3: say(2, 'afterwards'),
    afterwards: { kind: 'branch', when: [{ is: asksSomething, to: 'ask' }], otherwise: 'end' },
    end: { kind: 'end' },
  },
})
