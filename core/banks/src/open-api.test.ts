import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HttpClient } from '@inthread/sdk/bank'
import { money } from '@inthread/sdk/money'
import { flaws, harmless } from '../test/flaws.ts'
import { answerRequest, challengeRequest, linkRequest, paymentRequest, wirePayment } from '../test/purchase.ts'
import { payee } from '../test/sample-books.ts'
import { makeBankKey, problem, type SigningBank } from '../test/signing-bank.ts'
import { openTestBank, openWorld, type World } from '../test/world.ts'

/** What the server does with a request instead of answering it. */
type Trouble = 'none' | 'hangs' | 'hangs up'

let server: Server
let bank: SigningBank
let world: World
let baseUrl: string
let trouble: Trouble
/** The longest that the port waits, whatever the deadline: a test that waits for nothing shortens it. */
let patienceMs: number

beforeEach(async () => {
  const time = { sec: 1_772_703_000 }
  bank = openTestBank(time)
  trouble = 'none'
  patienceMs = 5_000
  server = createServer((request, response) => {
    if (trouble === 'hangs') return
    if (trouble === 'hangs up') return void request.socket.destroy()
    void readAll(request).then((body) => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const reply = bank.respond({ method: request.method ?? '', url: `${baseUrl}${request.url}`, headers, body })
      response.writeHead(reply.status, reply.headers).end(reply.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  world = openWorld({ baseUrl, http: fetchClient }, time, bank)
})

afterEach(() => {
  server.close()
  server.closeAllConnections()
})

describe('a purchase', () => {
  it('goes from the link to the receipt', async () => {
    const { connection } = world
    expect(await connection.profile()).toEqual({
      kind: 'done',
      value: { name: { 'zh-CN': '示例银行', en: 'Sample Bank' }, payee, zone: 'Asia/Shanghai' },
    })
    expect(await connection.link(linkRequest)).toEqual({ kind: 'done', value: { state: 'active', id: 'lnk_1' } })
    const card = { id: 'acc_1', label: { en: 'Debit card' }, mask: '****1234', kind: 'debit', preferred: true }
    expect(await connection.methods('lnk_1')).toEqual({ kind: 'done', value: [card] })

    const challenge = { ref: 'cnf_1', destination: '138****0001', expiresAt: 1_772_703_120_000_000 }
    const waiting = { ...challenge, state: 'pending', triesLeft: 3, authorisation: undefined }
    expect(await connection.challenge(challengeRequest)).toEqual({ kind: 'pending', value: waiting })
    const wrong = await connection.answer({ ...answerRequest, key: 'key-of-the-answer-0000', code: '000000' })
    expect(wrong).toEqual({ kind: 'pending', value: { ...waiting, triesLeft: 2 } })
    const right = await connection.answer(answerRequest)
    expect(right).toMatchObject({ kind: 'done', value: { state: 'verified', authorisation: 'aut_1' } })

    const view = { bankRef: 'pay_1', clientRef: 'ord_1', amount: money('553.50', 'CNY'), payeeId: 'mch_1' }
    const processing = { ...view, state: 'processing', version: 1, fee: money('3.32', 'CNY'), failure: undefined }
    expect(await connection.query('ord_1')).toEqual({ kind: 'not_found' })
    expect(await connection.submit(paymentRequest)).toEqual({ kind: 'pending', value: processing })
    expect(await connection.submit(paymentRequest)).toEqual({ kind: 'pending', value: processing })
    const succeeded = { ...processing, state: 'succeeded', version: 2 }
    expect(await connection.query('ord_1')).toEqual({ kind: 'done', value: succeeded })
    expect(await connection.notices('c1')).toMatchObject({ kind: 'done', value: { cursor: 'c2', more: false } })
  })

  it('says on the wire what the shared API asks for', async () => {
    await world.connection.submit(paymentRequest)
    const [request] = bank.received
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': '"key-of-the-payment-001"',
      'x-interaction-id': expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/),
    })
    expect(request?.headers['signature-input']).toBe(
      'sig1=("@method" "@target-uri" "content-digest" "content-type" "idempotency-key")' +
        ';created=1772703000;keyid="northern-rail";alg="ed25519";nonce="nonce-1";tag="scene-finance-request"',
    )
    expect(JSON.parse(request?.body.toString() ?? '')).toEqual({
      clientRef: 'ord_1',
      confirmationId: 'cnf_1',
      authorisation: 'aut_1',
      payloadSha256: paymentRequest.payloadDigest,
      amount: { value: '55350', currency: 'CNY' },
      payee: { id: 'mch_1' },
      payer: { link: 'lnk_1', method: 'acc_1' },
      description: 'G101 10:00',
    })
  })

  it('signs the very URL that travels, whatever is in our names and in the base URL', async () => {
    const odd = openWorld({ baseUrl: `${baseUrl}/`, http: fetchClient }, world.time, bank)
    const clientRef = `ord 1/?&='"%é`
    bank.say = () => ({ status: 200, json: { items: [{ ...wirePayment, clientRef }] } })
    expect(await odd.connection.query(clientRef)).toMatchObject({ kind: 'done', value: { clientRef } })
    bank.say = () => ({ status: 200, json: { methods: [] } })
    expect(await odd.connection.methods('a/b?c#d')).toEqual({ kind: 'done', value: [] })
    expect(bank.received.at(-1)?.url).toBe(`${baseUrl}/v1/links/a%2Fb%3Fc%23d/methods`)
  })
})

describe('an answer that proves nothing', () => {
  it.each(flaws)('%s: %s', async (_what, code, flaw) => {
    bank.flaw = flaw
    bank.say = () => ({ status: 202, json: wirePayment })
    expect(await world.connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code })
    bank.say = () => problem(422, 'insufficient_funds')
    expect(await world.connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code })
  })

  it.each(harmless)('but this one does: %s', async (_what, flaw) => {
    bank.flaw = flaw
    bank.say = () => ({ status: 202, json: wirePayment })
    expect(await world.connection.submit(paymentRequest)).toMatchObject({ kind: 'done' })
    bank.say = () => problem(422, 'insufficient_funds')
    const refused = { kind: 'refused', code: 'insufficient_funds', reason: 'insufficient_funds' }
    expect(await world.connection.submit(paymentRequest)).toEqual(refused)
  })

  it('is also a genuine one that comes a second time', async () => {
    bank.say = () => ({ status: 202, json: wirePayment })
    bank.flaw = { plan: ({ params }) => ({ params: { ...params, nonce: 'the-same' } }) }
    expect(await world.connection.submit(paymentRequest)).toMatchObject({ kind: 'done' })
    expect(await world.connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code: 'answer_replayed' })
  })
})

