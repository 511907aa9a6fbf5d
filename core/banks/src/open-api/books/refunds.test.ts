import { describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { problem } from '../../../test/signing-bank.ts'
import { openWorld } from '../../../test/world.ts'

const request = {
  key: 'key-of-the-refund-0001',
  clientRef: 'ref_1',
  payment: 'pay_1',
  amount: money('50.00', 'CNY'),
  reason: 'one seat',
}
const wire = {
  id: 'rfd_1',
  clientRef: 'ref_1',
  payment: 'pay_1',
  state: 'succeeded',
  version: 2,
  amount: { value: '5000', currency: 'CNY' },
}
const view = { bankRef: 'rfd_1', clientRef: 'ref_1', version: 2, amount: money('50.00', 'CNY'), fee: undefined }

describe('a refund', () => {
  it('is sent to its payment, under its own key', async () => {
    const { bank, connection, sent } = openWorld()
    bank.say = () => ({ status: 202, json: { ...wire, state: 'processing' } })
    expect(await connection.refund(request)).toEqual({ kind: 'pending', value: { ...view, state: 'processing' } })
    expect(sent[0]?.url).toBe('https://bank.example/v1/payments/pay_1/refunds')
    expect(JSON.parse(bank.received.at(-1)?.body.toString() ?? '')).toEqual({
      clientRef: 'ref_1',
      amount: { value: '5000', currency: 'CNY' },
      reason: 'one seat',
    })
  })

  it('is what the bank says it is, whether it is sent or found', async () => {
    const { bank, connection } = openWorld()
    const found = async (json: object): Promise<unknown> => {
      bank.say = () => ({ status: 200, json })
      const sent = await connection.refund(request)
      bank.say = () => ({ status: 200, json: { items: [json] } })
      expect(await connection.findRefund('ref_1')).toEqual(sent)
      return sent
    }
    expect(await found(wire)).toEqual({ kind: 'done', value: { ...view, state: 'succeeded' } })
    expect(await found({ ...wire, state: 'in_the_stars' })).toMatchObject({ kind: 'pending' })
    expect(await found({ ...wire, state: 'failed', failure: { code: 'account_frozen' } })).toMatchObject({
      kind: 'refused',
      code: 'account_frozen',
    })
    expect(await found({ ...wire, clientRef: 'ref_2' })).toMatchObject({ kind: 'unknown' })
    expect(await found({ ...wire, amount: 50 })).toEqual({ kind: 'unknown', code: 'answer_malformed' })
  })

  it('is not found by 404 or an empty list, and never refused by a search', async () => {
    const { bank, connection } = openWorld()
    bank.say = () => problem(404, 'not_found')
    expect(await connection.findRefund('ref_1')).toEqual({ kind: 'not_found' })
    bank.say = () => ({ status: 200, json: { items: [] } })
    expect(await connection.findRefund('ref_1')).toEqual({ kind: 'not_found' })
    bank.say = () => problem(403, 'tenant_not_allowed')
    expect(await connection.findRefund('ref_1')).toMatchObject({ kind: 'unknown' })
  })

  it('that was refused did not happen; one whose key met another body is open', async () => {
    const { bank, connection } = openWorld()
    bank.say = () => problem(422, 'above_max')
    expect(await connection.refund(request)).toEqual({ kind: 'refused', code: 'above_max', reason: 'declined' })
    bank.say = () => problem(422, 'key_reused')
    expect(await connection.refund(request)).toMatchObject({ kind: 'unknown' })
  })
})

describe('a number', () => {
  it.each([
    ['same', 'same'],
    ['reassigned', 'reassigned'],
    ['unknown', 'unknown'],
    ['perhaps', 'unknown'],
  ])('of which the bank says %s is %s', async (said, result) => {
    const { bank, connection } = openWorld()
    bank.say = () => ({ status: 200, json: { result: said } })
    const asked = { key: 'key-of-the-number-0001', phone: '+8613800000005', since: 1_772_676_000_000_000 }
    expect(await connection.numberCheck(asked)).toEqual({ kind: 'done', value: { result } })
    expect(JSON.parse(bank.received.at(-1)?.body.toString() ?? '')).toEqual({
      phone: '+8613800000005',
      since: '2026-03-05T02:00:00.000Z',
    })
  })
})
