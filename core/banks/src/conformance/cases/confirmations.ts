import { assertProblem, assertRefused, assertStatus, assertThat, memberAt, numberAt, textAt } from '../assert.ts'
import type { ConformanceCase, Kit } from '../case.ts'
import type { Reply } from '../courier.ts'
import type { Payload } from '../customer.ts'
import { skip } from '../mismatch.ts'

/** Nothing that a code could be: each of the cases has tries left. */
const wrongCodes = ['000000', '000001', '000002', '000003'] as const

async function askWith({ customer, courier }: Kit, changes: Payload, digest?: string): Promise<Reply> {
  const link = await customer.link()
  const payload = await customer.payload(link, changes)
  const body = customer.confirmationBody({ clientRef: courier.newKey(), link, payload })
  return customer.request(digest === undefined ? body : { ...body, payloadSha256: digest })
}

/** A code that is surely not the one that was sent. */
async function findWrongCode({ ports }: Kit): Promise<string> {
  const right = await ports.readCode?.(ports.phone)
  return wrongCodes.find((code) => code !== right) ?? wrongCodes[0]
}

export const confirmationCases: readonly ConformanceCase[] = [
  {
    id: 'confirmations.pending',
    title: 'A confirmation waits for the customer, and holds nothing that pays',
    rule: 'POST /v1/confirmations is 201: pending, with tries, an end in time and a masked destination',
    remedy: 'Give the authorisation out only once the code was right',
    run: async ({ customer, ports }) => {
      const { confirmation } = await customer.ask()
      assertThat(confirmation['state'] === 'pending', 'state pending', `state ${String(confirmation['state'])}`)
      assertThat(numberAt(confirmation, 'triesLeft') > 0, 'tries left', 'none')
      assertThat(memberAt(confirmation, 'authorisation') === undefined, 'no authorisation', 'one')
      assertThat(!textAt(confirmation, 'destination').includes(ports.phone.slice(-8)), 'a masked number', 'the number')
      const lifeMs = Date.parse(textAt(confirmation, 'expiresAt')) - ports.clock.now() / 1000
      assertThat(lifeMs > 0 && lifeMs <= 600_000, 'an end within ten minutes', `${Math.round(lifeMs / 1000)} s`)
    },
  },
  {
    id: 'confirmations.digest-differs',
    title: 'A digest that is not that of the payload is refused',
    rule: 'payloadSha256 is the SHA-256 of the canonical payload (RFC 8785), else 422 amount_changed',
    remedy: 'Compute the digest yourself from the payload, and compare',
    run: async (kit) => assertProblem(await askWith(kit, {}, 'a'.repeat(64)), 422, 'amount_changed'),
  },
  {
    id: 'confirmations.other-payee',
    title: 'A payee that is not ours is refused before anybody is asked',
    rule: 'payload.payee is the merchant of the client as in the capabilities, else 422 payee_mismatch',
    remedy: 'Compare id, name and account with the merchant account of the client',
    run: async (kit) => {
      for (const payee of [
        { id: 'mch_none', name: 'x', account: '****0000' },
        { ...payeeOf(await kit.customer.payload(await kit.customer.link())), name: 'Somebody else' },
      ])
        assertProblem(await askWith(kit, { payee }), 422, 'payee_mismatch')
    },
  },
  {
    id: 'confirmations.other-payer',
    title: 'A method that is not one of the link is refused',
    rule: '422 payer_mismatch',
    remedy: 'Look for payload.payer among the methods of the link that may pay',
    run: async (kit) => assertProblem(await askWith(kit, { payer: 'acc_none' }), 422, 'payer_mismatch'),
  },
  {
    id: 'confirmations.closed-payload',
    title: 'A payload with a member that nobody was shown is refused',
    rule: 'The payload is closed: what is digested is all understood and all shown',
    remedy: 'Refuse members of the payload that you do not know',
    run: async (kit) => assertProblem(await askWith(kit, { tip: '100' }), 400, 'malformed'),
  },
  {
    id: 'confirmations.other-operation',
    title: 'An operation that the bank does not offer is refused',
    rule: 'payload.op is one that the capabilities name',
    remedy: 'Refuse an op that you do not carry out',
    run: async (kit) => assertRefused(await askWith(kit, { op: 'conformance-none' })),
  },
  {
    id: 'confirmations.payload-over',
    title: 'A payload whose time is over is refused',
    rule: '410 expired',
    remedy: 'Compare payload.expires with your own time',
    run: async (kit) => assertProblem(await askWith(kit, { expires: '2020-01-01T00:00:00Z' }), 410, 'expired'),
  },
  {
    id: 'confirmations.wrong-code',
    title: 'A wrong code costs one try',
    rule: 'POST …/answers is 200 with triesLeft one less; the confirmation stays pending',
    remedy: 'Count a wrong answer once for its key, in the transaction that remembers it',
    run: async (kit) => {
      const asked = await kit.customer.ask()
      const before = numberAt(asked.confirmation, 'triesLeft')
      const reply = await kit.customer.answer(asked, await findWrongCode(kit))
      assertStatus(reply, 200)
      assertThat(reply.body['state'] === 'pending', 'state pending', `state ${String(reply.body['state'])}`)
      const left = numberAt(reply.body, 'triesLeft')
      assertThat(left === before - 1, `${before - 1} tries left`, `${left}`)
    },
  },
  {
    id: 'confirmations.right-code',
    title: 'The right code gives an authorisation',
    rule: 'Verified: an authorisation that is bound to the payload and has an end',
    remedy: 'Answer with state verified, the authorisation and the time until when it may be used',
    run: async ({ customer, courier }) => {
      const { confirmation, authorisation, digest } = await customer.standing()
      const { body } = await courier.get(`/v1/confirmations/${textAt(confirmation, 'id')}`)
      assertThat(body['state'] === 'verified', 'state verified', `state ${String(body['state'])}`)
      assertThat(body['payloadSha256'] === digest, 'the digest that was confirmed', 'another one')
      assertThat(body['authorisation'] === authorisation, 'the same authorisation', 'another one')
    },
  },
  {
    id: 'confirmations.superseded',
    title: 'A newer confirmation of the same purchase ends the older one',
    rule: 'One purchase has one open confirmation: the older is superseded and takes no answer (409)',
    remedy: 'Close what is open of the same clientRef when another is asked for',
    run: async ({ customer, ports }) => {
      const older = await customer.ask()
      const code = await ports.readCode?.(ports.phone)
      const newer = await customer.request(customer.confirmationBody(older))
      assertStatus(newer, 201)
      assertThat(textAt(newer.body, 'id') !== textAt(older.confirmation, 'id'), 'a new id', 'the same')
      assertProblem(await customer.answer(older, code ?? '123456'), 409, 'state_conflict')
    },
  },
  {
    id: 'confirmations.of-another',
    title: 'An authorisation pays only what it was given for',
    rule: 'The authorisation of another confirmation is 403 step_up_required',
    remedy: 'Bind the authorisation to its confirmation and payload digest',
    run: async ({ customer, courier }) => {
      const first = await customer.standing()
      const second = await customer.verify()
      const body = customer.paymentBody(second, { authorisation: first.authorisation })
      assertProblem(await courier.post('/v1/payments', body), 403, 'step_up_required')
    },
  },
  {
    id: 'confirmations.code-expires',
    title: 'A code that came too late is refused',
    rule: 'After expiresAt an answer is 410 expired',
    remedy: 'Look at the time when the answer comes, whether or not a worker has closed the confirmation',
    run: async ({ customer, ports }) => {
      if (!ports.advance) skip('needs a bank whose test clock can be moved')
      const asked = await customer.ask()
      const code = (await ports.readCode?.(ports.phone)) ?? '123456'
      const lifeMs = Date.parse(textAt(asked.confirmation, 'expiresAt')) - ports.clock.now() / 1000
      await ports.advance(Math.max(0, lifeMs) + 1000)
      assertProblem(await customer.answer(asked, code), 410, 'expired')
    },
  },
]

