import { assertProblem, assertStatus, assertThat, describeReply, memberAt, numberAt, textAt } from '../assert.ts'
import type { ConformanceCase } from '../case.ts'
import { skip } from '../mismatch.ts'

const asked = { method: 'POST', path: '/v1/payments' } as const

/** What happens to money: a few minor units each. */
export const payingCases: readonly ConformanceCase[] = [
  {
    id: 'payments.taken',
    title: 'A confirmed payment is taken, and not called paid too early',
    rule: '202 with state processing, or 201 when it is final at once; id, clientRef, tenant, version, amount and ETag',
    remedy: 'Answer with the resource, and let only its state say that money moved',
    run: async ({ customer, clientId }) => {
      const { first, verified } = await customer.paid()
      assertStatus(first, 202, 201)
      const { body } = first
      const states = first.status === 202 ? ['processing', 'succeeded'] : ['succeeded']
      assertThat(states.includes(textAt(body, 'state')), states.join(' or '), textAt(body, 'state'))
      assertThat(body['clientRef'] === verified.clientRef, 'our own reference', 'another one')
      assertThat(body['tenant'] === clientId, 'the client id as tenant', 'another one')
      const amount = JSON.stringify({
        value: memberAt(body, 'amount', 'value'),
        currency: memberAt(body, 'amount', 'currency'),
      })
      assertThat(amount === '{"value":"3","currency":"CNY"}', 'the amount that was confirmed', 'another one')
      const version = numberAt(body, 'version')
      assertThat((first.headers['etag'] ?? '').includes(String(version)), 'an ETag with the version', 'none')
    },
  },
  {
    id: 'payments.ends',
    title: 'A payment ends, and its version grows',
    rule: 'processing → succeeded or failed; every change grows the version',
    remedy: 'Count the version up in the transaction that changes the state',
    run: async ({ customer }) => {
      const { first } = await customer.paid()
      const ended = await customer.settled(textAt(first.body, 'id'))
      assertThat(ended.body['state'] === 'succeeded', 'state succeeded', `state ${String(ended.body['state'])}`)
      const [before, after] = [numberAt(first.body, 'version'), numberAt(ended.body, 'version')]
      const grew = first.body['state'] === 'succeeded' ? after >= before : after > before
      assertThat(grew, `a version above ${before}`, String(after))
    },
  },
  {
    id: 'payments.by-reference',
    title: 'A payment is found by our own reference',
    rule: 'GET /v1/payments?clientRef= gives the one payment with all its members',
    remedy: 'Answer { "items": [ … ] } with the same resource that GET /v1/payments/{id} gives',
    run: async ({ customer, courier }) => {
      const { first, verified } = await customer.paid()
      const id = textAt(first.body, 'id')
      const ended = await customer.settled(id)
      const found = await courier.get(`/v1/payments?clientRef=${verified.clientRef}`)
      assertStatus(found, 200)
      const item = memberAt(found.body, 'items', 0) ?? found.body
      assertThat(JSON.stringify(item) === JSON.stringify(ended.body), 'the same resource', 'a different one')
    },
  },
  {
    id: 'payments.used-once',
    title: 'A confirmation pays once',
    rule: 'A confirmation that was used is 409 state_conflict for any other payment',
    remedy: 'Make the confirmation unique among payments',
    run: async ({ customer, courier }) => {
      const { verified } = await customer.paid()
      const body = customer.paymentBody(verified, { clientRef: courier.newKey() })
      const reply = await courier.post('/v1/payments', body)
      assertThat(reply.status === 409, '409 state_conflict', describeReply(reply))
      const found = await courier.get(`/v1/payments?clientRef=${String(body['clientRef'])}`)
      assertProblem(found, 404, 'not_found')
    },
  },
  {
    id: 'payments.timeout-then-query',
    title: 'A payment whose answer nobody waited for is found, or can be sent again',
    rule: 'A timeout is no answer: the reference tells, and the same key does it at most once',
    remedy: 'Finish or drop what was begun whether or not the caller is still there',
    run: async ({ customer, courier }) => {
      const body = customer.paymentBody(await customer.verify())
      const ask = { ...asked, key: courier.newKey(), body }
      await courier.attempt(ask, { deadlineMs: 1 })
      const path = `/v1/payments?clientRef=${String(body['clientRef'])}`
      const found = await courier.get(path)
      assertStatus(found, 200, 404)
      const again = await customer.until(async () => {
        const reply = await courier.send(ask)
        return reply.status === 409 && reply.body['code'] === 'still_running' ? undefined : reply
      }, 'an answer for the key')
      assertStatus(again, 201, 202)
      const known = memberAt(found.body, 'items', 0, 'id')
      assertThat(known === undefined || known === again.body['id'], 'the payment that was found', 'a second one')
      const ended = await customer.settled(textAt(again.body, 'id'))
      assertThat(ended.body['state'] === 'succeeded', 'state succeeded', `state ${String(ended.body['state'])}`)
    },
  },
  {
    id: 'payments.late-success',
    title: 'A payment whose answer was lost succeeds late, and is never called failed meanwhile',
    rule: 'What is not known is unknown: processing until it ended, and then the same for ever',
    remedy: 'Show the state of the books, not that of the connection',
    run: async ({ customer, courier, ports }) => {
      if (!ports.trouble) skip('needs a bank that can be told to lose an answer')
      const body = customer.paymentBody(await customer.verify())
      const ask = { ...asked, key: courier.newKey(), body }
      await ports.trouble.loseAnswer(asked.path)
      const lost = await courier.attempt(ask, { deadlineMs: 1000 })
      assertThat(lost === undefined, 'no answer', lost ? describeReply(lost) : '')
      const path = `/v1/payments?clientRef=${String(body['clientRef'])}`
      const seen: string[] = []
      await customer.until(async () => {
        const reply = await courier.get(path)
        assertStatus(reply, 200)
        const state = textAt(reply.body, 'items', 0, 'state')
        seen.push(state)
        return state === 'succeeded' ? state : undefined
      }, 'a payment that succeeds late')
      assertThat(!seen.includes('failed'), 'never failed before it succeeded', 'failed')
      const again = await courier.send(ask)
      assertThat(again.headers['idempotent-replay'] === 'true', 'the same payment for its key', describeReply(again))
    },
  },
  {
    id: 'payments.no-money',
    title: 'A payment without the money for it is refused, and remembered as failed',
    rule: '422 insufficient_funds with outcome none; the reference then shows a failed payment with its class',
    remedy: 'Store the refusal as a payment in state failed, so that it is the same whenever it is asked for',
    run: async ({ customer, courier, ports }) => {
      if (ports.poorPhone === undefined) skip('needs a second test number whose accounts hold less than 100.00')
      const verified = await customer.verify({ amount: '10000' }, ports.poorPhone)
      const key = courier.newKey()
      const ask = { ...asked, key, body: customer.paymentBody(verified) }
      assertProblem(await courier.send(ask), 422, 'insufficient_funds')
      assertProblem(await courier.send(ask), 422, 'insufficient_funds')
      const found = (await courier.get(`/v1/payments?clientRef=${verified.clientRef}`)).body
      assertThat(textAt(found, 'items', 0, 'state') === 'failed', 'state failed', 'another state')
      const failure = textAt(found, 'items', 0, 'failure', 'class')
      assertThat(failure === 'insufficient_funds', 'class insufficient_funds', failure)
    },
  },
]
