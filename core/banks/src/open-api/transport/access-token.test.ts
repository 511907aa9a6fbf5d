import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { HttpClient, HttpRequest } from '@inthread/sdk/bank'
import { Fault } from '@inthread/sdk/fault'
import { paymentRequest, wirePayment } from '../../../test/purchase.ts'
import { problem } from '../../../test/signing-bank.ts'
import { handOver, openTestBank, openWorld, testSeed, type World } from '../../../test/world.ts'
import { getSigningKey } from './signing-key.ts'

const tokenUrl = 'https://bank.example/oauth2/token'

interface TokenWorld extends World {
  readonly asked: HttpRequest[]
  /** What the next token is, and for how long. */
  next: { access_token: string; expires_in: number } | undefined
}

function openTokenWorld(): TokenWorld {
  const time = { sec: 1_772_703_000 }
  const bank = openTestBank(time)
  const wire = handOver(bank)
  const asked: HttpRequest[] = []
  const http: HttpClient = {
    send: async (request) => {
      if (request.url !== tokenUrl) return wire.send(request)
      asked.push(request)
      const { next } = world
      if (!next) throw new Fault('network.no_answer')
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify({ ...next, token_type: 'Bearer' })) }
    },
  }
  const opened = openWorld({ http, settings: { tokenUrl } }, time, bank)
  const world: TokenWorld = { ...opened, asked, next: { access_token: 'token-1', expires_in: 300 } }
  return world
}

const tokensOf = ({ bank }: World): (string | undefined)[] =>
  bank.received.map(({ headers }) => headers['authorization']?.replace('Bearer ', ''))

describe('an access token', () => {
  it('is fetched once for all who wait, signed for, and sent under our signature', async () => {
    const world = openTokenWorld()
    await Promise.all(Array.from({ length: 20 }, () => world.connection.query('ord_1')))
    expect(world.asked).toHaveLength(1)
    expect(new Set(tokensOf(world))).toEqual(new Set(['token-1']))
    for (const { headers } of world.bank.received) expect(headers['signature-input']).toContain('"authorization"')
  })

  it('is asked for with a JWT that is ours, for that address, and short', async () => {
    const world = openTokenWorld()
    await world.connection.query('ord_1')
    const form = new URLSearchParams(Buffer.from(world.asked[0]?.body ?? []).toString())
    expect(form.get('grant_type')).toBe('client_credentials')
    const [head = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.')
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(read(head)).toEqual({ alg: 'EdDSA', kid: 'northern-rail', typ: 'JWT' })
    const [iat, exp] = [1_772_703_000, 1_772_703_060]
    const about = { iss: 'northern-rail', sub: 'northern-rail', aud: tokenUrl, iat, exp }
    expect(read(claims)).toEqual({ ...about, jti: expect.any(String) })
    const key = createPublicKey(getSigningKey(testSeed))
    expect(verify(null, Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  })

  it('is used until shortly before its end, and never for longer than ten minutes', async () => {
    const world = openTokenWorld()
    await world.connection.query('ord_1')
    world.next = { access_token: 'token-2', expires_in: 86_400 }
    world.time.sec += 269
    await world.connection.query('ord_1')
    expect(world.asked).toHaveLength(1)
    world.time.sec += 1
    await world.connection.query('ord_1')
    world.time.sec += 569
    await world.connection.query('ord_1')
    expect(world.asked).toHaveLength(2)
    world.time.sec += 1
    await world.connection.query('ord_1')
    expect(world.asked).toHaveLength(3)
  })

  it('is renewed once when the bank says that it is over, and the same key is sent again', async () => {
    const world = openTokenWorld()
    world.bank.say = ({ headers }) =>
      headers['authorization'] === 'Bearer token-2'
        ? { status: 202, json: wirePayment }
        : problem(401, 'token_expired', { retry: 'same-key' })
    const submitting = world.connection.submit(paymentRequest)
    world.next = { access_token: 'token-2', expires_in: 300 }
    expect(await submitting).toMatchObject({ kind: 'done' })
    const keys = world.bank.received.map(({ headers }) => headers['idempotency-key'])
    expect(new Set(keys).size).toBe(1)
    world.bank.say = () => problem(401, 'token_expired', { retry: 'same-key' })
    const before = world.bank.received.length
    expect(await world.connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code: 'token_expired' })
    expect(world.bank.received.length - before).toBe(2)
  })

  it('that nobody gives leaves the payment unknown, and nothing is sent', async () => {
    const world = openTokenWorld()
    world.next = undefined
    expect(await world.connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code: 'token_unavailable' })
    expect(world.bank.received).toEqual([])
  })
})
