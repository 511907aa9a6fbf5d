import { describe, expect, it } from 'vitest'
import { buildReportReader } from './read-report.ts'

const read = (push: object, { byPush = false, nonce = 'n-1' } = {}) => {
  const body = new TextEncoder().encode(JSON.stringify(push))
  const request = { method: 'POST', path: '/', headers: { nonce }, body }
  const [report] = buildReportReader('topic', { byPush })({ ...push }, request)
  if (!report) throw new Error('no report')
  return report
}

describe('buildReportReader', () => {
  it('keeps every leaf under the path of its names', () => {
    const push = { messageId: ['a', 'b'], spamType: 2, menu: { on: true, none: null, empty: {} } }
    expect(read(push)).toMatchObject({
      kind: 'report',
      topic: 'topic',
      data: { 'messageId.0': 'a', 'messageId.1': 'b', spamType: 2, 'menu.on': true, 'menu.none': null },
    })
  })

  it('knows a repetition by its body, even under a fresh nonce', () => {
    expect(read({ a: 1 }).key).toBe(read({ a: 1 }, { nonce: 'n-2' }).key)
    expect(read({ a: 1 }).key).not.toBe(read({ a: 2 }).key)
  })

  it('tells equal bodies apart by push where they can mean two events', () => {
    const key = (nonce: string) => read({ a: 1 }, { byPush: true, nonce }).key
    expect(key('n-1')).toBe(key('n-1'))
    expect(key('n-1')).not.toBe(key('n-2'))
  })
})
