import { assertProblem, assertRefused, assertThat } from '../assert.ts'
import type { ConformanceCase } from '../case.ts'
import type { Reply } from '../courier.ts'
import type { Customer, Payload } from '../customer.ts'

const amountRule = 'An amount is integer minor units as text: ^(0|[1-9][0-9]{0,17})$'

async function askWith(customer: Customer, changes: Payload): Promise<Reply> {
  const link = await customer.link()
  const payload = await customer.payload(link, changes)
  return customer.request(customer.confirmationBody({ clientRef: `input-${String(payload['nonce'])}`, link, payload }))
}

export const inputCases: readonly ConformanceCase[] = [
  {
    id: 'input.amounts',
    title: 'Amounts in any other form are refused',
    rule: amountRule,
    remedy: 'Check the pattern before anything else; never read an amount as a number',
    run: async ({ customer }) => {
      for (const amount of ['01', '1.00', '-1', '+1', '1e3', ' 1', '', '1234567890123456789', '１', '0x1', '1_0'])
        assertProblem(await askWith(customer, { amount }), 400, 'bad_amount', 'malformed')
    },
  },
  {
    id: 'input.amount-as-number',
    title: 'An amount that is a number and no text is refused',
    rule: amountRule,
    remedy: 'Require text: a number may have lost its digits on the way',
    run: async ({ customer }) => assertProblem(await askWith(customer, { amount: 1 }), 400, 'bad_amount', 'malformed'),
  },
  {
    id: 'input.nothing',
    title: 'A payment of nothing is refused',
    rule: '422 below_min',
    remedy: 'Refuse an amount of zero',
    run: async ({ customer }) => assertProblem(await askWith(customer, { amount: '0' }), 422, 'below_min'),
  },
  {
    id: 'input.above-the-limit',
    title: 'A payment above the limit is refused before anybody is asked',
    rule: '422 above_max; the limit is that of the capabilities',
    remedy: 'Compare with limits.perPayment when the confirmation is asked for',
    run: async ({ customer }) =>
      assertProblem(await askWith(customer, { amount: '999999999999999999' }), 422, 'above_max'),
  },
  {
    id: 'input.currency',
    title: 'A currency that is none, or not that of the bank, is refused',
    rule: '400 or 422 bad_currency',
    remedy: 'Take the currency of the capabilities and no other',
    run: async ({ customer }) => {
      for (const currency of ['cny', 'QQQ', '']) {
        const reply = await askWith(customer, { currency })
        assertRefused(reply)
        const code = String(reply.body['code'])
        assertThat(['bad_currency', 'malformed'].includes(code), 'bad_currency or malformed', code)
      }
    },
  },
  {
    id: 'input.broken-json',
    title: 'A body that is no JSON is refused',
    rule: '400 malformed',
    remedy: 'Parse after the signature was verified, and refuse what does not parse',
    run: async ({ courier }) => {
      for (const body of ['{"phone":', '[]', '"text"', 'null', '']) {
        const reply = await courier.post('/v1/links', body)
        assertRefused(reply)
      }
    },
  },
  {
    id: 'input.hostile-members',
    title: 'Names that mean something to a language are only names',
    rule: 'Unknown members are ignored or refused, and do nothing',
    remedy: 'Parse JSON into plain data; ignore or refuse __proto__ and constructor',
    run: async ({ courier, ports }) => {
      const body = `{"phone":"${ports.phone}","userRef":"conformance-proto","__proto__":{"state":"active"}}`
      const reply = await courier.post('/v1/links', body)
      assertThat(reply.status < 500, 'an answer below 500', String(reply.status))
    },
  },
  {
    id: 'input.long-texts',
    title: 'References that are too long are refused',
    rule: 'clientRef and userRef have at most 64 characters of a closed alphabet',
    remedy: 'Check length and alphabet of each reference',
    run: async ({ courier, ports }) => {
      for (const userRef of ['x'.repeat(65), 'a b', '<script>', ''])
        assertProblem(await courier.post('/v1/links', { phone: ports.phone, userRef }), 400, 'malformed')
    },
  },
]
