import { Type, type TObject } from 'typebox'
import { renderInstant } from '../app/business-clock.ts'
import { currency } from '../ledger/accounts.store.ts'
import { bilingual, instant, money, payee, renderMoney, version } from '../routes/fields.ts'
import type { Quote } from './quotes.store.ts'

/** A quote as it is sent. */
interface QuoteResource {
  readonly version: number
  readonly [member: string]: unknown
}

export const termSchema = Type.Object({ key: Type.String(), label: bilingual, value: bilingual })

const moneyOrText = Type.Union([money, Type.String()])

/** One line of a schedule; amounts are digits of minor units. */
const lineSchema = Type.Object({
  n: Type.Integer(),
  from: Type.String({ format: 'date' }),
  due: Type.String({ format: 'date' }),
  opening: Type.String(),
  principal: Type.String(),
  interest: Type.String(),
  fee: Type.String(),
  payment: Type.String(),
  closing: Type.String(),
})

export const creditSchema = Type.Object({
  kind: Type.Enum(['loan', 'instalments', 'card']),
  principal: Type.Optional(money),
  method: Type.Optional(Type.String()),
  annualRate: Type.String({ description: 'Decimal fraction, as text.' }),
  periods: Type.Optional(Type.Integer()),
  dayCount: Type.Optional(Type.String()),
  rounding: Type.Optional(Type.String()),
  start: Type.Optional(Type.String({ format: 'date' })),
  firstDue: Type.Optional(Type.String({ format: 'date' })),
  feeRate: Type.Optional(Type.String()),
  feeMode: Type.Optional(Type.String()),
  graceMonths: Type.Optional(Type.Integer()),
  annualSimple: Type.Optional(Type.String()),
  annualCompound: Type.Optional(Type.String()),
  totalInterest: Type.Optional(money),
  totalFee: Type.Optional(money),
  totalPayment: Type.Optional(money),
  firstPayment: Type.Optional(moneyOrText),
  schedule: Type.Optional(Type.Array(lineSchema)),
})

/** What every quote has; its kind adds members of its own. */
const quoteProperties = {
  id: Type.String(),
  link: Type.Optional(Type.String()),
  state: Type.String({ description: 'open, used, expired; another word where there is nothing to commit to.' }),
  version,
  amount: Type.Optional(money),
  payee: Type.Optional(payee),
  terms: Type.Array(termSchema, { maxItems: 12, description: 'Rows of the card on which the customer is asked.' }),
  credit: Type.Optional(creditSchema),
  createdAt: instant,
  updatedAt: instant,
  expiresAt: instant,
}

export function buildQuoteSchema(view: TObject): TObject {
  return Type.Object({ ...quoteProperties, ...view.properties })
}

export function renderQuote(quote: Quote): QuoteResource {
  const { id, linkId, state, version, amountMinor, terms, credit } = quote
  return {
    ...{ id, state, version, terms },
    ...(linkId === undefined ? {} : { link: linkId }),
    ...(amountMinor === undefined ? {} : { amount: renderMoney(amountMinor, currency) }),
    ...(quote.payee ? { payee: quote.payee } : {}),
    ...(credit ? { credit } : {}),
    ...quote.view,
    createdAt: renderInstant(quote.createdAt),
    updatedAt: renderInstant(quote.updatedAt),
    expiresAt: renderInstant(quote.expiresAt),
  }
}
