import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { defineAction, defineDeed } from '../deeds/deed-kind.ts'
import { findOpenPage, pageSchema, renderPage, commitPage } from '../pages/pages.store.ts'
import { buildQuoteSchema, renderQuote } from '../quotes/quote-resource.ts'
import { findQuote } from '../quotes/quotes.store.ts'
import { currency } from '../ledger/accounts.store.ts'
import { money, payee, sha256 } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import {
  applicationStates,
  applicationTypes,
  isOpen,
  stepWords,
  type Application,
  type ApplicationFacts,
} from './application-facts.ts'
import { listMissingFields } from './fill-in.ts'
import { approve, changeTerms, decline, needMore, runReview, withdraw } from './review.ts'

const none = Object.fromEntries(applicationStates.map((state) => [state, 'none' as const]))

/** Somebody wants to borrow, or wants a card: the form, the check, the decision. */
export const applications = defineDeed<ApplicationFacts>({
  thing: 'application',
  prefix: 'app',
  url: '/v1/applications',
  name: 'Application',
  states: applicationStates,
  outcomes: { ...none, disbursed: 'done', loan_open: 'done' },
  view: Type.Object({
    type: Type.Enum([...applicationTypes]),
    product: Type.String(),
    amount: Type.Optional(money),
    payee: Type.Optional(payee),
    periods: Type.Optional(Type.Integer()),
    use: Type.Optional(Type.String()),
    quote: Type.Optional(Type.String()),
    consents: Type.Array(Type.String()),
    documents: Type.Array(Type.Object({ kind: Type.String(), sha256 })),
    needs: Type.Array(Type.Enum(['identity', 'credit-authorisation', 'documents', 'signature']), {
      description: 'What the customer has to do next.',
    }),
    page: Type.Optional(pageSchema),
    authorisation: Type.Optional(buildQuoteSchema(Type.Object({}))),
    offer: Type.Optional(Type.String({ description: 'Id of the offer: GET /v1/offers/{id}.' })),
  }),
  render: renderApplication,
  step: runReview,
  controls: {
    approve,
    'approve-lower': (bank, deed) => approve(bank, deed, { limitMinor: 500_000n }),
    decline,
    'need-more': needMore,
    'change-terms': changeTerms,
  },
  actions: {
    page: defineAction({
      summary: "Opens the bank's own page for the long form and the identity number: once, for ten minutes.",
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (bank, deed) => openPage(bank, deed as Application),
    }),
    documents: defineAction({
      summary: 'Hands in a document, by its digest. What the bank waited for, it goes on with.',
      body: Type.Object({ kind: Type.String({ minLength: 1, maxLength: 64 }), sha256 }),
      problems: ['state_conflict'],
      run: (bank, deed, document) => handIn(bank, deed as Application, document),
    }),
    withdraw: defineAction({
      summary: 'The customer does not want it any more; what was agreed to for it ends.',
      body: Type.Object({}),
      problems: ['state_conflict'],
      run: (bank, deed) => withdraw(bank, deed as Application),
    }),
  },
})

type Change = { state?: string; facts: ApplicationFacts; dueAt?: number }

function openPage(bank: Bank, application: Application): Change {
  const { facts, state, clientId, id, dueAt } = application
  if (state !== stepWords[facts.type].begun && state !== 'need_more') {
    throw new Problem('state_conflict', `The application is ${state}: there is nothing to fill in.`)
  }
  const page = commitPage(bank, { kind: 'identity', clientId, subjectId: id })
  return { facts: { ...facts, page: page.id }, ...(dueAt === undefined ? {} : { dueAt }) }
}

function handIn(bank: Bank, application: Application, document: { kind: string; sha256: string }): Change {
  const { facts, state, dueAt } = application
  if (!isOpen(application)) {
    throw new Problem('state_conflict', `The application is ${state}: no document is needed.`)
  }
  const { kind, sha256: digest } = document
  const after = { ...facts, documents: [...facts.documents, { kind, sha256: digest }] }
  if (state !== 'need_more') return { facts: after, ...(dueAt === undefined ? {} : { dueAt }) }
  return { facts: after, state: stepWords[facts.type].reviewing, dueAt: bank.clock.now() + bank.terms.reviewMs }
}

function renderApplication(bank: Bank, application: Application): object {
  const { facts, clientId } = application
  const { type, product, amount, periods, use, quote, offer, authorisation: asked, consents, documents } = facts
  const check = asked === undefined ? undefined : findQuote(bank, clientId, asked)
  const page = facts.page === undefined ? undefined : findOpenPage(bank, facts.page)
  return {
    ...{ type, product, consents, documents, needs: listNeeds(application) },
    ...(amount === undefined ? {} : { amount: { value: amount, currency } }),
    ...(facts.payee ? { payee: facts.payee } : {}),
    ...(periods === undefined ? {} : { periods }),
    ...(use === undefined ? {} : { use }),
    ...(quote === undefined ? {} : { quote }),
    ...(page ? { page: renderPage(bank, page) } : {}),
    ...(check && application.state === 'credit_authorisation'
      ? { authorisation: renderQuote({ ...check, view: {} }) }
      : {}),
    ...(offer === undefined ? {} : { offer }),
  }
}

function listNeeds(application: Application): string[] {
  const { state, facts } = application
  if (state === stepWords[facts.type].begun) return listMissingFields(application).length > 0 ? ['identity'] : []
  if (state === 'credit_authorisation') return ['credit-authorisation']
  if (state === 'need_more') return ['documents']
  return ['offered', 'approved', 'approved_lower'].includes(state) ? ['signature'] : []
}
