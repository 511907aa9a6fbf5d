import { Type } from 'typebox'
import { renderInstant } from '../app/business-clock.ts'
import { renderAmount, renderYuan } from '../credit/words.ts'
import { buildBankPayee } from '../loans/payoff-quote.ts'
import { defineQuote, type QuoteDesk, type QuoteDraft } from '../quotes/quote-routes.ts'
import { term, text, type Term } from '../quotes/terms.ts'
import { bilingual, instant, money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { findProfile, isSuitable } from './assessment.ts'
import { buildUnits, buildValue, listHoldings, renderUnits } from './holdings.ts'
import { findWealthProduct, risks, type WealthProduct } from './wealth-products.ts'
import { findTradeDays, type TradeDays } from './working-days.ts'

/** What an order will need of its quote. */
export interface WealthFacts extends TradeDays {
  readonly product: string
  readonly side: 'subscribe' | 'redeem'
  /** Thousandths. */
  readonly units: string
  readonly value: string
}

const day = Type.String({ format: 'date' })

/** What has to be read before anybody buys or sells: risk, price, days, and that nothing is promised. */
export const wealthQuotes = defineQuote({
  kind: 'wealth-quote',
  prefix: 'wqt',
  url: '/v1/wealth/quotes',
  name: 'WealthQuote',
  summary: 'The disclosure for buying or selling a wealth product; only what suits the customer has one.',
  body: Type.Object({
    product: Type.String({ minLength: 1, maxLength: 64 }),
    side: Type.Optional(Type.Enum(['subscribe', 'redeem'])),
    amount: Type.Optional(money),
    units: Type.Optional(
      Type.String({ pattern: '^(0|[1-9][0-9]{0,11})\\.[0-9]{3}$', description: 'To redeem; all if left out.' }),
    ),
  }),
  view: Type.Object({
    product: Type.String(),
    name: bilingual,
    side: Type.Enum(['subscribe', 'redeem']),
    risk: Type.Enum([...risks]),
    units: Type.String({ description: 'At the price of today; the price of the trade day counts.' }),
    tradeOn: day,
    confirmOn: day,
    cancelUntil: instant,
  }),
  lifeMs: 15 * 60_000,
  problems: ['bad_amount', 'bad_currency', 'below_min', 'above_max', 'suitability_mismatch', 'expired'],
  draw: (desk, { product: id, side = 'subscribe', amount, units }) => {
    const product = findWealthProduct(id)
    if (!product) throw new Problem('not_found', 'There is no such product: GET /v1/wealth/products lists them.')
    return side === 'subscribe' ? drawSubscription(desk, product, amount) : drawRedemption(desk, product, units)
  },
})

/** No way round it: the profile of the day decides. */
function assertSuitable({ bank, link }: QuoteDesk, product: WealthProduct): void {
  const profile = findProfile(bank, link.customerId)
  if (!profile) throw new Problem('expired', 'The customer has no valid assessment: ask the five questions first.')
  if (isSuitable(profile, product.risk)) return
  throw new Problem('suitability_mismatch', `A product of ${product.risk} does not suit a profile of ${profile}.`)
}

type Amount = { readonly value: string; readonly currency: string } | undefined

function drawSubscription(desk: QuoteDesk, product: WealthProduct, amount: Amount): QuoteDraft {
  assertSuitable(desk, product)
  if (!amount) throw new Problem('bad_amount', 'Buying needs an amount.')
  if (amount.currency !== 'CNY') throw new Problem('bad_currency', 'Products of this bank are in CNY.')
  const amountMinor = BigInt(amount.value)
  const { minMinor, stepMinor } = product
  if (amountMinor < minMinor) throw new Problem('below_min', `Begins at ${renderAmount(minMinor)} CNY.`)
  if ((amountMinor - minMinor) % stepMinor !== 0n) {
    throw new Problem('bad_amount', `Beyond the least it goes in steps of ${renderAmount(stepMinor)} CNY.`)
  }
  const units = buildUnits(amountMinor, product.nav)
  const draft = buildDraft(desk, product, { side: 'subscribe', units, valueMinor: amountMinor })
  return { ...draft, amountMinor, payee: buildBankPayee(desk.bank, { clientId: desk.client.id, linkId: desk.link.id }) }
}

function drawRedemption(desk: QuoteDesk, product: WealthProduct, wanted: string | undefined): QuoteDraft {
  const holding = listHoldings(desk.bank, desk.link.customerId).find((each) => each.product.id === product.id)
  const units = wanted === undefined ? (holding?.free ?? 0n) : BigInt(wanted.replace('.', ''))
  if (units === 0n) throw new Problem('below_min', 'There is nothing to redeem.')
  if (!holding || units > holding.free) throw new Problem('above_max', 'More than the customer holds.')
  return buildDraft(desk, product, { side: 'redeem', units, valueMinor: buildValue(units, product.redemptionNav) })
}

interface Wish {
  readonly side: 'subscribe' | 'redeem'
  readonly units: bigint
  readonly valueMinor: bigint
}

function buildDraft({ bank, now }: QuoteDesk, product: WealthProduct, wish: Wish): QuoteDraft {
  const days = findTradeDays(now, bank.terms.zone)
  const { side, units, valueMinor } = wish
  const facts: WealthFacts = {
    ...days,
    product: product.id,
    side,
    units: units.toString(),
    value: valueMinor.toString(),
  }
  return {
    terms: buildRows(product, wish, days),
    view: {
      ...{ product: product.id, name: product.name, side, risk: product.risk, units: renderUnits(units) },
      ...{ tradeOn: days.tradeOn, confirmOn: days.confirmOn, cancelUntil: renderInstant(days.cutOffMs) },
    },
    facts,
  }
}

function buildRows(product: WealthProduct, { side, units, valueMinor }: Wish, days: TradeDays): Term[] {
  const buys = side === 'subscribe'
  return [
    term('product', text('产品', 'Product'), product.name),
    term('risk', text('风险等级', 'Risk'), product.risk),
    term('term', text('期限', 'Term'), product.term),
    term('benchmark', text('业绩参考', 'Benchmark'), product.benchmark),
    buys
      ? term('amount', text('申购金额', 'Amount'), renderYuan(valueMinor))
      : term('units', text('赎回份额', 'Units'), text(`${renderUnits(units)} 份`, `${renderUnits(units)} units`)),
    term('tradeOn', text('交易日', 'Trade day'), days.tradeOn),
    term('confirmOn', buys ? text('份额确认日', 'Units confirmed') : text('到账日', 'Money arrives'), days.confirmOn),
    term(
      'warning',
      text('风险提示', 'Please note'),
      text('非存款，不保本，可能亏损', 'no deposit, not guaranteed, may lose value'),
    ),
  ]
}
