import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeAnswer } from './judge-answer.ts'

const judge = (body: unknown, status = 200, codeOptional = false) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return judgeAnswer({ status, headers: {}, body: new TextEncoder().encode(text) }, { codeOptional })
}
const kindOf = (errorCode: unknown, status = 200) => judge({ errorCode }, status).kind

describe('judgeAnswer: codes', () => {
  it('reads the code as text and as number', () => {
    expect([kindOf('0'), kindOf(0), kindOf('00000')]).toEqual(['done', 'done', 'done'])
    expect([kindOf('40014'), kindOf(40014)]).toEqual(['token_refused', 'token_refused'])
    expect([kindOf('-1'), kindOf(-1)]).toEqual(['retry', 'retry'])
  })

  it.each([-1, -2, 30001, 30003, 45001])('waits at %i', (code) => expect(kindOf(code)).toBe('retry'))

  it.each([40014, 41001, 42001])('wants a fresh token at %i', (code) => expect(kindOf(code)).toBe('token_refused'))

  it.each([
    20002, 20003, 20999, 30002, 30004, 30006, 30008, 40001, 40005, 40006, 40007, 40008, 40016, 40020, 40021, 40022,
    40099, 41002, 41004, 43001, 45010, 46001, 47001, 48001, 70001, 81000, 83996, 87000, 89999,
  ])('gives up at %i', (code) => expect(kindOf(code)).toBe('rejected'))

  it('waits longer for a daily quota than for a second', () => {
    const [day, second] = [judge({ errorCode: 30001 }), judge({ errorCode: 30003 })]
    expect(day).toMatchObject({ afterMs: 3_600_000 })
    expect(second).toMatchObject({ afterMs: 1000 })
  })

  it('asks again at codes that nobody documents, because giving up could lose the message', () => {
    expect(judge({ errorCode: 99123 })).toEqual({
      kind: 'retry',
      afterMs: 60_000,
      reason: 'operator.99123: not a documented code',
    })
  })

  it('says the code and never the words of the operator', () => {
    expect(judge({ errorCode: '40008', errorMessage: 'SECRET' })).toEqual({
      kind: 'rejected',
      reason: 'operator.40008: the content breaks the message rules',
    })
  })
})

describe('judgeAnswer: statuses', () => {
  it('believes the code before the status', () => {
    expect([kindOf(40008, 500), kindOf(40008, 400)]).toEqual(['rejected', 'rejected'])
    expect(kindOf(40014, 401)).toBe('token_refused')
  })

  it('asks again where the two contradict each other', () => {
    expect([kindOf(0, 500), kindOf(0, 404)]).toEqual(['retry', 'retry'])
  })

  it('asks again at 5xx and where it was asked to wait', () => {
    expect([500, 502, 503, 408, 429].map((status) => judge('<html>', status).kind)).toEqual(Array(5).fill('retry'))
    expect([301, 400, 401, 403, 404].map((status) => judge('<html>', status))).toEqual(
      [301, 400, 401, 403, 404].map((status) => ({ kind: 'rejected', reason: `http.${status}` })),
    )
  })

  it.each([
    '',
    '<html>',
    '{"errorCode":',
    '[]',
    '"0"',
    'null',
    '{}',
    '{"errorCode":null}',
    '{"errorCode":"ok"}',
    '{"errorCode":0.5}',
  ])('asks again at 200 with %j', (body) => expect(judge(body).kind).toBe('retry'))

  it('needs no code where the call says so, but still an object', () => {
    expect(judge({ serviceName: 'x' }, 200, true)).toEqual({ kind: 'done', body: { serviceName: 'x' } })
    expect(judge('[]', 200, true).kind).toBe('retry')
    expect(judge({ errorCode: 48001 }, 200, true).kind).toBe('rejected')
  })

  it('never throws, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.integer({ min: 100, max: 599 }), (body, status) => {
        expect(['retry', 'rejected']).toContain(
          judgeAnswer({ status, headers: {}, body }, { codeOptional: false }).kind,
        )
      }),
    )
  })
})
