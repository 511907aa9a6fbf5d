import { createHmac, createPublicKey, sign, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DoorRequest } from '@inthread/sdk/bank'
import { events } from '../../test/sample-books.ts'
import { makeBankKey } from '../../test/signing-bank.ts'
import { vectors } from '../../test/vectors.ts'
import { openWorld, testPublic } from '../../test/world.ts'

const nowSec = 1_772_703_000
const body = JSON.stringify(events[0])
const notice = {
  id: 'evt_1',
  type: 'payment.succeeded',
  clientRef: 'ord_1',
  version: 2,
  state: 'succeeded',
  ref: 'pay_1',
}

interface Delivery {
  readonly key: KeyObject
  readonly id?: string
  readonly sec?: number
  readonly body?: string | Uint8Array
}

/** A delivery as the bank sends it. */
function deliver({ key, id = 'evt_1', sec = nowSec, body: sent = body }: Delivery): DoorRequest {
  const bytes = Buffer.from(sent)
  const signature = sign(null, Buffer.concat([Buffer.from(`${id}.${sec}.`), bytes]), key).toString('base64')
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(sec), 'webhook-signature': `v1a,${signature}` }
  return { method: 'POST', path: '/', headers, body: bytes }
}

const change = (request: DoorRequest, headers: Record<string, string>): DoorRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
})

describe('the known answer', () => {
  it('is genuine by its v1a entry', async () => {
    const time = { sec: 1_772_703_012 }
    const jwks = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: testPublic, kid: 'bank-1' }] }
    const answer = { status: 200, headers: {}, body: Buffer.from(JSON.stringify(jwks)) }
    const { connection } = openWorld({ http: { send: () => Promise.resolve(answer) } }, time)
    const { headers, body: text } = vectors.standardWebhook
    const request = { method: 'POST', path: '/', headers, body: Buffer.from(text) }
    expect(await connection.verifyNotice(request)).toEqual({
      kind: 'genuine',
      notice: {
        id: 'evt_01J8ZK40',
        type: 'payment.succeeded',
        clientRef: undefined,
        version: 3,
        state: 'succeeded',
        ref: 'pay_1',
      },
    })
    const withoutV1a = change(request, { 'webhook-signature': headers['webhook-signature']?.split(' ')[0] ?? '' })
    expect(await connection.verifyNotice(withoutV1a)).toEqual({ kind: 'forged' })
  })

  it('is genuine by its v1 entry, for a connection that has the secret, and without any key', async () => {
    const { headers, body: text, secret } = vectors.standardWebhook
    const [v1 = '', v1a = ''] = headers['webhook-signature']?.split(' ') ?? []
    const judge = async (webhookSecret: string, signature: string, sec = 1_772_703_012): Promise<string> => {
      const http = { send: () => Promise.reject(new Error('nobody there')) }
      const { connection } = openWorld({ http, settings: { webhookSecret } }, { sec })
      const marked = { ...headers, 'webhook-signature': signature }
      return (await connection.verifyNotice({ method: 'POST', path: '/', headers: marked, body: Buffer.from(text) }))
        .kind
    }
    const another = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
    expect(await judge(secret, v1)).toBe('genuine')
    expect(await judge(secret, `${v1a} ${v1}`)).toBe('genuine')
    expect(await judge(secret, v1, 1_772_703_012 + 301)).toBe('stale')
    expect(await judge(another, v1)).toBe('forged')
    expect(await judge(another, `${v1} ${v1a}`)).toBe('unverifiable')
    expect(await judge(secret, v1.replace('v1,R', 'v1,S'))).toBe('forged')
  })
})

