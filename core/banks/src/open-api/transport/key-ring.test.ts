import { describe, expect, it } from 'vitest'
import type { HttpClient, HttpResponse } from '@inthread/sdk/bank'
import { makeBankKey } from '../../../test/signing-bank.ts'
import { handOver, openTestBank, openWorld } from '../../../test/world.ts'
import { findKeySet } from './key-set.ts'

const minutes = 60

describe('the keys of the bank', () => {
  it('are held for 20 minutes and not longer', async () => {
    const { bank, connection, time } = openWorld()
    await connection.query('ord_1')
    time.sec += 20 * minutes
    await connection.query('ord_1')
    expect(bank.jwksFetches).toBe(1)
    time.sec += 1
    await connection.query('ord_1')
    expect(bank.jwksFetches).toBe(2)
  })

  it('are not used beyond their time when they cannot be renewed', async () => {
    const time = { sec: 1_772_703_000 }
    const bank = openTestBank(time)
    let isDown = false
    const wire = handOver(bank)
    const http: HttpClient = {
      send: async (request) => (isDown && request.url.endsWith('jwks.json') ? downAnswer : wire.send(request)),
    }
    const { connection } = openWorld({ http }, time, bank)
    expect(await connection.query('ord_1')).toEqual({ kind: 'not_found' })
    isDown = true
    time.sec += 20 * minutes
    expect(await connection.query('ord_1')).toEqual({ kind: 'not_found' })
    time.sec += 1
    expect(await connection.query('ord_1')).toEqual({ kind: 'unknown', code: 'bank_keys_unavailable' })
    isDown = false
    time.sec += 1
    expect(await connection.query('ord_1')).toEqual({ kind: 'not_found' })
  })

  it('are lost when the bank withdraws one, at the latest after 20 minutes', async () => {
    const { bank, connection, time } = openWorld()
    await connection.query('ord_1')
    bank.published = [makeBankKey('bank-2')]
    time.sec += 20 * minutes + 1
    expect(await connection.query('ord_1')).toEqual({ kind: 'unknown', code: 'answer_signed_with_unknown_key' })
  })

  it('are fetched at most once a second, whatever key names come', async () => {
    const { bank, connection, time } = openWorld()
    bank.flaw = { plan: ({ params }) => ({ params: { ...params, keyid: 'bank-9' } }) }
    for (let call = 0; call < 40; call += 1) {
      time.sec += 0.1
      expect(await connection.query('ord_1')).toMatchObject({ kind: 'unknown' })
    }
    expect(bank.jwksFetches).toBeLessThanOrEqual(5)
    expect(bank.jwksFetches).toBeGreaterThanOrEqual(3)
  })

  it('are not asked for again within a second of a failure, however many wait', async () => {
    let fetches = 0
    const time = { sec: 1_772_703_000 }
    const bank = openTestBank(time)
    const wire = handOver(bank)
    const http: HttpClient = {
      send(request) {
        if (!request.url.endsWith('jwks.json')) return wire.send(request)
        fetches += 1
        return Promise.reject(new Error('no route'))
      },
    }
    const { connection } = openWorld({ http }, time, bank)
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => connection.query('ord_1')))
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set(['{"kind":"unknown","code":"bank_keys_unavailable"}']),
    )
    expect(fetches).toBe(1)
  })
})

describe('a key set', () => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), kid: 'a' }
  const read = (document: unknown): string[] | undefined => {
    const set = findKeySet(Buffer.from(JSON.stringify(document)))
    return set === undefined ? undefined : [...set.keys()]
  }

  it('keeps the keys that can verify, and the first of a name', () => {
    const encryption = { ...jwk, kid: 'b', use: 'enc' }
    const other = { kty: 'EC', crv: 'P-256', x: 'a', y: 'b', kid: 'c' }
    const keys = [encryption, other, jwk, { ...jwk, x: 'B'.repeat(43) }, { ...jwk, kid: undefined }, 7]
    const set = findKeySet(Buffer.from(JSON.stringify({ keys })))
    expect([...(set?.keys() ?? [])]).toEqual(['a'])
    expect(set?.get('a')?.export({ format: 'jwk' }).x).toBe('A'.repeat(43))
  })

  const crowd = { keys: Array.from({ length: 33 }, () => jwk) }
  it.each([[{}], [[]], [null], [{ keys: {} }], [crowd]])('%j is none', (document) => {
    expect(read(document)).toBeUndefined()
  })

  it('is none when it is too large or not JSON', () => {
    expect(read({ keys: [], filler: 'x'.repeat(65_536) })).toBeUndefined()
    expect(findKeySet(Buffer.from('<html>'))).toBeUndefined()
  })
})

const downAnswer: HttpResponse = { status: 503, headers: {}, body: new Uint8Array() }