/** The last of all: afterwards nothing can be confirmed by this number for a while. */
export const lockingCases: readonly ConformanceCase[] = [
  {
    id: 'confirmations.locked',
    title: 'Three wrong codes lock the confirmation, and the number for a while',
    rule: 'No try left: locked, and the right code is refused; new confirmations are 403 with Retry-After',
    remedy: 'Lock in the transaction that counts the last try; block the number, not only the confirmation',
    run: async (kit) => {
      const { customer, ports } = kit
      const asked = await customer.ask()
      const right = await ports.readCode?.(ports.phone)
      const wrong = wrongCodes.filter((code) => code !== right)
      const tries = numberAt(asked.confirmation, 'triesLeft')
      let last = await customer.answer(asked, wrong[0] ?? '000000')
      for (let count = 1; count < tries; count += 1) last = await customer.answer(asked, wrong[count] ?? '000000')
      assertThat(last.body['state'] === 'locked', 'state locked', `state ${String(last.body['state'])}`)
      assertThat(last.body['triesLeft'] === 0, 'no tries left', String(last.body['triesLeft']))
      assertRefused(await customer.answer(asked, right ?? '123456'))
      const next = await askWith(kit, {})
      assertThat(next.status === 403, '403 confirmation_blocked', `${next.status} ${String(next.body['code'])}`)
      const seconds = Number(next.headers['retry-after'] ?? 'NaN')
      assertThat(seconds > 0, 'Retry-After in seconds', 'none')
      if (ports.advance) await ports.advance((seconds + 1) * 1000)
    },
  },
]

function payeeOf(payload: Payload): object {
  const payee = payload['payee']
  return typeof payee === 'object' && payee !== null ? payee : {}
}
