import { addMonths } from '../credit/calendar.ts'
import { buildCredit, type BuiltCredit } from '../credit/render-credit.ts'
import { renderAmount, renderPayments, renderPercent, renderYuan } from '../credit/words.ts'
import type { CreditTerms } from '../credit/schedule.ts'
import type { LoanProduct, LoanUse } from '../products/loan-products.ts'
import { term, text, type Term } from '../quotes/terms.ts'
import { Problem } from '../transport/problem.ts'

/** What a customer wishes to borrow, and from which day. */
export interface LoanWish {
  readonly amountMinor: bigint
  readonly periods: number
  readonly start: string
  /** The code of what the money is for. */
  readonly use?: string
}

/** Throws what the caller is told when the product is not made for this. */
export function assertLoanWish(product: LoanProduct, wish: Omit<LoanWish, 'start'>): void {
  const { amountMinor, periods } = wish
  assertUse(product, wish.use)
  if (!product.periods.includes(periods)) {
    const detail = `This product runs for ${product.periods.join(', ')} periods.`
    throw new Problem('malformed', { detail, errors: [{ in: 'body', pointer: '/periods', code: 'enum', detail }] })
  }
  if (amountMinor < product.minMinor) {
    throw new Problem('below_min', `This product begins at ${renderAmount(product.minMinor)} CNY.`)
  }
  if (amountMinor > product.maxMinor) {
    throw new Problem('above_max', `This product ends at ${renderAmount(product.maxMinor)} CNY.`)
  }
}

/** Lent for one of the uses of the product and for nothing else; a quote may leave it open. */
function assertUse({ uses }: LoanProduct, use: string | undefined): void {
  if (use === undefined || uses?.some(({ code }) => code === use)) return
  const known = uses?.map(({ code }) => code).join(', ')
  const detail = known ? `This product is lent for: ${known}.` : 'This product has one use: leave it out.'
  throw new Problem('malformed', { detail, errors: [{ in: 'body', pointer: '/use', code: 'enum', detail }] })
}

/** The same day of the month each month, from a month after the start. */
function buildLoanTerms(product: LoanProduct, wish: LoanWish): CreditTerms {
  const { method, annualRate, dayCount, rounding, graceMonths } = product
  return {
    ...{ method, annualRate, dayCount, rounding },
    ...(graceMonths > 0 ? { graceMonths } : {}),
    principalMinor: wish.amountMinor,
    periods: wish.periods,
    start: wish.start,
    firstDue: addMonths(wish.start, 1),
  }
}

export interface LoanOfferParts extends BuiltCredit {
  readonly terms: readonly Term[]
}

/** The credit and the rows of its card: everything the rules on disclosure want seen before anybody signs. */
export function buildLoanParts(product: LoanProduct, wish: LoanWish): LoanOfferParts {
  const credit = buildCredit('loan', buildLoanTerms(product, wish))
  return { ...credit, terms: buildRows(product, wish, credit) }
}

function buildRows(product: LoanProduct, wish: LoanWish, { wire, lines }: BuiltCredit): Term[] {
  const payments = renderPayments(lines)
  const [simple, compound] = [renderPercent(wire.annualSimple), renderPercent(wire.annualCompound)]
  const interest = renderYuan(BigInt(wire.totalInterest.value))
  const penalty = `${product.penaltyMultiplier}`
  return [
    term('product', text('产品', 'Product'), product.name),
    term('principal', text('本金', 'Principal'), renderYuan(wish.amountMinor)),
    term('periods', text('期数', 'Periods'), text(`${lines.length} 期`, `${lines.length} months`)),
    term('payments', text('还款', 'Payments'), text(payments.zh, payments.en)),
    term('firstDue', text('首期还款日', 'First payment'), lines[0]?.due ?? ''),
    term('interest', text('利息合计', 'Interest in all'), interest),
    term(
      'annualRate',
      text('年利率', 'Annual rate'),
      text(`${simple}（单利）/ ${compound}（复利）`, `${simple} (simple) / ${compound} (compound)`),
    ),
    term(
      'penalty',
      text('逾期', 'Late payment'),
      text(`逾期部分按利率的 ${penalty} 倍计罚息`, `${penalty} times the rate on what is late`),
    ),
    term('prepay', text('提前还款', 'Early repayment'), text('可随时提前还款，无违约金', 'At any time, at no charge')),
    term('purpose', text('用途', 'Purpose'), findUse(product, wish) ?? product.purposeText),
  ]
}

function findUse({ uses = [] }: LoanProduct, { use }: LoanWish): LoanUse['name'] | undefined {
  return uses.find(({ code }) => code === use)?.name
}
