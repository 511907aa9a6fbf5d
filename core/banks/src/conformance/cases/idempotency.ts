import { assertProblem, assertStatus, assertThat, memberAt, numberAt, textAt } from '../assert.ts'
import type { ConformanceCase } from '../case.ts'
import { skip } from '../mismatch.ts'

const rule = 'Every POST that creates or acts carries an Idempotency-Key: a quoted text of 20 to 64 characters'
const replayRule = 'Finished work is answered with its present state and the header idempotent-replay: true'
const linkOf = (phone: string, userRef: string): object => ({ phone, userRef })

export const idempotencyCases: readonly ConformanceCase[] = [
  {
    id: 'idempotency.missing',
    title: 'A request that acts without a key is refused',
    rule: `${rule}; without it 400 missing_idempotency_key`,
    remedy: 'Look for the header before anything is done',
    run: async ({ courier, ports }) => {
      const body = linkOf(ports.phone, 'conformance-keyless')
      assertProblem(await courier.send({ method: 'POST', path: '/v1/links', body }), 400, 'missing_idempotency_key')
    },
  },
  {
    id: 'idempotency.malformed',
    title: 'Keys that are too short or too long are refused',
    rule,
    remedy: 'Parse the header as a structured-field string and check its length',
    run: async ({ courier, ports }) => {
      const body = linkOf(ports.phone, 'conformance-key-length')
      for (const key of ['short', 'x'.repeat(65)])
        assertProblem(await courier.send({ method: 'POST', path: '/v1/links', key, body }), 400, 'malformed')
    },
  },
  {
    id: 'idempotency.replay',
    title: 'The same request twice does one thing',
    rule: replayRule,
    remedy: 'Store the key in the transaction that does the work; answer the second request from the resource',
    run: async ({ courier, ports }) => {
      const ask = { method: 'POST', path: '/v1/links', key: courier.newKey() } as const
      const body = linkOf(ports.phone, 'conformance-replay')
      const [first, second] = [await courier.send({ ...ask, body }), await courier.send({ ...ask, body })]
      assertStatus(first, 200, 201)
      assertStatus(second, first.status)
      assertThat(first.headers['idempotent-replay'] === undefined, 'no idempotent-replay at first', 'the header')
      assertThat(second.headers['idempotent-replay'] === 'true', 'idempotent-replay: true', 'none')
      assertThat(textAt(first.body, 'id') === textAt(second.body, 'id'), 'the same id', 'another one')
    },
  },
  {
    id: 'idempotency.present-state',
    title: 'A payment that is sent again is answered as it is now',
    rule: replayRule,
    remedy: 'Read the payment anew for the second answer: do not keep the first body',
    run: async ({ courier, customer }) => {
      const { verified, first, key } = await customer.paid()
      const ended = await customer.settled(textAt(first.body, 'id'))
      const body = customer.paymentBody(verified)
      const again = await courier.send({ method: 'POST', path: '/v1/payments', key, body })
      assertThat(again.headers['idempotent-replay'] === 'true', 'idempotent-replay: true', 'none')
      const [now, then] = [numberAt(again.body, 'version'), numberAt(ended.body, 'version')]
      assertThat(now >= then, `version ${then} or later`, `version ${now}`)
      assertThat(
        again.body['state'] === ended.body['state'],
        'the state of now',
        `state ${String(again.body['state'])}`,
      )
    },
  },
  {
    id: 'idempotency.key-reused',
    title: 'A key that comes with another body is refused',
    rule: 'The same key with another body is 422 key_reused',
    remedy: 'Store the SHA-256 of the canonical body (RFC 8785) with the key, and compare',
    run: async ({ courier, ports }) => {
      const ask = { method: 'POST', path: '/v1/links', key: courier.newKey() } as const
      assertStatus(await courier.send({ ...ask, body: linkOf(ports.phone, 'conformance-body-a') }), 200, 201)
      const other = await courier.send({ ...ask, body: linkOf(ports.phone, 'conformance-body-b') })
      assertProblem(other, 422, 'key_reused')
    },
  },
  {
    id: 'idempotency.same-value',
    title: 'The same body in another order of members is the same body',
    rule: 'The fingerprint is made over the canonical form (RFC 8785), not over the bytes',
    remedy: 'Put the body into its canonical form before it is digested',
    run: async ({ courier, ports }) => {
      const ask = { method: 'POST', path: '/v1/links', key: courier.newKey() } as const
      const [userRef, phone] = ['conformance-order', ports.phone]
      assertStatus(await courier.send({ ...ask, body: { phone, userRef } }), 200, 201)
      assertStatus(await courier.send({ ...ask, body: ` ${JSON.stringify({ userRef, phone })}` }), 200, 201)
    },
  },
  {
    id: 'idempotency.parallel',
    title: 'Twenty times the same payment at once is one payment',
    rule: 'While the first is being worked on the others are 409 still_running, or get its answer',
    remedy: 'Take the key in the transaction of the payment, with a unique (client, route, key)',
    run: async ({ courier, customer }) => {
      const body = customer.paymentBody(await customer.verify())
      const key = courier.newKey()
      const send = async () => courier.send({ method: 'POST', path: '/v1/payments', key, body })
      const replies = await Promise.all(Array.from({ length: 20 }, send))
      const taken = replies.filter(({ status }) => status === 202 || status === 201)
      for (const reply of replies.filter(({ status }) => status !== 202 && status !== 201))
        assertProblem(reply, 409, 'still_running')
      assertThat(taken.length > 0, 'at least one that is taken', 'none')
      const ids = new Set(taken.map((reply) => textAt(reply.body, 'id')))
      assertThat(ids.size === 1, 'one payment', `${ids.size}`)
      const path = `/v1/payments?clientRef=${String(body['clientRef'])}`
      const found = (await courier.get(path)).body
      assertThat(ids.has(textAt(found, 'items', 0, 'id')), 'that payment under our reference', 'another one')
    },
  },
  {
    id: 'idempotency.still-running',
    title: 'A key whose first request is not answered yet is told to wait',
    rule: '409 still_running with Retry-After and retry same-key',
    remedy: 'Answer at once while the first is being worked on; let its end free the key',
    run: async ({ courier, ports }) => {
      if (!ports.trouble) skip('needs a bank that can be told to be slow')
      const path = '/v1/links'
      await ports.trouble.slowDown(path)
      const ask = {
        method: 'POST',
        path,
        key: courier.newKey(),
        body: linkOf(ports.phone, 'conformance-slow'),
      } as const
      const first = courier.send(ask)
      await ports.pause(100)
      // Whichever came second: on their way they may overtake one another.
      const both = await Promise.all([first, courier.send(ask)])
      const [taken, second] = both.toSorted((left, right) => left.status - right.status)
      if (!taken || !second) return
      assertStatus(taken, 200, 201)
      assertProblem(second, 409, 'still_running')
      assertThat(second.body['retry'] === 'same-key', 'retry same-key', String(second.body['retry']))
      assertThat(/^[0-9]+$/.test(second.headers['retry-after'] ?? ''), 'Retry-After in seconds', 'none')
      assertStatus(await courier.send(ask), 200, 201)
    },
  },
  {
    id: 'idempotency.reference-taken',
    title: 'A reference that has a payment takes no second one with another key',
    rule: 'A clientRef names one payment for ever: 409 state_conflict, whose outcome is that of the payment',
    remedy: 'Make (client, clientRef) unique, and tell what became of the payment that has it',
    run: async ({ courier, customer }) => {
      const { verified, first } = await customer.paid()
      await customer.settled(textAt(first.body, 'id'))
      const reply = await courier.post('/v1/payments', customer.paymentBody(verified))
      assertThat(reply.status === 409, '409 state_conflict', `${reply.status} ${String(reply.body['code'])}`)
      assertThat(memberAt(reply.body, 'outcome') === 'done', 'outcome "done"', String(reply.body['outcome']))
    },
  },
]
