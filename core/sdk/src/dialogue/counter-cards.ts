import { z } from 'zod'
import { deskReasons, factSchema, orderSummarySchema, payMethodSchema } from '../capability/payment.ts'
import { cardMessage, openUrl, reply, textMessage, type Content } from '../message/content.ts'
import { secretSchema } from '../plugin/collection.ts'
import type { ContextOf } from '../plugin/step.ts'
import type { TextRef } from '../plugin/text.ts'
import type { CounterContract } from './counter-contract.ts'

/** What a counter remembers of its order while the dialogue runs. */
export const counterSlots = z
  .strictObject({
    order: z.string(),
    summary: orderSummarySchema,
    methods: z.array(payMethodSchema),
    method: z.string(),
    destination: z.string(),
    page: z.string(),
    /** The bank asks on its page, and not for a code. */
    onPage: z.boolean(),
    code: secretSchema,
    triesLeft: z.number().int(),
    reason: z.enum(deskReasons),
    /** Whether the bank shall ask once more, and how often it was asked to. */
    again: z.enum(['yes', 'no']),
    asks: z.number().int(),
    result: z.enum(['succeeded', 'declined']),
    facts: z.array(factSchema),
  })
  .partial()

export type CounterSlots = z.infer<typeof counterSlots>
export type CounterContext = ContextOf<CounterContract, CounterSlots, { order: string }>

/** What the bank told us of the order; prepared before anything else is said. */
export function summaryOf({ state }: CounterContext): NonNullable<CounterSlots['summary']> {
  if (!state.summary) throw new TypeError('the order is prepared before it is spoken of')
  return state.summary
}

export function chooseCard(context: CounterContext): Content<string> {
  const { state, t } = context
  return cardMessage({
    title: t('chooseTitle', { amount: summaryOf(context).amount }),
    suggestions: (state.methods ?? [])
      .slice(0, 4)
      .map(({ id, label, mask }) => reply(t('method', { label, mask }), id)),
  })
}

/**
 * After a wrong code the same one is asked for: whoever hears that one was sent waits for another. The bank's text
 * message names amount and payee where money moves, and what it is about where none does.
 */
export function codeQuestion(context: CounterContext): Content {
  const { t, state } = context
  if (state.triesLeft !== undefined) return textMessage(t('askCodeOnceMore'))
  const pays = summaryOf(context).amount.amountMinor === 0n ? 0 : 1
  return textMessage(t('askCode', { destination: state.destination ?? '', pays }))
}

/** The time for the bank's question is over; it is asked once more when the user wants it. */
export function againCard({ t, state }: CounterContext): Content<'yes' | 'no'> {
  const [question, yes] =
    state.onPage === true ? (['pageAgain', 'openAgain'] as const) : (['codeAgain', 'sendAgain'] as const)
  return cardMessage({
    title: t(question),
    suggestions: [reply(t(yes), 'yes' as const), reply(t('noMore'), 'no' as const)],
  })
}

/** `没收到`, `重发`, `resend`; and what means that it shall be left. */
export function readAgain(words: string): 'yes' | 'no' | undefined {
  const plain = words.normalize('NFKC').trim().toLowerCase()
  if (/^(?:不|算了|no\b|leave|stop|later)/.test(plain)) return 'no'
  return /重新?发|再发|重新核实|没有?收到|^(?:好|好的|要|可以|是|是的|行)$|^(?:yes|ok|okay|again|try again|resend)\b|send/.test(
    plain,
  )
    ? 'yes'
    : undefined
}

export function pageCard({ t, state }: CounterContext): Content {
  return cardMessage({
    title: t('pageTitle'),
    description: t('page'),
    suggestions: [openUrl(t('openPage'), state.page ?? '')],
  })
}

export type ResultKind = 'paid' | 'accepted' | 'checking' | 'refused'

/** The same card for every end: title with the amount where one moves, the order's own rows, then the bank's. */
export function buildResultCard(context: CounterContext, kind: ResultKind, namesPayee: boolean): Content {
  const summary = summaryOf(context)
  const { t } = context
  const [withAmount, plain] = titles[kind]
  const moves = summary.amount.amountMinor !== 0n
  return cardMessage({
    title: moves ? t(withAmount, { amount: summary.amount }) : t(plain),
    description: describe(context, kind, namesPayee && moves),
  })
}

const titles = {
  paid: ['paidTitle', 'doneTitle'],
  accepted: ['acceptedTitle', 'acceptedPlain'],
  checking: ['checkingTitle', 'checkingPlain'],
  refused: ['refusedTitle', 'refusedPlain'],
} as const

/** Each reason in the words that name the payee, and in those that do not. */
const refusals = {
  insufficient_funds: ['refusedFunds', 'refusedOtherFunds'],
  try_later: ['refusedLater', 'refusedOtherLater'],
  declined: ['refused', 'refusedOther'],
  not_linked: ['refused', 'refusedOther'],
  no_card: ['refused', 'refusedOther'],
} as const

function describe(context: CounterContext, kind: ResultKind, namesPayee: boolean): TextRef {
  const summary = summaryOf(context)
  const { t, state } = context
  const { number } = summary
  if (kind === 'refused') {
    const [named, other] = refusals[state.reason ?? 'declined']
    return namesPayee ? t(named, summary) : t(other, { number })
  }
  if (kind === 'checking') return namesPayee ? t('checking', summary) : t('checkingOther', { number })
  const facts = state.facts ?? []
  if (facts.length === 0) return namesPayee ? t('paid', summary) : t('numbered', { number })
  return listRows(context, namesPayee)
}

/** At most five rows: the order's own first, then what the bank has to say. */
function listRows({ t, state, locale }: CounterContext, namesPayee: boolean): TextRef {
  const colon = locale.startsWith('zh') ? '：' : ': '
  const summary = state.summary
  const own = locale.startsWith('zh') ? { payee: '收款方', number: '单号' } : { payee: 'Payee', number: 'Order' }
  const rows = [
    ...(namesPayee ? [`${own.payee}${colon}${summary?.payee ?? ''}`] : []),
    ...(state.facts ?? []).slice(0, 3).map(({ label, value }) => `${label}${colon}${value}`),
    `${own.number}${colon}${summary?.number ?? ''}`,
  ]
  const [row1 = '', row2 = '', row3 = '', row4 = '', row5 = ''] = rows
  switch (rows.length) {
    case 1:
      return t('row1', { row1 })
    case 2:
      return t('row2', { row1, row2 })
    case 3:
      return t('row3', { row1, row2, row3 })
    case 4:
      return t('row4', { row1, row2, row3, row4 })
    default:
      return t('row5', { row1, row2, row3, row4, row5 })
  }
}
