import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sampleSettings } from '../sample-settings.ts'
import { buildSignature, verifyPush } from './verify-push.ts'

const timestamp = '1774488600'
const nonce = '2b0c6f0e-7a3b-4a6d-9c52-0c9f3f6a1d11'
const signature = 'c3df6c223de2910498dac5c55130556432052a7345a11f6cf22261fc89fa3177'
const headers = { signature, timestamp, nonce }
const atSec = (sec: number): number => sec * 1_000_000
const now = atSec(1_774_488_600)

const body = new Uint8Array()
const request = (given: Record<string, string>) => ({ method: 'POST', path: '/x', headers: given, body })
const verdict = (given: Record<string, string>, at = now) => verifyPush(request(given), sampleSettings, at).kind
const signed = (parts: { timestamp: string; nonce: string }) => ({
  ...parts,
  signature: buildSignature('sha256', { token: sampleSettings.callbackToken, ...parts }),
})

describe('buildSignature', () => {
  it('gives the known answer', () => {
    expect(buildSignature('sha256', { token: 'demoCallbackTok1', timestamp, nonce })).toBe(signature)
  })

  it('sorts by characters, not as numbers: a token may stand before, between or behind', () => {
    // The text that each order joins, computed elsewhere: printf '%s' '0a1774488600f0' | sha256sum, and so on.
    const of = (token: string) => buildSignature('sha256', { token, timestamp, nonce: 'f0' })
    expect(of('0a')).toBe('50563ae66d977d6cb176fc23f53b1332f5c50d3f355137c9044acb37e03e9f50')
    expect(of('b1')).toBe('0512e0516e593f7e3c003d10e9519b38d5cf6987b8d991d9725e7a493c4f69d0')
    expect(of('z9')).toBe('c900876b0c773662a986a218a3d7b3a069a3a882fecf0f776f71f46931a55cf9')
  })

  it('takes the token as key over the same text for hmac-sha256', () => {
    const parts = { token: 'demoCallbackTok1', timestamp, nonce }
    const known = '0edb77441c11bd668bc6e7d2d10778606bbf80a6afcc1670290f8c60321bc00e'
    expect(buildSignature('hmac-sha256', parts)).toBe(known)
  })
})

describe('verifyPush', () => {
  it('finds a signed push genuine, and its nonce names it', () => {
    expect(verifyPush(request(headers), sampleSettings, now)).toEqual({ kind: 'genuine', replayKey: nonce })
  })

  it('reads header names in any case', () => {
    expect(verdict({ Signature: signature, TIMESTAMP: timestamp, Nonce: nonce })).toBe('genuine')
  })

  it('refuses another token, nonce or timestamp', () => {
    const other = { ...sampleSettings, callbackToken: 'demoCallbackTok2' }
    expect(verifyPush(request(headers), other, now).kind).toBe('forged')
    expect(verdict({ ...headers, nonce: nonce.replace('2b', '2c') })).toBe('forged')
    expect(verdict({ ...headers, timestamp: '1774488601' })).toBe('forged')
  })

  it('refuses the other algorithm', () => {
    const other = { ...sampleSettings, callbackAlgorithm: 'hmac-sha256' as const }
    expect(verifyPush(request(headers), other, now).kind).toBe('forged')
  })

  it('takes lower-case hex only, as specified', () => {
    expect(verdict({ ...headers, signature: signature.toUpperCase() })).toBe('forged')
    expect(verdict({ ...headers, signature: `${signature}00` })).toBe('forged')
  })

  it.each(['signature', 'timestamp', 'nonce'])('finds a push without %s forged', (name) => {
    expect(verdict(Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)))).toBe('forged')
    expect(verdict({ ...headers, [name]: '' })).toBe('forged')
  })

  it('allows the window on both sides, to the second', () => {
    expect(verdict(headers, atSec(1_774_488_600 + 300))).toBe('genuine')
    expect(verdict(headers, atSec(1_774_488_600 - 300))).toBe('genuine')
    expect(verdict(headers, atSec(1_774_488_600 + 301))).toBe('stale')
    expect(verdict(headers, atSec(1_774_488_600 - 301))).toBe('stale')
  })

  it('takes the window from the account', () => {
    const strict = { ...sampleSettings, timestampWindowSec: 5 }
    expect(verifyPush(request(headers), strict, atSec(1_774_488_606)).kind).toBe('stale')
  })

  it('calls an old forgery forged, so that nobody learns a valid signature from the difference', () => {
    expect(verdict({ ...headers, signature: '0'.repeat(64) }, atSec(1_774_500_000))).toBe('forged')
  })

  it('takes one spelling of a moment only: characters cannot wander between nonce and timestamp', () => {
    const original = signed({ timestamp, nonce: '00' })
    const moved = { ...original, timestamp: `0${timestamp}`, nonce: '0' }
    const joined = (parts: { timestamp: string; nonce: string }) =>
      [sampleSettings.callbackToken, parts.timestamp, parts.nonce].toSorted().join('')
    expect(joined(moved)).toBe(joined(original))
    expect(verdict(original)).toBe('genuine')
    expect(verdict(moved)).toBe('forged')
  })

  it('accepts whatever is signed with the token, and nothing else', () => {
    const nonces = fc.string({ unit: fc.constantFrom(...'0123456789abcdefXYZ-_.'), minLength: 1, maxLength: 64 })
    fc.assert(
      fc.property(nonces, fc.integer({ min: -300, max: 300 }), (someNonce, offset) => {
        const given = signed({ timestamp: String(1_774_488_600 + offset), nonce: someNonce })
        expect(verdict(given)).toBe('genuine')
        expect(verdict({ ...given, nonce: `${someNonce}!` })).toBe('forged')
      }),
    )
  })

  it('never throws, and never believes arbitrary headers', () => {
    const names = fc.constantFrom('signature', 'timestamp', 'nonce', 'Signature', '__proto__', 'echoStr')
    fc.assert(
      fc.property(fc.dictionary(names, fc.string({ unit: 'binary' })), (given) => {
        expect(verdict(given)).toBe('forged')
      }),
    )
  })
})
