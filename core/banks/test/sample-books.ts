import type { RawRequest } from './hand-signature.ts'
import { problem, type Said } from './signing-bank.ts'

export const rightCode = '392817'

/** The purchase that all tests are about. */
export const payee = { id: 'mch_1', name: '北方铁路', account: '****6621' }

interface Book {
  readonly answers: Map<string, { readonly body: string; readonly said: Said }>
  readonly payments: Map<string, Record<string, unknown>>
  readonly confirmations: Map<string, Record<string, unknown>>
}

type Route = (book: Book, request: RawRequest, part: string) => Said

/**
 * A bank for one customer and one client: payments are `processing` when they are sent and `succeeded` when they are
 * asked for, and a key stands for its first request.
 */
export function openBooks(): (request: RawRequest) => Said {
  const book: Book = { answers: new Map(), payments: new Map(), confirmations: new Map() }
  return (request) => {
    const { pathname } = new URL(request.url)
    for (const [method, pattern, route] of routes) {
      const match = request.method === method ? pattern.exec(pathname) : null
      if (match) return answerOnce(book, request, () => route(book, request, match[1] ?? ''))
    }
    return problem(404, 'not_found')
  }
}

/** A key that was used is answered with what it did, and nothing is done again. */
function answerOnce(book: Book, request: RawRequest, run: () => Said): Said {
  if (request.method === 'GET') return run()
  const key = request.headers['idempotency-key']
  if (key === undefined) return problem(400, 'missing_idempotency_key')
  const body = request.body.toString()
  const before = book.answers.get(key)
  if (before !== undefined) return before.body === body ? before.said : problem(422, 'key_reused')
  const said = run()
  book.answers.set(key, { body, said })
  return said
}

const routes: readonly (readonly [string, RegExp, Route])[] = [
  ['GET', /^\/v1\/capabilities$/, () => ({ status: 200, json: capabilities })],
  ['POST', /^\/v1\/links$/, (_book, request) => ({ status: 201, json: linkOf(readBody(request)) })],
  ['GET', /^\/v1\/links\/lnk_1\/methods$/, () => ({ status: 200, json: { methods } })],
  ['POST', /^\/v1\/confirmations$/, createConfirmation],
  ['POST', /^\/v1\/confirmations\/([^/]+)\/answers$/, answerConfirmation],
  ['POST', /^\/v1\/payments$/, createPayment],
  ['GET', /^\/v1\/payments$/, findPayment],
  ['GET', /^\/v1\/events$/, () => ({ status: 200, json: { events, cursor: 'c2', more: false } })],
]

const capabilities = {
  bank: { id: 'b1', name: { 'zh-CN': '示例银行', en: 'Sample Bank' }, zone: 'Asia/Shanghai', smsSender: '95530' },
  tenant: 'northern-rail',
  payee,
  capabilities: [{ id: 'payment', version: '1', currency: 'CNY', methods: ['code'], feeRate: '0.006' }],
}

const methods = [
  { id: 'acc_1', kind: 'debit', label: { en: 'Debit card' }, mask: '****1234', canPay: true, default: true },
  { id: 'acc_2', kind: 'debit', label: { en: 'Savings' }, mask: '****9876', canPay: false, default: false },
]

const price = { value: '55350', currency: 'CNY' }

export const events = [
  {
    id: 'evt_1',
    type: 'payment.succeeded',
    timestamp: '2026-03-05T09:30:12Z',
    data: { id: 'pay_1', clientRef: 'ord_1', version: 2, state: 'succeeded', amount: price },
  },
  { id: 'evt_2', type: 'branch.moved', timestamp: '2026-03-05T09:31:00Z', data: {} },
]

function linkOf(body: Record<string, unknown>): object {
  const isCustomer = body['phone'] === '+8613800000001'
  return isCustomer ? { id: 'lnk_1', version: 1, state: 'active' } : { version: 1, state: 'none' }
}

function createConfirmation(book: Book, request: RawRequest): Said {
  const { clientRef } = readBody(request)
  const id = `cnf_${book.confirmations.size + 1}`
  const waiting = { id, clientRef, state: 'pending', version: 1, method: 'code', destination: '138****0001' }
  const confirmation = { ...waiting, triesLeft: 3, expiresAt: '2026-03-05T09:32:00Z' }
  book.confirmations.set(id, confirmation)
  return { status: 201, json: confirmation }
}

function answerConfirmation(book: Book, request: RawRequest, id: string): Said {
  const confirmation = book.confirmations.get(id)
  if (confirmation === undefined) return problem(404, 'not_found')
  const triesLeft = Number(confirmation['triesLeft']) - 1
  const isRight = readBody(request)['code'] === rightCode
  const wrong = { ...confirmation, triesLeft, state: triesLeft > 0 ? 'pending' : 'locked' }
  const answered = isRight ? { ...confirmation, state: 'verified', authorisation: 'aut_1' } : wrong
  book.confirmations.set(id, answered)
  return { status: 200, json: answered }
}

function createPayment(book: Book, request: RawRequest): Said {
  const { clientRef, confirmationId, amount, payee: to } = readBody(request)
  const id = `pay_${book.payments.size + 1}`
  const fee = { value: '332', currency: 'CNY' }
  const named = { id, clientRef, confirmationId, tenant: 'northern-rail' }
  const stored = { ...named, state: 'processing', version: 1, amount, fee, payee: to }
  book.payments.set(String(clientRef), stored)
  return { status: 202, json: stored }
}

function findPayment(book: Book, request: RawRequest): Said {
  const payment = book.payments.get(new URL(request.url).searchParams.get('clientRef') ?? '')
  if (payment === undefined) return problem(404, 'not_found', { retry: 'same-key' })
  return { status: 200, json: { items: [{ ...payment, state: 'succeeded', version: 2 }] } }
}

function readBody(request: RawRequest): Record<string, unknown> {
  return JSON.parse(request.body.toString()) as Record<string, unknown>
}
