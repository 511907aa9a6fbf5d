import { cardMessage, formatDay, moneySchema, reply, z, type Content, type ContextOf, type Money } from '@inthread/sdk'
import { parseRate, writePercent } from '@inthread/sdk/credit'
import type { contract } from './contract.ts'

export const loanSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  principalLeft: moneySchema,
  annualRate: z.string().optional(),
  next: z.object({ n: z.number().int(), due: z.string(), payment: moneySchema }).optional(),
  arrears: z
    .object({ n: z.number().int(), days: z.number().int(), amount: moneySchema, penalty: moneySchema })
    .optional(),
})
type Loan = z.infer<typeof loanSchema>
type Writing = Pick<ContextOf<typeof contract, object>, 't' | 'locale'>

export interface Row {
  readonly label: string
  readonly value: string
}

const nothing: Money = { amountMinor: 0n, currency: 'CNY' }

/** What is late is said with its days and its penalty; what is not due yet, with its day. */
export function loanCard({
  t,
  locale,
  loan,
}: Writing & { readonly loan: Loan | undefined }): Content<'due' | 'part' | 'payoff' | 'later'> {
  const left = loan?.principalLeft ?? nothing
  const name = loan?.name ?? ''
  const rate = rateOf(loan)
  const { arrears, next } = loan ?? {}
  const buttons = [
    reply(t('repay'), 'due' as const),
    ...(arrears ? [] : [reply(t('part'), 'part' as const)]),
    reply(t('payoff'), 'payoff' as const),
    reply(t('notNow'), 'later' as const),
  ]
  if (arrears) {
    const { n, days, amount, penalty } = arrears
    return cardMessage({
      title: t('lateTitle', { n, days, amount }),
      description: t('lateBody', { name, rate, penalty, left }),
      suggestions: buttons,
    })
  }
  return cardMessage({
    title: t('nextTitle', {
      n: next?.n ?? 0,
      due: next ? formatDay(next.due, locale) : '',
      amount: next?.payment ?? nothing,
    }),
    description: t('nextBody', { name, rate, left }),
    suggestions: buttons,
  })
}

/** In per cent; nothing where the bank does not say it as a plain share. */
function rateOf(loan: Loan | undefined): string {
  const { annualRate = '' } = loan ?? {}
  return /^\d+(\.\d+)?$/.test(annualRate) ? writePercent(parseRate(annualRate, 'an annual rate')) : ''
}

export function quoteCard({
  t,
  locale,
  amount,
  rows,
}: Writing & { readonly amount: Money | undefined; readonly rows: readonly Row[] }): Content<'yes' | 'no'> {
  return cardMessage({
    title: t('quoted', { amount: amount ?? nothing }),
    description: t('rows', toRows(rows, locale)),
    suggestions: [reply(t('goOn'), 'yes' as const), reply(t('notNow'), 'no' as const)],
  })
}

export function toRows(rows: readonly Row[], locale: string) {
  const colon = locale.startsWith('zh') ? '：' : ': '
  const lines = rows.map(({ label, value }) => `${label}${colon}${value}`)
  const [row1 = '', row2 = '', row3 = '', row4 = '', row5 = ''] = lines
  return { row1, row2, row3, row4, row5 }
}

/** `年利率 13.03%（单利）/13.84%（复利）` → its first part: a title has two lines, and the whole stands under it. */
export function toTitleRate(headline: string): string {
  return headline.split(/\s*\/\s*/)[0] ?? headline
}
