import { z } from 'zod'
import { factSchema } from '../capability/payment.ts'
import { creditLineSchema } from '../capability/lending/credit-desk.ts'
import { cardMessage, openUrl, reply, textMessage, type Content, type Reply } from '../message/content.ts'
import { formatDay, formatDateTime } from '../message/moment.ts'
import { formatMoney, moneySchema } from '../money.ts'
import type { ContextOf } from '../plugin/step.ts'
import type { TextRef } from '../plugin/text.ts'
import { counterSlots, summaryOf } from '../dialogue/counter-cards.ts'
import type { CreditContract } from './credit-contract.ts'
import { paymentsAtMost, rowsAtMost } from './credit-texts.ts'

const yesOrNo = z.enum(['yes', 'no'])
const factChoices = ['go', 'schedule', 'estimate', 'leave'] as const
export type FactChoice = (typeof factChoices)[number]

/** What the way to a credit remembers, with the counter's own slots at its end. */
export const creditSlots = counterSlots.extend({
  asked: z.record(z.string(), z.string()).optional(),
  name: z.string().optional(),
  rate: z.string().optional(),
  rows: z.array(factSchema).optional(),
  schedule: z.array(creditLineSchema).optional(),
  limit: moneySchema.optional(),
  until: z.number().optional(),
  choice: z.enum(factChoices).optional(),
  /** The schedule was shown: the question is asked again in short. */
  seen: z.boolean().optional(),
  /** The bank was asked how much it would lend; `estimate` is there if it told an amount. */
  estimated: z.boolean().optional(),
  estimate: z
    .strictObject({
      ...{ name: z.string(), min: moneySchema, max: moneySchema, rate: z.string() },
      ...{ until: z.number(), rows: z.array(factSchema) },
    })
    .optional(),
  purpose: z.string().optional(),
  shown: z.strictObject({ id: z.string(), text: z.string(), receiver: z.string(), sha256: z.string() }).optional(),
  agreed: yesOrNo.optional(),
  granted: z.array(z.string()).optional(),
  application: z.string().optional(),
  other: moneySchema.optional(),
  replaces: yesOrNo.optional(),
  formShown: z.boolean().optional(),
  reviewTold: z.boolean().optional(),
  looks: z.number().int().optional(),
  authorisation: z.string().optional(),
  signing: z.string().optional(),
  signsAgain: yesOrNo.optional(),
  offer: z.string().optional(),
  card: z.string().optional(),
  mask: z.string().optional(),
  activation: z.string().optional(),
  activates: yesOrNo.optional(),
})

export type CreditSlots = z.infer<typeof creditSlots>
export type CreditContext = ContextOf<CreditContract, CreditSlots, { order: string }>

/** Whoever looks at the schedule is asked again. */
export function choose(choice: FactChoice): Partial<CreditSlots> {
  return choice === 'schedule' ? { choice: undefined, seen: true } : { choice }
}

/** The rate stands in the title beside the amount, as large as it. */
export function keyFacts(context: CreditContext, more: readonly Reply<FactChoice>[] = []): Content<FactChoice> {
  const { t, state } = context
  const { name = '', rate = '', seen } = state
  const buttons = [
    reply(t('apply'), 'go' as const),
    ...(state.schedule && !seen ? [reply(t('schedule'), 'schedule' as const)] : []),
    ...more,
    reply(t('leave'), 'leave' as const),
  ]
  if (seen) return textMessage(t('afterSchedule'), buttons)
  const { amount } = summaryOf(context)
  const title = amount.amountMinor === 0n ? t('productTitle', { name, rate }) : t('factsTitle', { name, amount, rate })
  return cardMessage({ title, description: listRows(context, state.rows ?? []), suggestions: buttons })
}