describe('a delivery', () => {
  it('cannot be judged while the bank keys cannot be read: not genuine, and not called forged', async () => {
    const http = { send: () => Promise.reject(new Error('nobody there')) }
    const { connection } = openWorld({ http }, { sec: nowSec })
    const request = deliver({ key: makeBankKey('bank-1').key })
    expect(await connection.verifyNotice(request)).toEqual({ kind: 'unverifiable' })
  })

  it('is read when any entry of the list is by any key that the bank publishes', async () => {
    const { bank, connection } = openWorld()
    const second = makeBankKey('bank-2')
    bank.published = [bank.key, second]
    const request = deliver({ key: second.key })
    const others = ['v1,abc', `v1a,${'A'.repeat(86)}==`, 'v1a,short', request.headers['webhook-signature']]
    const listed = change(request, { 'webhook-signature': others.join(' ') })
    expect(await connection.verifyNotice(listed)).toEqual({ kind: 'genuine', notice })
  })

  it.each([
    ['no id', { 'webhook-id': '' }],
    ['another id', { 'webhook-id': 'evt_2' }],
    ['an id with a blank', { 'webhook-id': 'evt 1' }],
    ['no time', { 'webhook-timestamp': '' }],
    ['another time', { 'webhook-timestamp': String(nowSec + 1) }],
    ['a time that is none', { 'webhook-timestamp': '0x69a94cd8' }],
    ['no signature', { 'webhook-signature': '' }],
    ['a signature of nothing', { 'webhook-signature': 'v1a,' }],
    ['a signature of zeros', { 'webhook-signature': `v1a,${'A'.repeat(86)}==` }],
  ])('with %s is forged', async (_what, headers) => {
    const { bank, connection } = openWorld()
    const request = change(deliver({ key: bank.key.key }), headers)
    expect(await connection.verifyNotice(request)).toEqual({ kind: 'forged' })
  })

  it('with one changed byte is forged', async () => {
    const { bank, connection } = openWorld()
    const request = deliver({ key: bank.key.key })
    const changed = Buffer.from(request.body)
    changed[20] = (changed[20] ?? 0) ^ 1
    expect(await connection.verifyNotice({ ...request, body: changed })).toEqual({ kind: 'forged' })
  })

  it('by another key is forged, and so is an HMAC with the public key', async () => {
    const { bank, connection } = openWorld()
    expect(await connection.verifyNotice(deliver({ key: makeBankKey('bank-1').key }))).toEqual({ kind: 'forged' })
    const request = deliver({ key: bank.key.key })
    const x = createPublicKey(bank.key.key).export({ format: 'jwk' }).x ?? ''
    const mac = createHmac('sha256', Buffer.from(x, 'base64url')).update(`evt_1.${nowSec}.${body}`).digest('base64')
    for (const version of ['v1', 'v1a']) {
      const forged = change(request, { 'webhook-signature': `${version},${mac}` })
      expect(await connection.verifyNotice(forged)).toEqual({ kind: 'forged' })
    }
  })

  it.each([
    [-301, 'stale'],
    [-300, 'genuine'],
    [300, 'genuine'],
    [301, 'stale'],
  ])('made %i seconds from now is %s', async (bySec, kind) => {
    const { bank, connection } = openWorld()
    expect(await connection.verifyNotice(deliver({ key: bank.key.key, sec: nowSec + bySec }))).toMatchObject({ kind })
  })

  it.each([
    ['not JSON', '{"type":'],
    ['not UTF-8', Buffer.from('{"type":"\xff"}', 'latin1')],
    ['no object', '[]'],
    ['no type', '{"data":{}}'],
    ['a version in text', '{"type":"payment.failed","data":{"version":"3"}}'],
    ['too large', JSON.stringify({ type: 'x', filler: 'x'.repeat(65_536) })],
  ])('that is genuine but %s is malformed', async (_what, sent) => {
    const { bank, connection } = openWorld()
    expect(await connection.verifyNotice(deliver({ key: bank.key.key, body: sent }))).toEqual({ kind: 'malformed' })
  })

  it('of a type that nobody has heard of is accepted as it is', async () => {
    const { bank, connection } = openWorld()
    const sent = JSON.stringify({ type: 'branch.opened', timestamp: '2026-03-05T09:30:00Z', data: { city: 'x' } })
    expect(await connection.verifyNotice(deliver({ key: bank.key.key, body: sent }))).toEqual({
      kind: 'genuine',
      notice: { id: 'evt_1', type: 'branch.opened', clientRef: undefined, version: 0, state: 'opened' },
    })
  })

  it('is never thrown at by arbitrary headers and bytes, and never believes them', async () => {
    const { connection } = openWorld()
    const names = fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature', 'x')
    const headers = fc.dictionary(names, fc.oneof(fc.string(), fc.constant(String(nowSec)), fc.constant('v1a,AA==')))
    await fc.assert(
      fc.asyncProperty(headers, fc.uint8Array({ maxLength: 300 }), async (given, bytes) => {
        const verdict = await connection.verifyNotice({ method: 'POST', path: '/', headers: { ...given }, body: bytes })
        expect(['forged', 'stale']).toContain(verdict.kind)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the keys of deliveries', () => {
  it('are fetched anew for a signature that none of them made, at most once a second', async () => {
    const { bank, connection, time } = openWorld()
    await connection.verifyNotice(deliver({ key: bank.key.key }))
    const next = makeBankKey('bank-2')
    bank.published = [bank.key, next]
    expect(await connection.verifyNotice(deliver({ key: next.key }))).toEqual({ kind: 'forged' })
    expect(bank.jwksFetches).toBe(1)
    time.sec += 1
    expect(await connection.verifyNotice(deliver({ key: next.key }))).toEqual({ kind: 'genuine', notice })
    expect(bank.jwksFetches).toBe(2)
  })

  it('are fetched anew when the bank says that it rotated them: a withdrawn one is believed no longer', async () => {
    const { bank, connection, time } = openWorld()
    const old = bank.key
    const next = makeBankKey('bank-2')
    bank.published = [old, next]
    expect(await connection.verifyNotice(deliver({ key: old.key }))).toMatchObject({ kind: 'genuine' })
    bank.published = [next]
    time.sec += 5
    const rotated = JSON.stringify({ type: 'keys.rotated', data: {} })
    expect(await connection.verifyNotice(deliver({ key: next.key, body: rotated }))).toMatchObject({ kind: 'genuine' })
    expect(await connection.verifyNotice(deliver({ key: old.key }))).toEqual({ kind: 'forged' })
  })
})

describe('the feed', () => {
  it('reads a page and keeps what it knows of every event', async () => {
    const { connection, sent } = openWorld()
    expect(await connection.notices(undefined)).toEqual({
      kind: 'done',
      value: {
        notices: [notice, { id: 'evt_2', type: 'branch.moved', clientRef: undefined, version: 0, state: 'moved' }],
        cursor: 'c2',
        more: false,
      },
    })
    await connection.notices('c/1 ?')
    const asked = sent.map(({ url }) => url).filter((url) => url.includes('/v1/'))
    expect(asked).toEqual([
      'https://bank.example/v1/events?limit=100',
      'https://bank.example/v1/events?limit=100&after=c%2F1+%3F',
    ])
  })

  it.each([undefined, null])('stays at its cursor when the bank says %j for the next', async (cursor) => {
    const { bank, connection } = openWorld()
    bank.say = () => ({ status: 200, json: { events: [], cursor, more: false } })
    for (const after of ['c1', undefined]) {
      const page = { notices: [], cursor: after, more: false }
      expect(await connection.notices(after)).toEqual({ kind: 'done', value: page })
    }
  })

  it.each([
    [{ events: [{ type: 'payment.failed', data: {} }], more: false }],
    [{ events: 'none', more: false }],
    [{ events: [] }],
  ])('%j is unknown', async (json) => {
    const { bank, connection } = openWorld()
    bank.say = () => ({ status: 200, json })
    expect(await connection.notices(undefined)).toEqual({ kind: 'unknown', code: 'answer_malformed' })
  })
})
