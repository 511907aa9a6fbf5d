import { describe, expect, it } from 'vitest'
import { money } from '@inthread/sdk/money'
import { paymentRequest, wirePayment } from '../../test/purchase.ts'
import { problem } from '../../test/signing-bank.ts'
import { openWorld } from '../../test/world.ts'

const unknown = (code: string): object => ({ kind: 'unknown', code })

/** What the connection makes of a payment, when it is sent and when it is asked for in both forms. */
async function readPayment(json: unknown, status = 200): Promise<unknown> {
  const { bank, connection } = openWorld()
  bank.say = () => ({ status, json })
  const submitted = await connection.submit(paymentRequest)
  expect(await connection.query('ord_1')).toEqual(submitted)
  bank.say = () => ({ status, json: { items: [json] } })
  expect(await connection.query('ord_1')).toEqual(submitted)
  return submitted
}

describe('the state of a payment decides', () => {
  it.each([200, 201, 202])('succeeded is done under status %i', async (status) => {
    expect(await readPayment(wirePayment, status)).toEqual({
      kind: 'done',
      value: {
        bankRef: 'pay_1',
        clientRef: 'ord_1',
        state: 'succeeded',
        version: 2,
        amount: money('553.50', 'CNY'),
        payeeId: 'mch_1',
        fee: money('3.32', 'CNY'),
        failure: undefined,
      },
    })
  })

  it.each(['processing', 'requires_action', 'in_the_stars'])('%s is pending, whatever the status', async (state) => {
    expect(await readPayment({ ...wirePayment, state }, 201)).toMatchObject({
      kind: 'pending',
      value: { state: 'processing' },
    })
  })

  it.each([
    [{ code: 'insufficient_funds', class: 'insufficient_funds' }, 'insufficient_funds', 'insufficient_funds'],
    [{ code: 'insufficient_funds' }, 'insufficient_funds', 'insufficient_funds'],
    [{ code: 'credit_declined', class: 'declined' }, 'credit_declined', 'declined'],
    [{ code: 'core_closed', class: 'try_later' }, 'core_closed', 'try_later'],
    [{ code: 'constructor', class: 'toString' }, 'constructor', 'declined'],
    [{ code: 'The card of Mr. Wang', class: 'insufficient_funds' }, 'failed', 'insufficient_funds'],
    [{}, 'failed', 'declined'],
    [null, 'failed', 'declined'],
    [undefined, 'failed', 'declined'],
  ])('failed with %j is refused', async (failure, code, reason) => {
    const failed = { ...wirePayment, state: 'failed', failure }
    expect(await readPayment(failed, 202)).toEqual({ kind: 'refused', code, reason })
  })

  it('shows the amount that the bank names, for the keeper of the order to compare', async () => {
    const amount = { value: '55351', currency: 'USD' }
    expect(await readPayment({ ...wirePayment, amount })).toMatchObject({
      kind: 'done',
      value: { amount: money('553.51', 'USD') },
    })
  })

  it('takes a payment without a fee, and members nobody has heard of', async () => {
    const { fee: _fee, ...free } = wirePayment
    expect(await readPayment({ ...free, mood: 'sunny' })).toMatchObject({ kind: 'done', value: { fee: undefined } })
  })
})

describe('a payment that is not what was documented', () => {
  const { amount } = wirePayment
  it.each([
    ['no id', { id: undefined }],
    ['an empty id', { id: '' }],
    ['no reference', { clientRef: undefined }],
    ['no state', { state: undefined }],
    ['a state that is no text', { state: true }],
    ['no version', { version: undefined }],
    ['a version in text', { version: '2' }],
    ['a broken version', { version: 1.5 }],
    ['no amount', { amount: undefined }],
    ['an amount as a number', { amount: { ...amount, value: 55350 } }],
    ['an amount with a point', { amount: { ...amount, value: '553.50' } }],
    ['a negative amount', { amount: { ...amount, value: '-55350' } }],
    ['an amount with a leading zero', { amount: { ...amount, value: '055350' } }],
    ['an amount of 19 digits', { amount: { ...amount, value: '1'.repeat(19) } }],
    ['no currency', { amount: { value: '55350' } }],
    ['a currency in small letters', { amount: { ...amount, currency: 'cny' } }],
    ['no payee', { payee: undefined }],
    ['a fee that is none', { fee: '3.32' }],
  ])('is unknown: %s', async (_what, change) => {
    expect(await readPayment({ ...wirePayment, ...change })).toEqual(unknown('answer_malformed'))
  })

  it('is unknown when it is the payment of another order, even a failed one', async () => {
    const other = { ...wirePayment, clientRef: 'ord_2' }
    expect(await readPayment(other)).toEqual(unknown('answer_of_another_request'))
    expect(await readPayment({ ...other, state: 'failed' })).toEqual(unknown('answer_of_another_request'))
  })
})

describe('a search by our reference', () => {
  it('finds nothing by 404 not_found or by an empty list', async () => {
    const { bank, connection } = openWorld()
    bank.say = () => problem(404, 'not_found', { outcome: 'unknown', retry: 'same-key' })
    expect(await connection.query('ord_1')).toEqual({ kind: 'not_found' })
    bank.say = () => ({ status: 200, json: { items: [] } })
    expect(await connection.query('ord_1')).toEqual({ kind: 'not_found' })
  })

  it.each([
    ['another 404', () => problem(404, 'no_such_route')],
    ['not_found under another status', () => problem(410, 'not_found')],
    ['a refusal of the search itself', () => problem(429, 'rate_limited', { retry: 'after' })],
    ['another refusal of the search', () => problem(403, 'tenant_not_allowed')],
  ])('says nothing of the payment by %s', async (_what, say) => {
    const { bank, connection } = openWorld()
    bank.say = say
    expect(await connection.query('ord_1')).toMatchObject({ kind: 'unknown' })
  })

  it('does not choose between two payments', async () => {
    const { bank, connection } = openWorld()
    bank.say = () => ({ status: 200, json: { items: [wirePayment, wirePayment] } })
    expect(await connection.query('ord_1')).toEqual(unknown('answer_malformed'))
  })
})

describe('a key', () => {
  const long = 'x'.repeat(30)
  it.each(['short', 'x'.repeat(65), `${long}\n`, `${long}é`])('that no bank takes is our own mistake', async (key) => {
    const { connection, sent } = openWorld()
    await expect(connection.submit({ ...paymentRequest, key })).rejects.toThrow(/20 to 64 printable ASCII/)
    expect(sent).toEqual([])
  })

  it('travels as a structured field, quotes and all', async () => {
    const { bank, connection } = openWorld()
    await connection.submit({ ...paymentRequest, key: String.raw`a "quoted" key with \ in` })
    expect(bank.received[0]?.headers['idempotency-key']).toBe(String.raw`"a \"quoted\" key with \\ in"`)
  })
})
