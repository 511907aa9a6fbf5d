import { assertProblem, assertRefused, assertStatus, assertThat, listAt, memberAt, textAt } from '../assert.ts'
import type { ConformanceCase } from '../case.ts'

export const answerCases: readonly ConformanceCase[] = [
  {
    id: 'answer.fresh-nonce',
    title: 'Each answer has a nonce of its own',
    rule: 'The signature of an answer carries a fresh nonce, so that an old answer cannot be sent again',
    remedy: 'Make a new nonce for every answer that is signed',
    run: async ({ courier }) => {
      const replies = [await courier.get('/v1/capabilities'), await courier.get('/v1/capabilities')]
      assertThat(new Set(replies.map(({ nonce }) => nonce)).size === 2, 'two nonces', 'the same one twice')
    },
  },
  {
    id: 'answer.interaction-id',
    title: 'The interaction id comes back',
    rule: 'x-interaction-id of the request is in the answer, and one is made where there was none',
    remedy: 'Copy the header into the answer, also of a refusal',
    run: async ({ courier }) => {
      const id = '01981f7c-0000-7000-8000-00000000c0de'
      const asked = { method: 'GET', path: '/v1/capabilities', headers: { 'x-interaction-id': id } } as const
      for (const twist of [{}, { unsigned: true } as const]) {
        const { headers } = await courier.send(asked, twist)
        assertThat(headers['x-interaction-id'] === id, 'the same x-interaction-id', 'another one, or none')
      }
    },
  },
  {
    id: 'problem.members',
    title: 'A refusal is a problem with all its members',
    rule: 'RFC 9457 with type, title, status, detail, code, retry, outcome and interactionId',
    remedy: 'Send all members, and a code of the documented list',
    run: async ({ courier }) => {
      const reply = await courier.get('/v1/payments/none-of-ours')
      assertProblem(reply, 404, 'not_found')
      for (const name of ['type', 'title', 'detail', 'code', 'interactionId']) textAt(reply.body, name)
      assertThat(reply.body['status'] === 404, 'status 404 in the body', String(reply.body['status']))
      const retries = ['never', 'same-key', 'new-key', 'after']
      assertThat(retries.includes(textAt(reply.body, 'retry')), retries.join(', '), textAt(reply.body, 'retry'))
    },
  },
  {
    id: 'problem.places',
    title: 'A malformed body is told where it is wrong',
    rule: '400 with errors[]: a JSON pointer and a code for each place',
    remedy: 'Name each member that is missing or wrong by its JSON pointer',
    run: async ({ courier }) => {
      const reply = await courier.post('/v1/links', { phone: 'none' })
      assertProblem(reply, 400, 'malformed')
      const places = listAt(reply.body, 'errors').map((error) => textAt(error, 'pointer'))
      for (const place of ['/phone', '/userRef'])
        assertThat(places.includes(place), `an error at ${place}`, places.join(', '))
    },
  },
  {
    id: 'problem.nothing-personal',
    title: 'A refusal repeats nothing personal',
    rule: 'detail has no personal data: it is written into logs of both sides',
    remedy: 'Say what is wrong with a value without quoting it',
    run: async ({ courier }) => {
      const phone = '13800009876543210'
      const { text } = await courier.post('/v1/links', { phone, userRef: 'conformance-privacy' })
      assertThat(!text.includes(phone), 'no phone number in a refusal', 'the number that was sent')
    },
  },
  {
    id: 'problem.unknown-address',
    title: 'An address that does not exist is refused like anything else',
    rule: 'Every answer is signed, and every refusal a problem',
    remedy: 'Let the handler for unknown addresses sign what it sends',
    run: async ({ courier }) => assertProblem(await courier.get('/v1/no-such-thing'), 404, 'not_found'),
  },
  {
    id: 'problem.too-large',
    title: 'A body of 100 kB is refused',
    rule: 'No documented body is larger than 64 kB',
    remedy: 'Stop reading at your limit and refuse, with nothing done',
    run: async ({ courier, ports }) => {
      const body = { phone: ports.phone, userRef: 'conformance-large', filler: 'x'.repeat(100_000) }
      assertRefused(await courier.post('/v1/links', body))
      assertStatus(await courier.get('/v1/capabilities'), 200)
    },
  },
  {
    id: 'problem.unknown-members-aside',
    title: 'Members that nobody knows are left aside',
    rule: 'Changes are additive: unknown members of a body are ignored',
    remedy: 'Do not refuse a request for a member that you do not know, except inside a payload to be confirmed',
    run: async ({ courier, customer, ports }) => {
      const id = await customer.link()
      const reply = await courier.post('/v1/links', { phone: ports.phone, userRef: 'conformance-more', more: { a: 1 } })
      assertStatus(reply, 200, 201)
      assertThat(memberAt(reply.body, 'id') !== id, 'a link of its own for another userRef', 'the same link')
    },
  },
]
