import { Type } from 'typebox'
import { renderAmount } from '../credit/words.ts'
import { defineQuote } from '../quotes/quote-routes.ts'
import { term, text } from '../quotes/terms.ts'
import { money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { daysOf, escrowTerms } from './escrow-terms.ts'

export interface EscrowWish {
  readonly item: string
}

const { minMinor, maxMinor, shipMs, answerMs, graceMs } = escrowTerms

/** What is paid into the hold, who gets it in the end, and what happens when nobody says anything. */
export const escrowQuotes = defineQuote({
  kind: 'escrow-quote',
  prefix: 'eqt',
  url: '/v1/escrow-quotes',
  name: 'EscrowQuote',
  summary: 'Money that the bank keeps until buyer and seller agree: POST /v1/escrows pays it in.',
  body: Type.Object({ amount: money, item: Type.String({ minLength: 1, maxLength: 60 }) }),
  view: Type.Object({ item: Type.String() }),
  lifeMs: 15 * 60_000,
  problems: ['bad_amount', 'bad_currency', 'below_min', 'above_max'],
  draw: ({ client }, { amount, item }) => {
    const amountMinor = BigInt(amount.value)
    if (amount.currency !== 'CNY') throw new Problem('bad_currency', 'This bank keeps CNY only.')
    if (amountMinor < minMinor) throw new Problem('below_min', `Kept from ${renderAmount(minMinor)} CNY on.`)
    if (amountMinor > maxMinor) throw new Problem('above_max', `Kept up to ${renderAmount(maxMinor)} CNY.`)
    const { payeeId: id, names, accountMask: account } = client
    const facts: EscrowWish = { item }
    return { amountMinor, payee: { id, name: names.zh, account }, terms: buildRules(item), view: { item }, facts }
  },
})

function buildRules(item: string) {
  const [ship, answer, grace] = [shipMs, answerMs, graceMs].map(daysOf)
  return [
    term('item', text('商品', 'Item'), item),
    term(
      'kept',
      text('资金', 'The money'),
      text('由银行保管，不先付给卖家', 'Kept by the bank, not paid to the seller yet'),
    ),
    term('release', text('付给卖家', 'Goes to the seller'), text('您确认收货后', 'Once you say that it has arrived')),
    term(
      'rule',
      text('没有答复', 'No answer'),
      text(
        `发货 ${answer} 天后提醒一次，再过 ${grace} 天付给卖家`,
        `You are reminded ${answer} days after shipping; ${grace} days later it is paid`,
      ),
    ),
    term('notShipped', text('没有发货', 'Not shipped'), text(`${ship} 天后退回`, `Back to you after ${ship} days`)),
    term('dispute', text('有争议', 'Dispute'), text('由银行裁定', 'The bank decides')),
  ]
}
