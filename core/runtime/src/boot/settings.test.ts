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
