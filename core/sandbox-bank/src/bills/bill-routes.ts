import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import type { Client } from '../clients/clients.store.ts'
import { renderYuan } from '../credit/words.ts'
import { getLinked, type CustomerLink } from '../customers/get-linked.ts'
import { buildQuoteSchema, renderQuote } from '../quotes/quote-resource.ts'
import { commitDraft, type QuoteDraft } from '../quotes/quote-routes.ts'
import { commitQuoteExpiry, getQuote, type Quote } from '../quotes/quotes.store.ts'
import { term, text } from '../quotes/terms.ts'
import { buildResourceAnswer, defineActing, defineReading, type Answer, type Route } from '../routes/define-route.ts'
import { bilingual, idParams, instant } from '../routes/fields.ts'
import { commitOnce } from '../transport/commit-once.ts'
import { Problem } from '../transport/problem.ts'
import type { BillFacts } from './bill-payment.ts'
import { billers, findBiller, payeeOf, type Biller } from './billers.ts'
import { findOwed, maskAccount, type Owed } from './owed.ts'

const billLifeMs = 10 * 60_000
const name = { minLength: 1, maxLength: 64 }

const billerSchema = Type.Object({
  id: Type.String(),
  category: Type.String(),
  name: bilingual,
  amountRule: Type.Enum(['fixed', 'open'], { description: 'open: any amount; there is nothing to query.' }),
  accountPattern: Type.String({ description: 'Of the account number the customer types.' }),
})

const billView = Type.Object({
  biller: Type.String(),
  account: Type.String({ description: 'Masked.' }),
  period: Type.String(),
  lateFee: Type.String({ description: 'Minor units; it is in the amount.' }),
  paidAt: Type.Optional(Type.String({ format: 'date-time', description: 'Paid by this bank within a day.' })),
})

const querySchema = Type.Object({
  id: Type.String(),
  link: Type.String(),
  state: Type.Enum(['answered', 'no_bills']),
  version: Type.Integer(),
  biller: Type.String(),
  account: Type.String({ description: 'Masked.' }),
  bills: Type.Array(buildQuoteSchema(billView), { description: 'Each can be paid by its id.' }),
  expiresAt: instant,
})

export function buildBillRoutes(bank: Bank): Route[] {
  return [buildBillers(), buildQuery(bank), buildGetQuery(bank), buildGetBill(bank)]
}

function buildBillers(): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/billers',
    id: 'listBillers',
    summary: 'Who can be paid.',
    answers: { 200: Type.Object({ items: Type.Array(billerSchema) }) },
    problems: [],
    run: () => ({ status: 200, body: { items: billers.map(renderBiller) } }),
  })
}

function renderBiller({ id, category, name: names, amountRule, accountPattern }: Biller): Static<typeof billerSchema> {
  return { id, category, name: names, amountRule, accountPattern }
}

const queryBody = Type.Object({
  link: Type.String(name),
  biller: Type.String(name),
  account: Type.String({ minLength: 4, maxLength: 32 }),
})

function buildQuery(bank: Bank): Route {
  return defineActing({
    url: '/v1/bills/queries',
    id: 'queryBills',
    summary: 'Asks a biller what is owed for an account; each bill is a quote for ten minutes.',
    body: queryBody,
    answers: { 201: querySchema },
    problems: ['not_found', 'state_conflict'],
    run: ({ client, key, body }) => {
      const query = commitOnce(bank, { key, status: 201 }, () => commitQuery(bank, client, body))
      return buildAnswer(bank, 201, query)
    },
    replay: (client, id, status) => buildAnswer(bank, status, getKept(bank, { client, id, kind: 'bill-query' })),
  })
}

function commitQuery(bank: Bank, client: Client, body: Static<typeof queryBody>): Quote {
  const link = getLinked(bank, client.id, body.link)
  const biller = findBiller(body.biller)
  if (!biller || biller.amountRule !== 'fixed') {
    throw new Problem('not_found', 'There is no biller of this name that can be queried: read GET /v1/billers.')
  }
  assertAccount(biller, body.account)
  const owed = findOwed(bank, biller, body.account)
  const place = { lifeMs: billLifeMs, clientId: client.id, linkId: link.id }
  const bills = owed ? [buildBill(link, biller, { account: body.account, owed })] : []
  const made = bills.map((draft) => commitDraft(bank, draft, { ...place, kind: 'bill', prefix: 'bll' }))
  return commitDraft(
    bank,
    {
      state: owed ? 'answered' : 'no_bills',
      terms: [],
      view: { biller: biller.id, account: maskAccount(body.account) },
      facts: made.map(({ id }) => id),
    },
    { ...place, kind: 'bill-query', prefix: 'blq' },
  )
}

function assertAccount({ accountPattern }: Biller, account: string): void {
  if (new RegExp(accountPattern).test(account)) return
  const detail = 'The account number is not one of this biller: see accountPattern in GET /v1/billers.'
  throw new Problem('malformed', { detail, errors: [{ in: 'body', pointer: '/account', code: 'pattern', detail }] })
}

function buildBill(
  link: CustomerLink,
  biller: Biller,
  { account, owed }: { readonly account: string; readonly owed: Owed },
): QuoteDraft {
  const masked = maskAccount(account)
  const { period, amountMinor, lateFeeMinor, paidAt } = owed
  return {
    amountMinor,
    payee: payeeOf(biller, link.locale),
    terms: [
      term('account', text('户号', 'Account number'), masked),
      term('period', text('账期', 'Period'), period),
      term('lateFee', text('滞纳金', 'Late fee'), renderYuan(lateFeeMinor)),
    ],
    view: {
      ...{ biller: biller.id, account: masked, period, lateFee: lateFeeMinor.toString() },
      ...(paidAt === undefined ? {} : { paidAt: renderInstant(paidAt) }),
    },
    facts: { biller: biller.id, account } satisfies BillFacts,
  }
}

function buildGetQuery(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/bills/queries/:id',
    id: 'getBillQuery',
    summary: 'The answer again, with the bills as they are now.',
    params: idParams,
    answers: { 200: querySchema },
    problems: ['not_found'],
    run: ({ client, params }) => buildAnswer(bank, 200, getKept(bank, { client, id: params.id, kind: 'bill-query' })),
  })
}

function buildGetBill(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/bills/:id',
    id: 'getBill',
    summary: 'One bill of a query, as it is now.',
    params: idParams,
    answers: { 200: buildQuoteSchema(billView) },
    problems: ['not_found'],
    run: ({ client, params }) =>
      buildResourceAnswer(200, renderQuote(getKept(bank, { client, id: params.id, kind: 'bill' }))),
  })
}

function getKept(bank: Bank, { client, id, kind }: { client: Client; id: string; kind: string }): Quote {
  commitQuoteExpiry(bank, bank.clock.now())
  const quote = getQuote(bank, client.id, id)
  if (quote.kind === kind) return quote
  throw new Problem('not_found', 'There is no bill with this id.')
}

function buildAnswer(bank: Bank, status: number, query: Quote): Answer {
  commitQuoteExpiry(bank, bank.clock.now())
  const { id, linkId: link, state, version, view, expiresAt } = query
  const bills = (query.facts as string[]).map((bill) => renderQuote(getQuote(bank, query.clientId, bill)))
  const resource = { id, link, state, version, ...view, bills, expiresAt: renderInstant(expiresAt) }
  return buildResourceAnswer(status, resource)
}
