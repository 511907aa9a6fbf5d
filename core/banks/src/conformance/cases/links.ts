import { assertProblem, assertStatus, assertThat, listAt, memberAt, textAt } from '../assert.ts'
import type { ConformanceCase } from '../case.ts'
import { skip } from '../mismatch.ts'

export const linkCases: readonly ConformanceCase[] = [
  {
    id: 'links.active',
    title: 'The test number is a customer, and nothing of it is told',
    rule: 'POST /v1/links answers id, state and version; names are masked, and numbers not repeated',
    remedy: 'Leave the phone number out, and mask names',
    run: async ({ courier, customer, ports }) => {
      const { body, text } = await courier.get(`/v1/links/${await customer.link()}`)
      assertThat(body['state'] === 'active', 'state active', `state ${String(body['state'])}`)
      assertThat(!text.includes(ports.phone.slice(-8)), 'no phone number', 'the phone number')
    },
  },
  {
    id: 'links.one-for-each-user',
    title: 'The same user and number are the same link',
    rule: 'A link is one for each (client, phone, userRef), whatever key it is asked for with',
    remedy: 'Look the link up before you make one',
    run: async ({ courier, ports }) => {
      const body = { phone: ports.phone, userRef: 'conformance-once' }
      const [first, second] = [await courier.post('/v1/links', body), await courier.post('/v1/links', body)]
      assertThat(textAt(first.body, 'id') === textAt(second.body, 'id'), 'the same id twice', 'two ids')
    },
  },
  {
    id: 'links.methods',
    title: 'The methods of a link are masked and say whether they may pay',
    rule: 'GET /v1/links/{id}/methods: id, label in both languages, mask, canPay; no balances',
    remedy: 'Send what the confirm card shows, and nothing more',
    run: async ({ courier, customer }) => {
      const reply = await courier.get(`/v1/links/${await customer.link()}/methods`)
      const methods = listAt(reply.body, 'methods')
      assertThat(
        methods.some((method) => memberAt(method, 'canPay') === true),
        'a method that may pay',
        'none',
      )
      for (const method of methods) {
        textAt(method, 'id')
        for (const locale of ['zh-CN', 'en']) textAt(method, 'label', locale)
        assertThat(!/[0-9]{6}/.test(textAt(method, 'mask')), 'a masked account', 'six digits or more in a row')
        assertThat(memberAt(method, 'balance') === undefined, 'no balance', 'a balance')
      }
    },
  },
  {
    id: 'links.unknown',
    title: 'A link that is not there is not found',
    rule: '404 not_found with outcome none',
    remedy: 'Answer 404 for what this client does not have',
    run: async ({ courier }) => assertProblem(await courier.get('/v1/links/none/methods'), 404, 'not_found'),
  },
  {
    id: 'links.removed',
    title: 'A link that was removed is gone',
    rule: 'DELETE /v1/links/{id} is 204; afterwards the id is 404, and nothing can be confirmed by it',
    remedy: 'Look at the state of the link in every call that names it',
    run: async ({ courier, ports }) => {
      const made = await courier.post('/v1/links', {
        phone: ports.phone,
        userRef: `gone-${ports.nonce()}`.slice(0, 64),
      })
      const path = `/v1/links/${textAt(made.body, 'id')}`
      assertStatus(await courier.send({ method: 'DELETE', path }), 204)
      assertProblem(await courier.get(path), 404, 'not_found')
      assertProblem(await courier.get(`${path}/methods`), 404, 'not_found')
    },
  },
  {
    id: 'links.of-another-client',
    title: "Another client's link looks as if it did not exist",
    rule: 'Ids of other clients are 404, with the same bytes as ids that nobody has',
    remedy: 'Look things up by (client, id) in one query, and refuse both in one place',
    run: async ({ courier, customer, other }) => {
      if (!other) skip('needs a second client of the bank')
      const foreign = await other.get(`/v1/links/${await customer.link()}`)
      const nobody = await courier.get('/v1/links/none')
      assertProblem(foreign, 404, 'not_found')
      const plain = ({ body }: typeof foreign): string => JSON.stringify({ ...body, instance: '', interactionId: '' })
      assertThat(plain(foreign) === plain(nobody), 'the same refusal for both', 'two that can be told apart')
    },
  },
]
