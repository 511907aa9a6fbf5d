import { Type } from 'typebox'
import { addMonths, findDay } from '../credit/calendar.ts'
import { buildCredit, type BuiltCredit } from '../credit/render-credit.ts'
import { renderAmount, renderPayments, renderPercent, renderYuan } from '../credit/words.ts'
import { findDeed, listDeedsOfParent } from '../deeds/deeds.store.ts'
import { findInstalmentProduct, type InstalmentProduct } from '../products/card-products.ts'
import { defineQuote, type QuoteDesk, type QuoteDraft } from '../quotes/quote-routes.ts'
import { term, text, type Term } from '../quotes/terms.ts'
import { bilingual, money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { cardBills, countLeft, type CardBill } from './card-bill.ts'

/** What a plan will need of its offer. */
export interface InstalmentFacts {
  readonly product: string
  readonly periods: number
  readonly bill?: string
  readonly principal: string
}

const word = Type.String({ minLength: 1, maxLength: 64 })

/** A purchase, or a bill of a card, in parts. */
export const instalmentOffers = defineQuote({
  kind: 'instalment-offer',
  prefix: 'ino',
  url: '/v1/instalment-offers',
  name: 'InstalmentOffer',
  summary: 'What a purchase or a bill costs in parts: each payment, all fees, both yearly rates.',
  body: Type.Object({
    product: word,
    periods: Type.Integer({ minimum: 2, maximum: 60 }),
    amount: Type.Optional(money),
    bill: Type.Optional(word),
  }),
  view: Type.Object({
    product: Type.String(),
    name: bilingual,
    use: Type.Enum(['purchase', 'bill']),
    bill: Type.Optional(Type.String()),
  }),
  lifeMs: 30 * 60_000,
  problems: ['bad_amount', 'bad_currency', 'below_min', 'above_max', 'duplicate_business'],
  draw: (desk, body) => {
    const product = getProduct(body.product)
    const feeRate = product.feeRates[body.periods]
    if (feeRate === undefined) {
      const detail = `This product runs for ${Object.keys(product.feeRates).join(', ')} periods.`
      throw new Problem('malformed', { detail, errors: [{ in: 'body', pointer: '/periods', code: 'enum', detail }] })
    }
    const bill = product.use === 'bill' ? getOpenBill(desk, body.bill ?? '') : undefined
    const principalMinor = bill ? countLeft(bill) : readAmount(body.amount)
    assertAmount(product, principalMinor)
    return draw(desk, { product, feeRate, periods: body.periods, principalMinor, ...(bill ? { bill: bill.id } : {}) })
  },
})

export function getProduct(id: string): InstalmentProduct {
  const product = findInstalmentProduct(id)
  if (!product)
    throw new Problem('not_found', 'There are no such instalments: GET /v1/capabilities lists the products.')
  return product
}

function readAmount(amount: { value: string; currency: string } | undefined): bigint {
  if (!amount) throw new Problem('bad_amount', 'A purchase needs its amount.')
  if (amount.currency !== 'CNY') throw new Problem('bad_currency', 'Cards of this bank are in CNY.')
  return BigInt(amount.value)
}

function assertAmount({ minMinor, maxMinor }: InstalmentProduct, principalMinor: bigint): void {
  if (principalMinor < minMinor) throw new Problem('below_min', `Begins at ${renderAmount(minMinor)} CNY.`)
  if (principalMinor > maxMinor) throw new Problem('above_max', `Ends at ${renderAmount(maxMinor)} CNY.`)
}

/** Throws when the bill was paid or planned meanwhile: an offer for it would be void. */
function getOpenBill({ bank, client, link }: QuoteDesk, id: string): CardBill {
  const bill = findDeed(bank, { clientId: client.id, kind: cardBills.thing, id }) as CardBill | undefined
  if (bill?.linkId !== link.id) throw new Problem('not_found', 'There is no bill with this id.')
  if (bill.state === 'open') return bill
  const [plan] = listDeedsOfParent(bank, bill.id, 'instalment_plan')
  throw new Problem('duplicate_business', {
    detail: `The bill is ${bill.state} already.`,
    ...(plan ? { instance: `/v1/instalment-plans/${plan.id}` } : {}),
  })
}

interface Parts {
  readonly product: InstalmentProduct
  readonly feeRate: string
  readonly periods: number
  readonly principalMinor: bigint
  readonly bill?: string
}

function draw({ bank, client, now }: QuoteDesk, parts: Parts): QuoteDraft {
  const { product, feeRate, periods, principalMinor, bill } = parts
  const start = findDay(now, bank.terms.zone)
  const credit = buildCredit('instalments', {
    ...{ principalMinor, periods, start, firstDue: addMonths(start, 1), method: 'card-instalment', annualRate: '0' },
    ...{ dayCount: 'MONTHLY', rounding: 'half-up', feeRate, feeMode: 'per-period' },
  })
  const { payeeId: id, names, accountMask: account } = client
  const facts: InstalmentFacts = {
    ...{ product: product.id, periods, principal: principalMinor.toString() },
    ...(bill === undefined ? {} : { bill }),
  }
  return {
    ...(bill === undefined ? { amountMinor: principalMinor, payee: { id, name: names.zh, account } } : {}),
    terms: buildRows(product, credit),
    credit: credit.wire,
    view: { product: product.id, name: product.name, use: product.use, ...(bill === undefined ? {} : { bill }) },
    facts,
  }
}

function buildRows(product: InstalmentProduct, { wire, lines }: BuiltCredit): Term[] {
  const payments = renderPayments(lines)
  const [simple, compound] = [renderPercent(wire.annualSimple), renderPercent(wire.annualCompound)]
  const cost = renderYuan(BigInt(wire.totalFee.value))
  const free = wire.totalFee.value === '0'
  const principal = renderYuan(BigInt(wire.principal.value))
  return [
    term('product', text('产品', 'Product'), product.name),
    term('principal', text('本金', 'Principal'), principal),
    term('periods', text('期数', 'Periods'), text(`${lines.length} 期`, `${lines.length} months`)),
    term('payments', text('还款', 'Payments'), text(payments.zh, payments.en)),
    term('cost', text('总成本', 'Cost in all'), cost),
    term(
      'annualRate',
      text('年利率', 'Annual rate'),
      free
        ? text('0%', '0%')
        : text(`${simple}（单利）/ ${compound}（复利）`, `${simple} (simple) / ${compound} (compound)`),
    ),
    term(
      'early',
      text('提前结清', 'Early settlement'),
      text('未到期手续费不再收取', 'Fees of later periods are not charged'),
    ),
  ]
}
