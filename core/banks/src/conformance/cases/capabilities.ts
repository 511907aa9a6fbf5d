import { assertStatus, assertThat, listAt, memberAt, textAt } from '../assert.ts'
import type { ConformanceCase } from '../case.ts'

export const capabilityCases: readonly ConformanceCase[] = [
  {
    id: 'capabilities.members',
    title: 'The bank says who it is, who we are and what it offers',
    rule: 'GET /v1/capabilities: bank with name and zone, tenant, payee, and each capability with its limits',
    remedy: 'Answer for the client that signed: its own id as tenant, its own merchant account as payee',
    run: async ({ courier, clientId }) => {
      const { body } = await courier.get('/v1/capabilities')
      assertThat(body['tenant'] === clientId, 'the client id as tenant', 'another tenant')
      for (const locale of ['zh-CN', 'en']) textAt(body, 'bank', 'name', locale)
      for (const name of ['id', 'name', 'account']) textAt(body, 'payee', name)
      textAt(body, 'bank', 'zone')
      const payment = listAt(body, 'capabilities').find((each) => memberAt(each, 'id') === 'payment')
      assertThat(payment !== undefined, 'the capability "payment"', 'none')
      const limit = textAt(payment, 'limits', 'perPayment')
      assertThat(/^[1-9][0-9]{0,17}$/.test(limit), 'limits.perPayment in minor units', 'something else')
    },
  },
  {
    id: 'capabilities.masked',
    title: 'Account numbers are masked',
    rule: 'No full account number leaves the bank',
    remedy: 'Show the last four digits at most',
    run: async ({ courier }) => {
      const account = textAt((await courier.get('/v1/capabilities')).body, 'payee', 'account')
      assertThat(!/[0-9]{6}/.test(account), 'at most a few digits of an account', 'six or more in a row')
    },
  },
  {
    id: 'capabilities.unchanged',
    title: 'What did not change is not sent again',
    rule: 'An ETag comes with the capabilities; If-None-Match with it is 304 without a body, signed like any other',
    remedy: 'Send an ETag over the content, and honour If-None-Match',
    run: async ({ courier }) => {
      const path = '/v1/capabilities'
      const etag = (await courier.get(path)).headers['etag'] ?? ''
      assertThat(etag !== '', 'an ETag', 'none')
      const again = await courier.send({ method: 'GET', path, headers: { 'if-none-match': etag } })
      assertStatus(again, 304)
      assertThat(again.text === '', 'no body', 'a body')
      assertStatus(await courier.send({ method: 'GET', path, headers: { 'if-none-match': '"other"' } }), 200)
    },
  },
  {
    id: 'capabilities.cached',
    title: 'The answer says how long it may be kept',
    rule: 'Capabilities are kept for at most five minutes',
    remedy: 'Send Cache-Control: private, max-age=300',
    run: async ({ courier }) => {
      const field = (await courier.get('/v1/capabilities')).headers['cache-control'] ?? ''
      const seconds = Number(/max-age=([0-9]+)/.exec(field)?.[1] ?? '-1')
      assertThat(seconds >= 0 && seconds <= 300, 'max-age of at most 300', field === '' ? 'none' : field)
    },
  },
]
