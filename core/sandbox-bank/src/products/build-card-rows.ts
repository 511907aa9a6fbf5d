import { renderPercent, renderYuan } from '../credit/words.ts'
import { term, text, type Term } from '../quotes/terms.ts'
import type { CardProduct } from './card-products.ts'

/**
 * What has to be known of a card before anybody applies for it, and what is signed in the end. Before a limit is
 * approved, it is told what it could be at most.
 */
export function buildCardRows(product: CardProduct, approvedMinor?: bigint): Term[] {
  const { name, annualFeeMinor, annualRate } = product
  const rate = renderPercent(annualRate)
  const most = renderYuan(product.limitMinor)
  const atMost = text(`最高 ${most}，以审批为准`, `up to ${most}, as approved`)
  return [
    term('product', text('产品', 'Product'), name),
    term('limit', text('额度', 'Limit'), approvedMinor === undefined ? atMost : renderYuan(approvedMinor)),
    term('annualFee', text('年费', 'Annual fee'), renderYuan(annualFeeMinor)),
    term('annualRate', text('年利率', 'Annual rate'), text(`最高 ${rate}（单利）`, `up to ${rate} (simple)`)),
    term(
      'penalty',
      text('逾期', 'Late payment'),
      text('最低还款额未还部分的 5% 收取违约金', '5% of what is missing of the minimum payment'),
    ),
    term(
      'cash',
      text('取现', 'Cash'),
      text('每笔 1%，自取现日起计息', '1% of each withdrawal, interest from that day'),
    ),
  ]
}
