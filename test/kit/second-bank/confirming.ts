import { randomUUID } from 'node:crypto'
import { customers, makeCode, nextId, now, payeeOf, timeText, type Books, type Confirmation } from './books.ts'
import { hashHex, writeCanonical } from './canonical.ts'
import { assertTexts, patterns, textOf } from './checks.ts'
import { findLink, limitMinor } from './customers.ts'
import { tell } from './events.ts'
import { Refusal } from './refusal.ts'
import { show, type Ask, type Route } from './route.ts'

const codeMs = 90_000
const useMs = 240_000
const blockMs = 600_000
const members = ['v', 'op', 'intent', 'bank', 'tenant', 'amount', 'currency', 'payee', 'payer', 'expires', 'nonce']

/** Closes what is over. Everything that looks at a confirmation looks through this. */
function freshen(books: Books, confirmation: Confirmation): Confirmation {
  const open = confirmation.state === 'pending' || confirmation.state === 'verified'
  if (open && now(books) > confirmation.endsAt) change(confirmation, 'expired')
  return confirmation
}

export function change(confirmation: Confirmation, state: string): void {
  confirmation.state = state
  confirmation.version += 1
}

export function findConfirmation({ books, client }: Pick<Ask, 'books' | 'client'>, id: string): Confirmation {
  const found = books.confirmations.get(id)
  if (found && found.client === client.id) return freshen(books, found)
  throw new Refusal('not_found', { detail: 'No such confirmation.' })
}

function describe(confirmation: Confirmation): ReturnType<typeof show> {
  const { state, digest, authorisation, id, clientRef, version, triesLeft, endsAt, link, madeAt } = confirmation
  return show({
    ...(state === 'verified' ? { authorisation } : {}),
    payloadSha256: digest,
    expiresAt: timeText(endsAt),
    createdAt: timeText(madeAt),
    updatedAt: timeText(madeAt),
    triesLeft,
    destination: `${link.phone.slice(0, 5)}••••••${link.phone.slice(-2)}`,
    method: 'code',
    version,
    state,
    clientRef,
    id,
  })
}

function assertPayload(ask: Ask, payload: Readonly<Record<string, unknown>>, phone: string): void {
  const unknown = Object.keys(payload).filter((name) => !members.includes(name))
  const left = members.filter((name) => payload[name] === undefined)
  if (unknown.length + left.length > 0) throw new Refusal('malformed', { places: [...unknown, ...left] })
  const amount = BigInt(textOf(payload, patterns.amount, 'amount'))
  if (textOf(payload, patterns.currency, 'currency') !== 'CNY') throw new Refusal('bad_currency')
  if (payload['op'] !== 'payment' || payload['v'] !== 1) throw new Refusal('malformed', { places: ['/payload/op'] })
  if (writeCanonical(payload['payee']) !== writeCanonical(payeeOf(ask.client))) throw new Refusal('payee_mismatch')
  if (payload['payer'] !== customers[phone]?.account) throw new Refusal('payer_mismatch')
  if (amount < 1n) throw new Refusal('below_min')
  if (amount > limitMinor) throw new Refusal('above_max')
  const over = !(Date.parse(textOf(payload, patterns.any, 'expires')) > now(ask.books))
  if (over) throw new Refusal('expired')
}

function assertNotBlocked(books: Books, phone: string): void {
  const waitMs = (books.blockedUntil.get(phone) ?? 0) - now(books)
  if (waitMs > 0) throw new Refusal('confirmation_blocked', { retry: 'after', waitSec: Math.ceil(waitMs / 1000) })
  const since = now(books) - 60_000
  const recent = [...books.confirmations.values()].filter(({ link, madeAt }) => link.phone === phone && madeAt > since)
  const oldest = recent[recent.length - books.codesPerMinute]
  if (!oldest) return
  throw new Refusal('rate_limited', { retry: 'after', waitSec: Math.ceil((oldest.madeAt - since) / 1000) })
}

function begin(ask: Ask): ReturnType<Extract<Route, { method: 'POST' }>['act']> {
  const { books, client, body } = ask
  assertTexts(body, {
    ...{ clientRef: patterns.reference, link: patterns.name },
    ...{ payloadSha256: patterns.hash, renderedSha256: patterns.hash },
  })
  const link = findLink(ask, String(body['link']))
  const payload = Object(body['payload']) as Readonly<Record<string, unknown>>
  assertPayload(ask, payload, link.phone)
  const digest = hashHex(writeCanonical(payload))
  if (digest !== body['payloadSha256']) throw new Refusal('amount_changed')
  assertNotBlocked(books, link.phone)
  const clientRef = String(body['clientRef'])
  for (const other of books.confirmations.values())
    if (other.client === client.id && other.clientRef === clientRef && other.state === 'pending')
      change(other, 'superseded')
  const made = now(books)
  const confirmation: Confirmation = {
    ...{ id: `C${nextId(books)}`, client: client.id, clientRef, link, payload, digest },
    ...{ code: makeCode(), authorisation: randomUUID(), madeAt: made, endsAt: made + codeMs },
    ...{ state: 'pending', triesLeft: 3, version: 1 },
  }
  books.confirmations.set(confirmation.id, confirmation)
  return { status: 201, show: () => describe(freshen(books, confirmation)) }
}

function judge(ask: Ask): ReturnType<Extract<Route, { method: 'POST' }>['act']> {
  const { books, body } = ask
  assertTexts(body, { code: patterns.code })
  const confirmation = findConfirmation(ask, ask.parts[0] ?? '')
  if (confirmation.state === 'expired') throw new Refusal('expired')
  if (confirmation.state !== 'pending') throw new Refusal('state_conflict', { retry: 'never' })
  if (body['code'] === confirmation.code) {
    change(confirmation, 'verified')
    confirmation.endsAt = now(books) + useMs
    tell(books, 'confirmation.verified', confirmation)
  } else {
    confirmation.triesLeft -= 1
    change(confirmation, confirmation.triesLeft === 0 ? 'locked' : 'pending')
    if (confirmation.triesLeft === 0) {
      books.blockedUntil.set(confirmation.link.phone, now(books) + blockMs)
      tell(books, 'confirmation.locked', confirmation)
    }
  }
  return { status: 200, show: () => describe(freshen(books, confirmation)) }
}

export const confirmingRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/confirmations', act: begin },
  { method: 'POST', path: '/v1/confirmations/*/answers', act: judge },
  { method: 'GET', path: '/v1/confirmations/*', run: (ask) => describe(findConfirmation(ask, ask.parts[0] ?? '')) },
]
