import { randomUUID } from 'node:crypto'
import type { HttpRequest } from '@inthread/sdk/bank'
import type { OpenAnswer, Sabotage } from './saboteur.ts'

type Change = NonNullable<Sabotage['change']>
type Body = OpenAnswer['body']

const pathOf = ({ url }: HttpRequest): string => new URL(url).pathname
const without = (body: Body, name: string): Body =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name))

/** What is refused with this code is done all the same. */
function takes(code: string, answered: Partial<OpenAnswer>): Change {
  return (answer) => (answer.body['code'] === code ? { ...answer, ...answered } : answer)
}

function changeBody(path: RegExp, change: (body: Body) => Body): Change {
  return (answer, request) =>
    path.test(pathOf(request)) && answer.status < 300 ? { ...answer, body: change(answer.body) } : answer
}

/** The first answer to a key, word for word. */
function freezeReplays(): Change {
  const first = new Map<string, OpenAnswer>()
  return (answer, request) => {
    const key = request.headers['idempotency-key']
    if (key === undefined) return answer
    const known = first.get(key)
    if (known === undefined) first.set(key, answer)
    return known ? { ...known, headers: answer.headers } : answer
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const payments = /^\/v1\/payments(\/[^/]+)?$/
const ok = { status: 200, body: { ok: true } }

/** What is done wrong, the case that has to notice, and how it is done. */
export const sabotages: readonly (readonly [what: string, caseId: string, sabotage: Sabotage])[] = [
  ['drops the signature', 'signature.genuine', { spoil: () => ({ signature: undefined }) }],
  ['forges the signature', 'signature.genuine', { spoil: () => ({ signature: `sig1=:${'A'.repeat(86)}==:` }) }],
  ['takes unsigned requests', 'signature.missing', { change: takes('signature_invalid', ok) }],
  ['takes changed bodies', 'signature.digest-mismatch', { change: takes('digest_mismatch', ok) }],
  ['takes old signatures', 'signature.too-old', { change: takes('clock_skew', ok) }],
  [
    'keeps its time to itself',
    'signature.too-early',
    { change: (answer) => ({ ...answer, body: without(answer.body, 'serverTime') }) },
  ],
  ['takes a nonce twice', 'signature.nonce-replayed', { change: takes('nonce_replayed', ok) }],
  ['signs with one nonce', 'answer.fresh-nonce', { nonce: 'always-the-same' }],
  ['loses the interaction id', 'answer.interaction-id', { spoil: () => ({ 'x-interaction-id': 'another' }) }],
  [
    'says no outcome',
    'problem.members',
    { change: (answer) => ({ ...answer, body: without(answer.body, 'outcome') }) },
  ],
  [
    'answers for another client',
    'capabilities.members',
    { change: changeBody(/capabilities$/, (body) => ({ ...body, tenant: 'other' })) },
  ],
  ['has no ETag', 'capabilities.unchanged', { spoil: () => ({ etag: undefined }) }],
  [
    'tells balances',
    'links.methods',
    {
      change: changeBody(/methods$/, (body) => ({
        methods: listOf(body['methods']).map((method) => Object.assign({}, method, { balance: '1' })),
      })),
    },
  ],
  ['needs no key', 'idempotency.missing', { change: takes('missing_idempotency_key', ok) }],
  ['says nothing of a replay', 'idempotency.replay', { spoil: () => ({ 'idempotent-replay': undefined }) }],
  ['replays a frozen body', 'idempotency.present-state', { change: freezeReplays() }],
  ['takes a key for two bodies', 'idempotency.key-reused', { change: takes('key_reused', ok) }],
  [
    'makes a payment of each of twenty',
    'idempotency.parallel',
    {
      change: (answer) => (answer.status === 202 ? { ...answer, body: { ...answer.body, id: randomUUID() } } : answer),
    },
  ],
  [
    'gives the authorisation away',
    'confirmations.pending',
    { change: changeBody(/confirmations$/, (body) => ({ ...body, authorisation: 'aut_early' })) },
  ],
  [
    'does not count wrong codes',
    'confirmations.wrong-code',
    { change: changeBody(/answers$/, (body) => ({ ...body, triesLeft: 3 })) },
  ],
  ['takes another amount', 'payments.amount-changed', { change: takes('amount_changed', { status: 202 }) }],
  [
    'calls what it does not know failed',
    'payments.unknown-reference',
    { change: takes('not_found', { status: 200, body: { items: [{ state: 'failed' }] } }) },
  ],
  ['never counts versions up', 'payments.ends', { change: changeBody(payments, (body) => ({ ...body, version: 1 })) }],
  [
    'tells what could be borrowed without its rate',
    'prechecks.range',
    {
      change: changeBody(/loan-prechecks$/, (body) => ({
        ...body,
        items: listOf(body['items']).map((item) => Object.assign({}, item, { annualRate: undefined })),
      })),
    },
  ],
  [
    'works out anew what it told',
    'prechecks.read-again',
    { change: changeBody(/loan-prechecks\/[^/]+$/, (body) => ({ ...body, items: [] })) },
  ],
  ['takes a guess for an offer', 'prechecks.no-offer', { change: takes('state_conflict', { status: 201, body: {} }) }],
  [
    'shows its feed the other way round',
    'events.listed',
    { change: changeBody(/events$/, (body) => ({ ...body, events: listOf(body['events']).toReversed() })) },
  ],
  [
    'tells in events what nobody asked for',
    'events.thin',
    {
      change: changeBody(/events$/, (body) => ({
        ...body,
        events: listOf(body['events']).map((event) =>
          Object.assign({}, event, { data: { ...Object(Object(event).data), payer: 'Lin Xiaoyu' } }),
        ),
      })),
    },
  ],
  [
    'takes any cursor',
    'events.cursor-changed',
    { change: takes('malformed', { status: 200, body: { events: [], cursor: 'c', more: false } }) },
  ],
  ['takes any page size', 'lists.limits', { change: takes('malformed', { status: 200, body: { items: [] } }) }],
  ['publishes its private key', 'keys.published', { published: { d: 'A'.repeat(43) } }],
  ['lets its keys be kept for a day', 'keys.cached', { keysHeaders: { 'cache-control': 'max-age=86400' } }],
]