export function offerCard(context: CreditContext): Content<FactChoice> {
  const { t, state, locale, timeZone, now } = context
  const { rate = '', seen, limit, until = now } = state
  const buttons = [
    reply(t('sign'), 'go' as const),
    ...(state.schedule && !seen ? [reply(t('schedule'), 'schedule' as const)] : []),
    reply(t('giveUp'), 'leave' as const),
  ]
  if (seen) return textMessage(t('afterSchedule'), buttons)
  const open = {
    label: locale.startsWith('zh') ? '有效期至' : 'Open until',
    value: formatDateTime(until, locale, timeZone),
  }
  const amount = limit ?? summaryOf(context).amount
  return cardMessage({
    title: t('offerTitle', { amount, rate }),
    description: listRows(context, [...(state.rows ?? []).slice(0, rowsAtMost - 1), open]),
    suggestions: buttons,
  })
}

/** Whether a schedule has payments for this part of it, counted from 0. */
export function hasPart({ state: { schedule = [] } }: CreditContext, part: number): boolean {
  return schedule.length > part * paymentsAtMost
}

/** Every payment with its day, as many as one message takes, from part to part. */
export function scheduleMessage({ t, state, locale }: CreditContext, part = 0): Content {
  const currency = state.summary?.amount.currency ?? 'CNY'
  const from = part * paymentsAtMost
  const lines = (state.schedule ?? []).slice(from, from + paymentsAtMost).map(({ n, due, payment }) => {
    const size = formatMoney({ amountMinor: BigInt(payment), currency })
    return locale.startsWith('zh')
      ? `第 ${n} 期 ${formatDay(due, locale)} ${size}`
      : `${n}. ${formatDay(due, locale)} ${size}`
  })
  return textMessage(t('payments', numbered(lines, paymentsAtMost)))
}

export function listRows({ t, locale }: CreditContext, facts: readonly { label: string; value: string }[]): TextRef {
  const colon = locale.startsWith('zh') ? '：' : ': '
  const rows = facts.slice(0, rowsAtMost).map(({ label, value }) => `${label}${colon}${value}`)
  return t('rows', numbered(rows, rowsAtMost))
}

function numbered(rows: readonly string[], count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_each, index) => [`row${index + 1}`, rows[index] ?? '']))
}

const consentTitles = {
  'personal-data': 'consentData',
  'credit-query': 'consentCredit',
  'business-credit-query': 'consentBusinessCredit',
  marketing: 'consentMarketing',
} as const

const deciding = { zh: '审批本次申请', en: 'deciding on this application' }

const purposes: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'personal-data': { zh: '仅用于本次申请', en: 'this application only' },
  'credit-query': deciding,
  'business-credit-query': deciding,
  marketing: { zh: '发送优惠信息，不同意不影响办理', en: 'sending offers; a no changes nothing' },
}

/** One purpose, one card: the bank's own words, who gets the data, and what for. */
export function consentCard({ t, state, locale }: CreditContext): Content<'yes' | 'no'> {
  const { purpose = '', shown } = state
  const title = Object.hasOwn(consentTitles, purpose)
    ? consentTitles[purpose as keyof typeof consentTitles]
    : ('consentOther' as const)
  const what = purposes[purpose] ?? { zh: purpose, en: purpose }
  const { text: words = '', receiver = '' } = shown ?? {}
  return cardMessage({
    title: t(title),
    description: t('consent', { words, receiver, purpose: locale.startsWith('zh') ? what.zh : what.en }),
    suggestions: [
      reply(t(purpose.endsWith('credit-query') ? 'agreeAndSign' : 'agree'), 'yes' as const),
      reply(t('disagree'), 'no' as const),
    ],
  })
}

export function signAgainCard({ t }: CreditContext): Content<'yes' | 'no'> {
  return cardMessage({
    title: t('notSigned'),
    suggestions: [reply(t('signAgain'), 'yes' as const), reply(t('giveUp'), 'no' as const)],
  })
}

export function readSignAgain(words: string): 'yes' | 'no' | undefined {
  const plain = words.normalize('NFKC').trim().toLowerCase()
  if (/^(?:不|放弃|算了|no\b|give up)/.test(plain)) return 'no'
  return /签|^(?:好|好的|要|可以|继续|是|是的)$|^(?:yes|ok|okay|sign|again|go on)\b/.test(plain) ? 'yes' : undefined
}

export function formCard({ t, state }: CreditContext): Content {
  return cardMessage({
    title: t('formTitle'),
    description: t('form'),
    suggestions: [openUrl(t('openPage'), state.page ?? '')],
  })
}
