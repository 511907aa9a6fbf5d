import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyring } from '../../../../test/kit/ground.ts'
import { getTestSeed } from '../../../../test/kit/chance/seed.ts'
import { findToken, writeToken, type Token, type TokenRealm } from './token.ts'

const keyring = createKeyring()
const realm: TokenRealm = { tenantId: 'rail', conversationId: '019cbb4b-4c00-8e16-960a-75a7307e0b5b', botId: 'bot' }
const reply: Token = {
  kind: 'reply',
  run: '019cbb4b-4c00-8e16-960a-75a7307e0b5c',
  visit: 12,
  option: 3,
  expiresAt: 1_772_703_300_000_000,
}
const wayIn: Token = { kind: 'intent', plugin: 'travel', intent: 'search' }
const word: Token = { kind: 'word', word: 'help' }
const elsewhere: readonly [string, TokenRealm][] = [
  ['another tenant', { ...realm, tenantId: 'school' }],
  ['another conversation', { ...realm, conversationId: '019cbb4b-4c00-8e16-960a-75a7307e0b5d' }],
  ['another bot', { ...realm, botId: 'other' }],
]

describe('a token', () => {
  it.each([reply, wayIn, word])('comes back as it was: %j', (token) => {
    const postback = writeToken(keyring, realm, token)
    expect(findToken(keyring, realm, postback)).toEqual(token)
    expect(postback.length).toBeLessThan(128)
  })

  it.each(elsewhere)('of a reply is nothing in %s, but for the bot, whose conversation it is', (name, other) => {
    const postback = writeToken(keyring, realm, reply)
    expect(findToken(keyring, other, postback)).toEqual(name === 'another bot' ? reply : undefined)
  })

  it.each(elsewhere)('of a way in is nothing in %s, but for the conversations, which all have it', (name, other) => {
    const postback = writeToken(keyring, realm, wayIn)
    expect(findToken(keyring, other, postback)).toEqual(name === 'another conversation' ? wayIn : undefined)
  })

  it('of another installation is nothing here', () => {
    expect(findToken(keyring, realm, writeToken(createKeyring(2), realm, reply))).toBeUndefined()
  })

  it('is nothing with any of its characters changed, added or left out', () => {
    const postback = writeToken(keyring, realm, reply)
    const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_~. =\u0000'
    const changed = [...postback].flatMap((_, at) => {
      const [head, tail] = [postback.slice(0, at), postback.slice(at + 1)]
      return [...[...alphabet].map((character) => head + character + tail), head + tail]
    })
    const longer = [...alphabet].flatMap((character) => [character + postback, postback + character])
    const others = [...changed, ...longer].filter((candidate) => candidate !== postback)
    expect(others.length).toBeGreaterThan(5000)
    expect(others.filter((candidate) => findToken(keyring, realm, candidate) !== undefined)).toEqual([])
  })

  it('says until when it counts, which nobody can change', () => {
    const postback = writeToken(keyring, realm, reply)
    const later = postback.replace('1772703300000000', '1972703300000000')
    expect(later).not.toBe(postback)
    expect(findToken(keyring, realm, later)).toBeUndefined()
  })

  it.each([
    '',
    '.',
    '~',
    'r~a~1~2~3',
    'r~a~1~2~3.',
    `r~a~1~2~3.${'A'.repeat(22)}`,
    'w~help.',
    'x~y.AAAA',
    'r~~~~.AAAA',
  ])('is not %j, which anybody could have written', (postback) => {
    expect(findToken(keyring, realm, postback)).toBeUndefined()
  })

  it('is not what somebody types, however long', () => {
    const texts = fc.oneof(fc.string({ maxLength: 50 }), fc.constant(`r~${'9'.repeat(5000)}.x`), fc.base64String())
    fc.assert(
      fc.property(texts, (text) => {
        expect(findToken(keyring, realm, text)).toBeUndefined()
      }),
      { seed: getTestSeed(), numRuns: 300 },
    )
  })

  it('of one kind is not one of another, with the same fields', () => {
    const [fields = '', mac = ''] = writeToken(keyring, { ...realm, botId: realm.conversationId }, word).split('.')
    expect(findToken(keyring, realm, `${fields.replace('w~', 'i~')}.${mac}`)).toBeUndefined()
  })
})
