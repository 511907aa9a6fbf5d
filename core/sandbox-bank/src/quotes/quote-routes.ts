import { Type, type Static, type TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { getLinked, type CustomerLink } from '../customers/get-linked.ts'
import { buildResourceAnswer, defineActing, defineReading, type Route } from '../routes/define-route.ts'
import { idParams } from '../routes/fields.ts'
import { commitIdempotencyRecord, type IdempotencyKey } from '../transport/idempotency.store.ts'
import { Problem, type ProblemCode } from '../transport/problem.ts'
import { buildQuoteSchema, renderQuote } from './quote-resource.ts'
import { commitNewQuote, countQuotes, getQuoteNow, type NewQuote, type Payee, type Quote } from './quotes.store.ts'
import type { Term } from './terms.ts'

/** What a kind of quote works out. */
export interface QuoteDraft {
  /** `open` if left out. */
  readonly state?: string
  readonly amountMinor?: bigint
  readonly payee?: Payee
  readonly terms: readonly Term[]
  readonly credit?: object
  /** Members of its own, as they are sent. */
  readonly view?: object
  /** What the commit will need; JSON, never sent. */
  readonly facts?: unknown
}

/** Who asks for a quote, and when. */
export interface QuoteDesk {
  readonly bank: Bank
  readonly client: Client
  readonly link: CustomerLink
  readonly now: number
}

interface QuoteSpec<B extends TObject> {
  /** Word for it in the books, such as `payee-lookup`. */
  readonly kind: string
  /** Three letters its ids begin with. */
  readonly prefix: string
  /** POST makes one, GET below it reads one. */
  readonly url: string
  /** Name in the document: `PayeeLookup` gives createPayeeLookup and getPayeeLookup. */
  readonly name: string
  readonly summary: string
  /** Beside `link`. */
  readonly body: B
  /** Members of its own in the answer. */
  readonly view: TObject
  readonly lifeMs: number
  /** The refusals of its own. */
  readonly problems: readonly ProblemCode[]
  readonly draw: (desk: QuoteDesk, body: Static<B>) => QuoteDraft
}

/** A kind of quote with the types of its parts forgotten. */
export interface QuoteKind extends Omit<QuoteSpec<TObject>, 'draw'> {
  readonly draw: (desk: QuoteDesk, body: unknown) => QuoteDraft
}

export function defineQuote<B extends TObject>(spec: QuoteSpec<B>): QuoteKind {
  return { ...spec, draw: (desk, body) => spec.draw(desk, body as Static<B>) }
}

export function buildQuoteRoutes(bank: Bank, kind: QuoteKind): Route[] {
  return [buildPost(bank, kind), buildGet(bank, kind)]
}

/** What the customer of this link is offered, whatever kind of quote it is. */
export function buildAnyQuoteRoute(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/quotes/:id',
    id: 'getQuote',
    summary: 'One quote of any kind, without the members of its own.',
    params: idParams,
    answers: { 200: buildQuoteSchema(Type.Object({})) },
    problems: ['not_found'],
    run: ({ client, params }) =>
      buildResourceAnswer(200, renderQuote({ ...getPresent(bank, { clientId: client.id, id: params.id }), view: {} })),
  })
}

function buildPost(bank: Bank, kind: QuoteKind): Route {
  const { url, name, summary, view } = kind
  return defineActing({
    url,
    id: `create${name}`,
    summary,
    body: Type.Object({ link: Type.String({ minLength: 1, maxLength: 64 }), ...kind.body.properties }),
    answers: { 201: buildQuoteSchema(view) },
    problems: ['not_found', 'state_conflict', ...kind.problems],
    run: ({ client, key, body }) =>
      buildResourceAnswer(201, renderQuote(commitQuote(bank, kind, { client, key, body }))),
    replay: (client, id, status) =>
      buildResourceAnswer(status, renderQuote(getPresent(bank, { clientId: client.id, id }))),
  })
}

function buildGet(bank: Bank, kind: QuoteKind): Route {
  return defineReading({
    method: 'GET',
    url: `${kind.url}/:id`,
    id: `get${kind.name}`,
    summary: 'It again, as it is now.',
    params: idParams,
    answers: { 200: buildQuoteSchema(kind.view) },
    problems: ['not_found'],
    run: ({ client, params }) =>
      buildResourceAnswer(200, renderQuote(getPresent(bank, { clientId: client.id, id: params.id, kind: kind.kind }))),
  })
}

interface Asking {
  readonly client: Client
  readonly key: IdempotencyKey
  readonly body: { readonly link: string }
}

function commitQuote(bank: Bank, kind: QuoteKind, { client, key, body }: Asking): Quote {
  return bank.db.transaction(() => {
    const link = getLinked(bank, client.id, body.link)
    const now = bank.clock.now()
    const draft = kind.draw({ bank, client, link, now }, body)
    const quote = commitDraft(bank, draft, { ...kind, clientId: client.id, linkId: link.id })
    commitIdempotencyRecord(bank.db, key, { status: 201, resourceId: quote.id, at: now })
    return quote
  })
}

interface QuotePlace {
  readonly kind: string
  readonly prefix: string
  readonly lifeMs: number
  readonly clientId: string
  readonly linkId?: string
}

/** Writes a quote into the running transaction: for quotes that are part of something else, too. */
export function commitDraft(bank: Bank, draft: QuoteDraft, place: QuotePlace): Quote {
  const { kind, prefix, lifeMs, clientId, linkId } = place
  const now = bank.clock.now()
  const { state = 'open', view = {}, facts = null, terms, amountMinor, payee, credit } = draft
  const quote: NewQuote = {
    ...{
      id: bank.vault.idOf(prefix, clientId, linkId ?? '', countQuotes(bank, clientId, linkId)),
      kind,
      clientId,
      state,
      terms,
    },
    ...(linkId === undefined ? {} : { linkId }),
    ...(amountMinor === undefined ? {} : { amountMinor }),
    ...(payee ? { payee } : {}),
    ...(credit ? { credit } : {}),
    ...{ view, facts, createdAt: now, expiresAt: now + lifeMs },
  }
  return commitNewQuote(bank, quote)
}

/** As it is now; of this kind, where one is named. */
function getPresent(bank: Bank, which: { clientId: string; id: string; kind?: string }): Quote {
  const quote = getQuoteNow(bank, which, bank.clock.now())
  if (which.kind === undefined || quote.kind === which.kind) return quote
  throw new Problem('not_found', 'There is no quote with this id.')
}
