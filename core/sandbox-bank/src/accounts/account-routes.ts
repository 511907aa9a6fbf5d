import { Type, type Static } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { startOfMonth } from '../app/business-day.ts'
import type { Client } from '../clients/clients.store.ts'
import { listMethodsOfLink } from '../customers/link-cards.store.ts'
import { currency, type Account } from '../ledger/accounts.store.ts'
import { defineReading, type Answer, type Route } from '../routes/define-route.ts'
import {
  after,
  bilingual,
  buildCursorProblem,
  defaultLimit,
  idParams,
  instant,
  limit,
  money,
  renderMoney,
} from '../routes/fields.ts'
import { findCursorPlace, renderCursor } from '../vault/cursor.ts'
import { listEntries, sumFlows, type Entry } from './entries.store.ts'
import { nameEntry } from './name-entry.ts'
import { countView, getShownAccount, getViewer } from './view-account.ts'

const link = Type.String({ minLength: 1, maxLength: 64, description: 'Whose accounts.' })

const accountSchema = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['debit', 'credit', 'wallet']),
  label: bilingual,
  mask: Type.String(),
  state: Type.String({ description: 'open, frozen or inactive.' }),
  currency: Type.String(),
})

const balanceSchema = Type.Object({
  account: Type.String(),
  mask: Type.String(),
  available: Type.Object(money.properties, { description: 'What may be spent now.' }),
  held: Type.Object(money.properties, { description: 'Reserved for what is under way.' }),
  owed: Type.Optional(Type.Object(money.properties, { description: 'Of a credit card.' })),
  month: Type.Object({ income: money, spending: money }),
  asOf: instant,
})

const entrySchema = Type.Object({
  id: Type.String(),
  direction: Type.Enum(['in', 'out']),
  amount: money,
  text: bilingual,
  at: instant,
})

const entriesSchema = Type.Object({
  items: Type.Array(entrySchema),
  links: Type.Object({
    next: Type.Optional(Type.String({ description: 'Address of the next page; absent on the last.' })),
  }),
})

const kinds = {
  card: { kind: 'credit', label: { 'zh-CN': '信用卡', en: 'Credit card' } },
  wallet: { kind: 'wallet', label: { 'zh-CN': '数字人民币钱包', en: 'Digital wallet' } },
  customer: { kind: 'debit', label: { 'zh-CN': '储蓄卡', en: 'Debit card' } },
} as const

export function buildAccountRoutes(bank: Bank): Route[] {
  return [buildList(bank), buildBalance(bank), buildEntries(bank)]
}

function buildList(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/accounts',
    id: 'listAccounts',
    summary: 'The accounts of a customer who confirmed account-view in the last ten minutes. No balances.',
    query: Type.Object({ link }),
    answers: { 200: Type.Object({ items: Type.Array(accountSchema) }) },
    problems: ['malformed', 'not_found', 'state_conflict', 'step_up_required'],
    run: ({ client, query }) => {
      const accounts = listMethodsOfLink(bank.db, getViewer(bank, client, query.link))
      return { status: 200, body: { items: accounts.map(renderAccount) } }
    },
  })
}

function buildBalance(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/accounts/:id/balance',
    id: 'getBalance',
    summary: 'What is there, what is held, and what came in and went out this month. Thirty looks a day.',
    params: idParams,
    query: Type.Object({ link }),
    answers: { 200: balanceSchema },
    problems: ['malformed', 'not_found', 'state_conflict', 'step_up_required', 'rate_limited'],
    run: ({ client, params, query }) => {
      const viewer = getViewer(bank, client, query.link)
      const account = getShownAccount(bank, viewer, params.id)
      countView(bank, viewer)
      return { status: 200, body: renderBalance(bank, account), headers: unkept }
    },
  })
}

function buildEntries(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/accounts/:id/entries',
    id: 'listEntries',
    summary: 'What changed the balance, newest first.',
    params: idParams,
    query: Type.Object({ link, limit: Type.Optional(limit), after: Type.Optional(after) }),
    answers: { 200: entriesSchema },
    problems: ['malformed', 'not_found', 'state_conflict', 'step_up_required', 'rate_limited'],
    run: ({ client, params, query }) => {
      const viewer = getViewer(bank, client, query.link)
      const account = getShownAccount(bank, viewer, params.id)
      if (query.after === undefined) countView(bank, viewer)
      const { limit: size = defaultLimit, after: cursor } = query
      return buildPage(bank, { client, account, link: viewer.id, size, ...(cursor === undefined ? {} : { cursor }) })
    },
  })
}

/** Nobody between the bank and the platform may keep it. */
const unkept = { 'cache-control': 'no-store' }

interface PageWish {
  readonly client: Client
  readonly account: Account
  readonly link: string
  readonly size: number
  readonly cursor?: string
}

function buildPage(bank: Bank, { client, account, link: linkId, size, cursor }: PageWish): Answer {
  const scope = { clientId: client.id, list: `entries ${account.id}` }
  const [beforeSeq] =
    cursor === undefined ? [Number.MAX_SAFE_INTEGER] : (findCursorPlace(bank.vault, scope, cursor) ?? [])
  if (typeof beforeSeq !== 'number') throw buildCursorProblem()
  const found = listEntries(bank.db, account.id, { beforeSeq, limit: size + 1 })
  const items = found.slice(0, size).map((entry) => renderEntry(bank, client, entry))
  const last = found[size - 1]
  if (!last || found.length <= size) return { status: 200, body: { items, links: {} }, headers: unkept }
  const place = renderCursor(bank.vault, scope, [last.seq])
  const next = `/v1/accounts/${account.id}/entries?link=${linkId}&limit=${size}&after=${place}`
  return { status: 200, body: { items, links: { next } }, headers: unkept }
}

function renderAccount(account: Account): Static<typeof accountSchema> {
  const { id, mask = '', state, currency: asset } = account
  return { id, ...kindOf(account), mask, state, currency: asset }
}

function kindOf({ kind }: Account): (typeof kinds)[keyof typeof kinds] {
  return kind === 'card' || kind === 'wallet' ? kinds[kind] : kinds.customer
}

function renderBalance(bank: Bank, account: Account): Static<typeof balanceSchema> {
  const { id, mask = '', balanceMinor, heldMinor, limitMinor } = account
  const now = bank.clock.now()
  const { inMinor, outMinor } = sumFlows(bank.db, id, startOfMonth(now))
  return {
    ...{ account: id, mask },
    available: renderMoney(balanceMinor - heldMinor + limitMinor, currency),
    held: renderMoney(heldMinor, currency),
    ...(account.kind === 'card' ? { owed: renderMoney(balanceMinor < 0n ? -balanceMinor : 0n, currency) } : {}),
    month: { income: renderMoney(inMinor, currency), spending: renderMoney(outMinor, currency) },
    asOf: renderInstant(now),
  }
}

function renderEntry(bank: Bank, client: Client, entry: Entry): Static<typeof entrySchema> {
  const { id, changeMinor, at } = entry
  const amount = renderMoney(changeMinor < 0n ? -changeMinor : changeMinor, currency)
  const direction = changeMinor < 0n ? 'out' : 'in'
  return { id, direction, amount, text: nameEntry(bank, client.id, entry), at: renderInstant(at) }
}
