import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { buildQuoteSchema, renderQuote } from '../quotes/quote-resource.ts'
import { commitQuoteExpiry, getQuote } from '../quotes/quotes.store.ts'
import { buildResourceAnswer, defineReading, type Route } from '../routes/define-route.ts'
import { bilingual, idParams, money } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'

const view = Type.Object({
  kind: Type.Enum(['loan', 'card']),
  application: Type.String(),
  product: Type.String(),
  name: bilingual,
  purpose: Type.Optional(Type.String()),
  limit: Type.Optional(money),
})

/** What the bank offers after it decided; it stands for a day. */
export function buildOfferRoute(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/offers/:id',
    id: 'getOffer',
    summary: 'The offer of an application: its terms, its credit, its time.',
    params: idParams,
    answers: { 200: buildQuoteSchema(view) },
    problems: ['not_found'],
    run: ({ client, params }) => {
      commitQuoteExpiry(bank, bank.clock.now())
      const quote = getQuote(bank, client.id, params.id)
      if (quote.kind !== 'offer') throw new Problem('not_found', 'There is no offer with this id.')
      return buildResourceAnswer(200, renderQuote(quote))
    },
  })
}
