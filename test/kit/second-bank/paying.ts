import { setTimeout as later } from 'node:timers'
import { customers, nextId, now, payeeOf, timeText, type Books, type Payment } from './books.ts'
import { findPlace, writeCanonical, writeCursor } from './canonical.ts'
import { assertTexts, patterns, textOf } from './checks.ts'
import { change, findConfirmation } from './confirming.ts'
import { tell } from './events.ts'
import { Refusal } from './refusal.ts'
import { show, type Ask, type Route } from './route.ts'

const settleMs = 60

function describe(books: Books, payment: Payment): ReturnType<typeof show> {
  const { state, minor, confirmation, version, client, clientRef, id, madeAt, changedAt } = payment
  const owner = books.clients.get(client)
  const money = (value: bigint): object => ({ currency: 'CNY', value: value.toString() })
  return show({
    ...(state === 'failed' ? { failure: { class: 'insufficient_funds', code: 'insufficient_funds' } } : {}),
    updatedAt: timeText(changedAt),
    createdAt: timeText(madeAt),
    payer: { mask: '尾号', method: confirmation.payload['payer'] },
    ...(owner ? { payee: payeeOf(owner) } : {}),
    fee: money(state === 'failed' ? 0n : (minor + 50n) / 100n),
    amount: money(minor),
    version,
    state,
    tenant: client,
    confirmationId: confirmation.id,
    clientRef,
    id,
  })
}

/** One that was refused at once says so whenever it is sent again. */
function answer(books: Books, payment: Payment): ReturnType<typeof show> {
  if (payment.state === 'failed') throw new Refusal('insufficient_funds', { retry: 'new-key' })
  return describe(books, payment)
}

function assertBound(ask: Ask): ReturnType<typeof findConfirmation> {
  const { body } = ask
  assertTexts(body, {
    ...{ clientRef: patterns.reference, confirmationId: patterns.any },
    ...{ authorisation: patterns.any, payloadSha256: patterns.hash },
  })
  const named = {
    value: textOf(body, patterns.amount, 'amount', 'value'),
    currency: textOf(body, patterns.currency, 'amount', 'currency'),
    payee: textOf(body, patterns.any, 'payee', 'id'),
    link: textOf(body, patterns.any, 'payer', 'link'),
    method: textOf(body, patterns.any, 'payer', 'method'),
  }
  const confirmation = findConfirmation(ask, String(body['confirmationId']))
  const { payload, state } = confirmation
  if (state === 'expired') throw new Refusal('expired', { retry: 'new-key' })
  if (state !== 'verified') throw new Refusal('state_conflict', { retry: 'never' })
  if (body['authorisation'] !== confirmation.authorisation) throw new Refusal('step_up_required', { retry: 'new-key' })
  const money = writeCanonical([named.value, named.currency])
  const same = body['payloadSha256'] === confirmation.digest
  if (!same || money !== writeCanonical([payload['amount'], payload['currency']])) throw new Refusal('amount_changed')
  if (named.payee !== payeeOf(ask.client).id) throw new Refusal('payee_mismatch')
  if (named.method !== payload['payer'] || named.link !== confirmation.link.id) throw new Refusal('payer_mismatch')
  return confirmation
}

function findByReference({ books, client }: Ask, reference: string): Payment | undefined {
  return [...books.payments.values()].find((each) => each.client === client.id && each.clientRef === reference)
}

function pay(ask: Ask): ReturnType<Extract<Route, { method: 'POST' }>['act']> {
  const { books, client, body } = ask
  const present = findByReference(ask, String(body['clientRef']))
  if (present) {
    const outcome = { processing: 'unknown', succeeded: 'done', failed: 'none' }[present.state]
    throw new Refusal('state_conflict', { outcome, retry: 'never' })
  }
  const confirmation = assertBound(ask)
  change(confirmation, 'used')
  const account = customers[confirmation.link.phone]
  const minor = BigInt(String(confirmation.payload['amount']))
  const enough = account !== undefined && account.minor >= minor
  const made = now(books)
  const payment: Payment = {
    ...{
      id: `P-${nextId(books)}`,
      seq: books.payments.size + 1,
      client: client.id,
      clientRef: String(body['clientRef']),
    },
    ...{ confirmation, minor, madeAt: made, changedAt: made, version: 1, state: enough ? 'processing' : 'failed' },
  }
  books.payments.set(payment.id, payment)
  tell(books, `payment.${payment.state}`, payment)
  if (enough) {
    account.minor -= minor
    later(() => settle(books, payment), settleMs).unref()
  }
  return { status: 202, show: () => answer(books, payment) }
}

function settle(books: Books, payment: Payment): void {
  Object.assign(payment, { state: 'succeeded', version: payment.version + 1, changedAt: now(books) })
  tell(books, 'payment.succeeded', payment)
}

function list(ask: Ask): { readonly body: object } {
  const { books, client, query } = ask
  const reference = query.get('clientRef')
  if (reference !== null) {
    const found = findByReference(ask, reference)
    if (!found) throw new Refusal('not_found', { detail: 'No payment of this reference.' })
    return { body: { links: {}, items: [describe(books, found).body] } }
  }
  const { size, place } = readPage(query, client.id)
  const since = Date.parse(query.get('updatedAfter') ?? '1970-01-01T00:00:00Z')
  const mine = [...books.payments.values()].filter((each) => each.client === client.id && each.seq > place)
  const found = mine.filter(({ changedAt }) => changedAt > since)
  const items = found.slice(0, size)
  const cursor = writeCursor(client.id, items.at(-1)?.seq ?? 0)
  const more = found.length > size ? { next: `/v1/payments?after=${cursor}&limit=${size}` } : {}
  return { body: { links: more, items: items.map((payment) => describe(books, payment).body) } }
}

/** Throws a Refusal for a size or a cursor that is none. */
export function readPage(query: URLSearchParams, owner: string): { readonly size: number; readonly place: number } {
  const limit = query.get('limit') ?? '20'
  if (!/^[1-9][0-9]{0,2}$/.test(limit) || Number(limit) > 200) throw new Refusal('malformed', { places: ['/limit'] })
  const after = query.get('after')
  const place = after === null ? 0 : findPlace(owner, after)
  if (place === undefined) throw new Refusal('malformed', { places: ['/after'] })
  return { size: Number(limit), place }
}

export const payingRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/payments', act: pay },
  { method: 'GET', path: '/v1/payments', run: list },
  {
    method: 'GET',
    path: '/v1/payments/*',
    run: ({ books, client, parts }) => {
      const found = books.payments.get(parts[0] ?? '')
      if (!found || found.client !== client.id) throw new Refusal('not_found', { detail: 'No such payment.' })
      return describe(books, found)
    },
  },
]
