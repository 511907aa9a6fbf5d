import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openApi } from '../open-api.ts'
import { openWorld, testPublic, testSeed } from '../../test/world.ts'

const written = { baseUrl: 'https://bank.example/api', clientId: 'northern-rail.main', signingKey: testSeed }

describe('the settings', () => {
  it('need three things and know the rest', () => {
    expect(openApi.settings.parse(written)).toEqual({
      ...written,
      messageSignature: 'rfc9421',
      notFoundIsFinalAfterMs: 60_000,
    })
    expect(openApi.secrets).toEqual(['signingKey', 'webhookSecret', 'clientCertificateKey'])
    expect(openApi.id).toBe('open-api')
  })

  it.each([
    ['baseUrl', { baseUrl: 'bank.example' }],
    ['baseUrl', { baseUrl: 'ftp://bank.example' }],
    ['baseUrl', { baseUrl: 'https://user:word@bank.example' }],
    ['baseUrl', { baseUrl: 'https://bank.example/?a=1' }],
    ['baseUrl', { baseUrl: 'https://bank.example/#' }],
    ['clientId', { clientId: '' }],
    ['clientId', { clientId: 'a "quoted" name' }],
    ['signingKey', { signingKey: 'AAAA' }],
    ['jwksUrl', { jwksUrl: '/jwks.json' }],
    ['notFoundIsFinalAfterMs', { notFoundIsFinalAfterMs: -1 }],
    ['', { tokenAddress: 'https://bank.example/token' }],
  ])('name the place that is wrong: %s of %j', (place, change) => {
    const { error } = openApi.settings.safeParse({ ...written, ...change })
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([place])
  })

  it('can be shown as JSON Schema', () => {
    const schema = z.toJSONSchema(openApi.settings, { io: 'input' })
    expect(schema).toMatchObject({ required: ['baseUrl', 'clientId', 'signingKey'], additionalProperties: false })
  })

  it('ask the bank for its keys where they say', async () => {
    const there = openWorld({ settings: { jwksUrl: 'https://keys.example/.well-known/jwks.json' } })
    await there.connection.profile()
    expect(there.sent[1]?.url).toBe('https://keys.example/.well-known/jwks.json')
    const beside = openWorld({ baseUrl: 'HTTPS://Bank.Example:443/api/' })
    await beside.connection.profile()
    expect(beside.sent.map(({ url }) => url)).toEqual([
      'https://bank.example/api/v1/capabilities',
      'https://bank.example/api/.well-known/jwks.json',
    ])
  })

  it('give the public half of the key to be published', () => {
    const { connection } = openWorld()
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: testPublic, kid: 'northern-rail', use: 'sig', alg: 'EdDSA' }
    expect(connection.publicKey).toEqual(jwk)
    expect(connection.notFoundIsFinalAfterMs).toBe(60_000)
  })
})
