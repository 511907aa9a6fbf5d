import { describe, expect, it } from 'vitest'
import { Malformed } from './read-field.ts'
import { readDeliveries } from './read-deliveries.ts'

const read = (...deliveryInfoList: readonly object[]) => readDeliveries({ deliveryInfoList })

describe('readDeliveries', () => {
  it('knows the seven words of the specification', () => {
    const words = ['sent', 'delivered', 'displayed', 'deliveredToNetwork', 'failed', 'revokeOk', 'revokeFail']
    const items = read(...words.map((status) => ({ messageId: 'm', status })))
    expect(items.map(({ state }) => state)).toEqual([
      'sent',
      'delivered',
      'displayed',
      'fallback_sent',
      'failed',
      'revoked',
      'revoke_failed',
    ])
  })

  it('names an entry by message, status and error code, so that a repetition is known again', () => {
    const items = read(
      { messageId: 'm', status: 'failed', errorCode: 2 },
      { messageId: 'm', status: 'failed', errorCode: '2' },
      { messageId: 'm', status: 'failed', errorCode: 4 },
      { messageId: 'm', status: 'delivered', errorCode: null },
      { messageId: 'n', status: 'delivered' },
    )
    expect(items.map(({ key }) => key)).toEqual(['m#failed#2', 'm#failed#4', 'm#delivered', 'n#delivered'])
  })

  it('says why in our words, and never in those of the operator', () => {
    const reasons = read(
      { messageId: 'a', status: 'failed', errorCode: '1', errorMessage: 'SECRET' },
      { messageId: 'b', status: 'failed', errorCode: 81234, errorMessage: 'SECRET' },
      { messageId: 'c', status: 'failed' },
      { messageId: 'd', status: 'delivered', errorCode: 0 },
    ).map(({ reason }) => reason)
    expect(reasons).toEqual(['no_terminal', 'operator.81234', 'operator.no_code', undefined])
  })

  it('passes over a status it does not know and keeps the others', () => {
    const items = read({ messageId: 'a', status: 'teleported' }, { messageId: 'b', status: 'Displayed' })
    expect(items.map(({ state }) => state)).toEqual(['displayed'])
    expect(read({ messageId: 'a', status: 'teleported' })).toEqual([])
  })

  it('takes one entry without its list', () => {
    expect(readDeliveries({ deliveryInfoList: { messageId: 'a', status: 'sent' } })).toHaveLength(1)
  })

  it.each([
    [{}, '/deliveryInfoList must be a list with at least one entry'],
    [{ deliveryInfoList: [7] }, '/deliveryInfoList/0 must be an object'],
    [{ deliveryInfoList: [{ status: 'sent' }] }, '/deliveryInfoList/0/messageId is missing'],
    [{ deliveryInfoList: [{ messageId: 'a' }] }, '/deliveryInfoList/0/status must be text'],
  ])('finds %j malformed', (push, problem) => {
    expect(() => readDeliveries(push)).toThrow(expect.objectContaining({ problem }))
    expect(() => readDeliveries(push)).toThrow(Malformed)
  })
})
