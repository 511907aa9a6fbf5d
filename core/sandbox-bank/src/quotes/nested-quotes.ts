import type { Static, TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import type { DeedKind } from '../deeds/deed-kind.ts'
import { getDeed } from '../deeds/deed-routes.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { buildResourceAnswer, defineActing, type Answer, type Route } from '../routes/define-route.ts'
import { idParams } from '../routes/fields.ts'
import { commitOnce } from '../transport/commit-once.ts'
import type { ProblemCode } from '../transport/problem.ts'
import { commitDraft, type QuoteDraft } from './quote-routes.ts'
import { buildQuoteSchema, renderQuote } from './quote-resource.ts'
import { commitQuoteExpiry, getQuote, type Quote } from './quotes.store.ts'

interface NestedSpec<B extends TObject> {
  /** Word for it in the books. */
  readonly kind: string
  readonly prefix: string
  /** Name in the document: `PayoffQuote` gives createPayoffQuote. */
  readonly name: string
  /** Behind the id of what it is about. */
  readonly below: string
  readonly of: DeedKind
  readonly summary: string
  readonly body: B
  readonly view: TObject
  readonly problems: readonly ProblemCode[]
  /** How long it stands. */
  readonly lifeMs: (bank: Bank) => number
  readonly draw: (bank: Bank, deed: Deed, body: Static<B>) => QuoteDraft
}

/** POST <thing>/{id}/<below>: a quote about something the bank keeps; GET /v1/quotes/{id} reads it again. */
export function buildNestedQuote<B extends TObject>(bank: Bank, spec: NestedSpec<B>): Route {
  const { kind, prefix, name, below, of, summary, view, problems } = spec
  const answer = (quote: Quote): Answer => buildResourceAnswer(201, renderQuote(quote))
  return defineActing<typeof idParams, TObject>({
    url: `${of.url}/:id/${below}`,
    id: `create${name}`,
    summary,
    params: idParams,
    body: spec.body,
    answers: { 201: buildQuoteSchema(view) },
    problems: ['not_found', 'state_conflict', ...problems],
    run: ({ client, key, params, body }) => {
      const quote = commitOnce(bank, { key, status: 201 }, () => {
        const deed = getDeed(bank, of, { clientId: client.id, id: params.id })
        // The server has checked it against the schema it is made of.
        return commitDraft(bank, spec.draw(bank, deed, body as Static<B>), {
          ...{ kind, prefix, lifeMs: spec.lifeMs(bank), clientId: deed.clientId },
          ...(deed.linkId === undefined ? {} : { linkId: deed.linkId }),
        })
      })
      return answer(quote)
    },
    replay: (client, id) => {
      commitQuoteExpiry(bank, bank.clock.now())
      return answer(getQuote(bank, client.id, id))
    },
  })
}
