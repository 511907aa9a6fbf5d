import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'

const read = (environment: Record<string, string>): ReturnType<typeof readSettings> => readSettings(environment, false)

describe('names that stand for ports of this machine', () => {
  it('are taken in a sandbox', () => {
    const { egressLoopback } = read({
      INTHREAD_SANDBOX: 'on',
      INTHREAD_EGRESS_LOOPBACK: 'shop.example.com=9000,api.example.com=9001',
    })
    expect([...egressLoopback]).toEqual([
      ['shop.example.com', 9000],
      ['api.example.com', 9001],
    ])
    expect(read({}).egressLoopback.size).toBe(0)
  })

  it('stop the platform outside of one', () => {
    const outside = { INTHREAD_EGRESS_LOOPBACK: 'shop.example.com=9000' }
    expect(() => read(outside)).toThrow('is taken only in a sandbox')
    expect(() => read({ ...outside, INTHREAD_SANDBOX: 'off' })).toThrow('is taken only in a sandbox')
  })

  it.each(['9000', 'shop.example.com', 'shop.example.com=', 'a=1,,b=2', 'shop.example.com=10.0.0.1'])(
    'are not written %j',
    (text) => {
      expect(() => read({ INTHREAD_SANDBOX: 'on', INTHREAD_EGRESS_LOOPBACK: text })).toThrow('INTHREAD_EGRESS_LOOPBACK')
    },
  )
})

describe('the bank’s identity provider', () => {
  it('is set up whole, or not at all', () => {
    const whole = {
      INTHREAD_OIDC_ISSUER: 'https://login.bank.example/',
      INTHREAD_OIDC_CLIENT_ID: 'inthread',
      INTHREAD_OIDC_CLIENT_SECRET: 'a secret',
    }
    expect(read(whole).oidc).toEqual({
      name: 'OpenID Connect',
      issuer: 'https://login.bank.example',
      clientId: 'inthread',
      clientSecret: 'a secret',
    })
    expect(read({}).oidc).toBeUndefined()
    for (const name of Object.keys(whole))
      expect(() => read({ ...whole, [name]: '' })).toThrow('INTHREAD_OIDC_ISSUER: needs')
  })
})

describe('proxies that are believed', () => {
  it('are addresses and networks', () => {
    expect(read({ INTHREAD_TRUSTED_PROXIES: '10.0.0.0/8,127.0.0.1,::1' }).trustedProxies).toHaveLength(3)
    expect(read({}).trustedProxies).toEqual([])
    expect(() => read({ INTHREAD_TRUSTED_PROXIES: 'proxy.example' })).toThrow('INTHREAD_TRUSTED_PROXIES')
  })
})
