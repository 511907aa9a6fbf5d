import { assertRefused, assertStatus, assertThat, listAt, memberAt, textAt } from '../assert.ts'
import type { ConformanceCase, Kit } from '../case.ts'
import type { Reply } from '../courier.ts'
import { skip } from '../mismatch.ts'

/** The id of a payment of three minor units; skipped where the bank does not offer to give back. */
async function getRefundable({ courier, customer }: Kit): Promise<string> {
  const { first } = await customer.paid()
  const id = textAt(first.body, 'id')
  await customer.settled(id)
  const listed = await courier.get(`/v1/payments/${id}/refunds`)
  if (listed.status === 404) skip('the bank does not offer refunds by this interface')
  assertStatus(listed, 200)
  return id
}

function refund({ courier }: Kit, payment: string, value: string): Promise<Reply> {
  const body = { clientRef: courier.newKey(), amount: { value, currency: 'CNY' } }
  return courier.post(`/v1/payments/${payment}/refunds`, body)
}

export const refundCases: readonly ConformanceCase[] = [
  {
    id: 'refunds.partial',
    title: 'A part of a payment is given back',
    rule: 'POST /v1/payments/{id}/refunds takes any part of what is left',
    remedy: 'Keep what was refunded beside the amount, and compare with what is left',
    run: async (kit) => {
      const reply = await refund(kit, await getRefundable(kit), '1')
      assertStatus(reply, 201, 202)
      assertThat(memberAt(reply.body, 'amount', 'value') === '1', 'one minor unit given back', 'another amount')
    },
  },
  {
    id: 'refunds.by-reference',
    title: 'A refund is found by our own reference, and ends',
    rule: 'GET /v1/refunds?clientRef= gives the one refund: processing, then succeeded or failed',
    remedy: 'Keep our reference with the refund, unique for the client',
    run: async (kit) => {
      const payment = await getRefundable(kit)
      const [first] = listAt((await kit.courier.get(`/v1/payments/${payment}/refunds`)).body, 'items')
      const path = `/v1/refunds?clientRef=${textAt(first, 'clientRef')}`
      const state = await kit.customer.until(async () => {
        const found = await kit.courier.get(path)
        assertStatus(found, 200)
        const present = textAt(memberAt(found.body, 'items', 0) ?? found.body, 'state')
        return present === 'processing' ? undefined : present
      }, 'a refund that ends')
      assertThat(state === 'succeeded', 'state succeeded', `state ${state}`)
    },
  },
  {
    id: 'refunds.too-much',
    title: 'More than is left is not given back',
    rule: '4xx with outcome none; parts together never exceed the payment',
    remedy: 'Hold what is left in one conditional update',
    run: async (kit) => assertRefused(await refund(kit, await getRefundable(kit), '3')),
  },
  {
    id: 'refunds.rest',
    title: 'The rest is given back, and then nothing',
    rule: 'What was given back in full takes no further refund',
    remedy: 'Refuse a refund of a payment that has nothing left',
    run: async (kit) => {
      const id = await getRefundable(kit)
      assertStatus(await refund(kit, id, '2'), 201, 202)
      assertRefused(await refund(kit, id, '1'))
    },
  },
]