describe('trouble on the way', () => {
  it('is unknown when nobody answers before the deadline', async () => {
    trouble = 'hangs'
    patienceMs = 100
    expect(await world.connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code: 'network.no_answer' })
    expect(await world.connection.query('ord_1')).toEqual({ kind: 'unknown', code: 'network.no_answer' })
    expect(world.sent.map(({ deadlineMs }) => deadlineMs)).toEqual([10_000, 10_000])
  })

  it('is unknown when the line breaks', async () => {
    trouble = 'hangs up'
    expect(await world.connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code: 'network.no_answer' })
  })

  it('is unknown when nobody is there, on a read too', async () => {
    await new Promise((resolve) => server.close(resolve))
    expect(await world.connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code: 'network.unreachable' })
    expect(await world.connection.profile()).toEqual({ kind: 'unknown', code: 'network.unreachable' })
  })

  it('leaves the payment to be found, and the key to be sent again', async () => {
    bank.flaw = { reply: () => ({ status: 502, headers: {}, body: Buffer.from('<html>bad gateway</html>') }) }
    expect(await world.connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code: 'answer_unsigned' })
    bank.flaw = {}
    const value = { bankRef: 'pay_1' }
    expect(await world.connection.submit(paymentRequest)).toMatchObject({ kind: 'pending', value })
    expect(await world.connection.query('ord_1')).toMatchObject({ kind: 'done', value })
    const names = bank.received.map(({ headers }) => headers['signature-input']?.match(/nonce="([^"]+)"/)?.[1])
    expect(new Set(names).size).toBe(3)
  })

  it('is unknown with a reason when our own signature is not taken', async () => {
    const other = openWorld({ baseUrl, http: fetchClient, settings: { signingKey: 'A'.repeat(43) } }, world.time, bank)
    expect(await other.connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code: 'signature_invalid' })
  })
})

describe('many at once', () => {
  it('fetch the keys of the bank once, however many calls wait for them', async () => {
    const calls = Array.from({ length: 100 }, (_each, index) => world.connection.query(`ord_${index + 10}`))
    expect(new Set((await Promise.all(calls)).map(({ kind }) => kind))).toEqual(new Set(['not_found']))
    expect(bank.jwksFetches).toBe(1)
  })

  it('fetch the keys once more when the bank begins to sign with a new one', async () => {
    await world.connection.query('ord_1')
    const next = makeBankKey('bank-2')
    bank.published = [bank.key, next]
    bank.key = next
    world.time.sec += 2
    const calls = Array.from({ length: 50 }, (_each, index) => world.connection.query(`ord_${index + 10}`))
    expect(new Set((await Promise.all(calls)).map(({ kind }) => kind))).toEqual(new Set(['not_found']))
    expect(bank.jwksFetches).toBe(2)
  })
})

/** The port as the hall makes it. */
const fetchClient: HttpClient = {
  async send({ method, url, headers, body, deadlineMs }) {
    const signal = AbortSignal.timeout(Math.min(deadlineMs, patienceMs))
    try {
      const sent = body === undefined ? {} : { body: Buffer.from(body) }
      const response = await fetch(url, { method, headers, signal, redirect: 'manual', ...sent })
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { status: response.status, headers: Object.fromEntries(response.headers), body: bytes }
    } catch (error) {
      throw faultLike(isRefusedConnection(error) ? 'network.unreachable' : 'network.no_answer')
    }
  },
}

/** A fault is recognised by its marker, so that two copies of the sdk understand one another. */
function faultLike(code: string): Error {
  return Object.assign(new Error(code), { marker: 'inthread.fault', code, data: {}, retryable: true })
}

function isRefusedConnection(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ECONNREFUSED'
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}
