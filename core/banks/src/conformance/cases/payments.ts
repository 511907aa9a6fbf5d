import { assertProblem, assertStatus, assertThat, memberAt, textAt } from '../assert.ts'
import type { ConformanceCase, Kit } from '../case.ts'
import type { Payload } from '../customer.ts'

const boundRule = 'What is paid is what was confirmed, member by member'

/** A payment that differs in one member from what the customer said yes to. */
async function refused(
  { customer, courier }: Kit,
  changes: Payload,
  expected: { readonly status: number; readonly codes: readonly string[] },
): Promise<void> {
  const verified = await customer.standing()
  const reply = await courier.post('/v1/payments', customer.paymentBody(verified, changes))
  assertProblem(reply, expected.status, ...expected.codes)
  const found = await courier.get(`/v1/payments?clientRef=${verified.clientRef}`)
  assertProblem(found, 404, 'not_found')
}

/** What is refused before any money is touched. One confirmation does for all of them. */
export const paymentCases: readonly ConformanceCase[] = [
  {
    id: 'payments.amount-changed',
    title: 'Another amount than the confirmed one is refused, and nothing is left behind',
    rule: `${boundRule}: 422 amount_changed`,
    remedy: 'Compare amount and currency with the stored payload',
    run: async (kit) => {
      const expected = { status: 422, codes: ['amount_changed'] }
      await refused(kit, { amount: { value: '2', currency: 'CNY' } }, expected)
    },
  },
  {
    id: 'payments.digest-changed',
    title: 'Another digest than the confirmed one is refused',
    rule: `${boundRule}: 422 amount_changed`,
    remedy: 'Compare payloadSha256 with that of the confirmation',
    run: (kit) => refused(kit, { payloadSha256: 'b'.repeat(64) }, { status: 422, codes: ['amount_changed'] }),
  },
  {
    id: 'payments.payee-changed',
    title: 'Another payee than the confirmed one is refused',
    rule: `${boundRule}: 422 payee_mismatch`,
    remedy: 'Compare payee.id with the stored payload',
    run: (kit) => refused(kit, { payee: { id: 'mch_other' } }, { status: 422, codes: ['payee_mismatch'] }),
  },
  {
    id: 'payments.payer-changed',
    title: 'Another method than the confirmed one is refused',
    rule: `${boundRule}: 422 payer_mismatch`,
    remedy: 'Compare payer.link and payer.method with the confirmation',
    run: async (kit) => {
      const payer = { link: await kit.customer.link(), method: 'acc_other' }
      await refused(kit, { payer }, { status: 422, codes: ['payer_mismatch'] })
    },
  },
  {
    id: 'payments.no-authorisation',
    title: 'An authorisation that is none is refused',
    rule: '403 step_up_required',
    remedy: 'Compare the authorisation in constant time with the one that was given out',
    run: (kit) => refused(kit, { authorisation: 'made-up' }, { status: 403, codes: ['step_up_required'] }),
  },
  {
    id: 'payments.no-confirmation',
    title: 'A confirmation that is not there pays nothing',
    rule: '404 not_found',
    remedy: 'Look the confirmation up by (client, id)',
    run: (kit) => refused(kit, { confirmationId: 'none' }, { status: 404, codes: ['not_found'] }),
  },
  {
    id: 'payments.unverified',
    title: 'A confirmation that nobody has answered pays nothing',
    rule: '409 state_conflict, or 403 step_up_required',
    remedy: 'Pay only with a confirmation in state verified',
    run: async ({ customer, courier }) => {
      const asked = await customer.ask()
      const body = customer.paymentBody({ ...asked, authorisation: 'made-up' })
      const reply = await courier.post('/v1/payments', body)
      assertProblem(reply, reply.status === 403 ? 403 : 409, 'state_conflict', 'step_up_required')
    },
  },
  {
    id: 'payments.unknown-reference',
    title: 'A reference that the bank has never seen is not found',
    rule: 'GET /v1/payments?clientRef= is 404 not_found: never failed, never an empty success',
    remedy: 'Say not_found for a reference without a payment: the platform asks again until it may believe it',
    run: async ({ courier }) => {
      const reply = await courier.get(`/v1/payments?clientRef=${courier.newKey()}`)
      assertProblem(reply, 404, 'not_found')
    },
  },
  {
    id: 'payments.unknown-id',
    title: 'A payment that is not there is not found',
    rule: '404 not_found',
    remedy: 'Answer 404 for an id that this client does not have',
    run: async ({ courier }) => assertProblem(await courier.get('/v1/payments/pay_none'), 404, 'not_found'),
  },
  {
    id: 'payments.malformed',
    title: 'A payment without its parts is refused with nothing done',
    rule: '400 malformed',
    remedy: 'Check the whole body before anything is looked up',
    run: async ({ courier, customer }) => {
      const body = customer.paymentBody(await customer.standing())
      for (const name of ['clientRef', 'confirmationId', 'authorisation', 'payloadSha256', 'payee', 'payer']) {
        const { [name]: _left, ...rest } = body
        const reply = await courier.post('/v1/payments', rest)
        assertProblem(reply, 400, 'malformed')
      }
    },
  },
  {
    id: 'payments.still-usable',
    title: 'A confirmation that was refused for a payment can still pay',
    rule: 'A refusal before the payment leaves nothing behind, and so uses nothing up',
    remedy: 'Use the confirmation up in the transaction that makes the payment',
    run: async ({ customer, courier }) => {
      const verified = await customer.standing()
      const { body } = await courier.get(`/v1/confirmations/${textAt(verified.confirmation, 'id')}`)
      assertThat(memberAt(body, 'state') === 'verified', 'state verified', `state ${String(body['state'])}`)
      assertStatus(await courier.get('/v1/capabilities'), 200)
    },
  },
]
