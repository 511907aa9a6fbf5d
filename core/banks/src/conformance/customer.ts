import { createHash } from 'node:crypto'
import type { BankCheckPorts } from '@inthread/sdk/bank'
import { canonicalJson } from '@inthread/sdk/json'
import { instantToIso } from '@inthread/sdk/time'
import { assertStatus, assertThat, listAt, memberAt, textAt } from './assert.ts'
import type { Courier, Reply } from './courier.ts'
import { Mismatch, skip } from './mismatch.ts'

export type Payload = Readonly<Record<string, unknown>>

/** A payload that the customer was asked about. */
export interface Asked {
  readonly phone: string
  readonly clientRef: string
  readonly link: string
  readonly payload: Payload
  readonly digest: string
  readonly confirmation: Readonly<Record<string, unknown>>
}

/** One that the customer has said yes to. */
export interface Verified extends Asked {
  readonly authorisation: string
}

const pollMs = 50
const patienceMs = 15_000
const standingMs = 120_000

/** The customer whose number is given: what a case needs before it can begin, made once where it can be used again. */
export class Customer {
  readonly #courier: Courier
  readonly #ports: BankCheckPorts
  readonly #links = new Map<string, string>()
  #standing: { readonly at: number; readonly verified: Verified } | undefined
  #paid: Promise<{ readonly verified: Verified; readonly first: Reply; readonly key: string }> | undefined

  constructor(courier: Courier, ports: BankCheckPorts) {
    this.#courier = courier
    this.#ports = ports
  }

  /** The link's id. */
  async link(phone = this.#ports.phone): Promise<string> {
    const known = this.#links.get(phone)
    if (known !== undefined) return known
    const reply = await this.#courier.post('/v1/links', { phone, userRef: userRefOf(phone) })
    assertStatus(reply, 200, 201)
    assertThat(reply.body['state'] === 'active', 'an active link of the test number', `state ${reply.body['state']}`)
    const id = textAt(reply.body, 'id')
    this.#links.set(phone, id)
    return id
  }

  async payload(link: string, changes: Payload = {}): Promise<Payload> {
    const methods = listAt((await this.#courier.get(`/v1/links/${link}/methods`)).body, 'methods')
    const capabilities = (await this.#courier.get('/v1/capabilities')).body
    const payee = memberAt(capabilities, 'payee')
    return {
      ...{ v: 1, op: 'payment', intent: this.#courier.newKey(), bank: 'main', tenant: textAt(capabilities, 'tenant') },
      ...{ amount: '1', currency: 'CNY', nonce: this.#courier.newKey() },
      payee: { id: textAt(payee, 'id'), name: textAt(payee, 'name'), account: textAt(payee, 'account') },
      payer: textAt(
        methods.find((method) => memberAt(method, 'canPay') === true),
        'id',
      ),
      expires: instantToIso(this.#ports.clock.now() + 900_000_000).replace(/\.\d+/, ''),
      ...changes,
    }
  }

  /** Asks the bank to ask the customer. A limit on codes is waited for. */
  async request(body: Readonly<Record<string, unknown>>): Promise<Reply> {
    for (let tries = 0; ; tries += 1) {
      const reply = await this.#courier.post('/v1/confirmations', body)
      if (reply.status !== 429 || tries === 2) return reply
      await this.passTime((Number(reply.headers['retry-after'] ?? 60) + 1) * 1000)
    }
  }

  confirmationBody(asked: Pick<Asked, 'clientRef' | 'link' | 'payload'>): Readonly<Record<string, unknown>> {
    const { clientRef, link, payload } = asked
    return { clientRef, link, payload, payloadSha256: digestOf(payload), renderedSha256: sha256('conformance') }
  }

  async ask(changes: Payload = {}, phone = this.#ports.phone): Promise<Asked> {
    const link = await this.link(phone)
    const payload = await this.payload(link, changes)
    const clientRef = this.#courier.newKey()
    const reply = await this.request(this.confirmationBody({ clientRef, link, payload }))
    assertStatus(reply, 201)
    return { phone, clientRef, link, payload, digest: digestOf(payload), confirmation: reply.body }
  }

  /** The code that the customer got. Skips the case where nobody can read it. */
  async readCode(phone: string): Promise<string> {
    const { readCode } = this.#ports
    if (!readCode) skip('needs the one-time code of the test number, and nothing was given that reads it')
    return this.until(() => readCode(phone), 'a one-time code for the test number')
  }

  async verify(changes: Payload = {}, phone = this.#ports.phone): Promise<Verified> {
    if (!this.#ports.readCode) await this.readCode(phone)
    const asked = await this.ask(changes, phone)
    const reply = await this.answer(asked, await this.readCode(phone))
    assertStatus(reply, 200)
    assertThat(reply.body['state'] === 'verified', 'state verified', `state ${reply.body['state']}`)
    return { ...asked, authorisation: textAt(reply.body, 'authorisation') }
  }

  answer(asked: Asked, code: string): Promise<Reply> {
    return this.#courier.post(`/v1/confirmations/${textAt(asked.confirmation, 'id')}/answers`, { code })
  }

  /** A verified confirmation for cases that have to be refused: it is used by none of them. */
  async standing(): Promise<Verified> {
    const now = this.#ports.clock.now() / 1000
    if (this.#standing && now - this.#standing.at < standingMs) return this.#standing.verified
    const verified = await this.verify()
    this.#standing = { at: this.#ports.clock.now() / 1000, verified }
    return verified
  }

  paymentBody(verified: Verified, changes: Payload = {}): Readonly<Record<string, unknown>> {
    const { clientRef, confirmation, authorisation, digest, payload, link } = verified
    return {
      ...{ clientRef, confirmationId: confirmation['id'], authorisation, payloadSha256: digest },
      amount: { value: payload['amount'], currency: payload['currency'] },
      payee: { id: memberAt(payload, 'payee', 'id') },
      payer: { link, method: payload['payer'] },
      description: 'conformance',
      ...changes,
    }
  }

  /** One payment of three minor units, made once for all cases that only look at it. */
  paid(): Promise<{ readonly verified: Verified; readonly first: Reply; readonly key: string }> {
    return (this.#paid ??= this.#pay())
  }

  async #pay(): Promise<{ readonly verified: Verified; readonly first: Reply; readonly key: string }> {
    const verified = await this.verify({ amount: '3' })
    const key = this.#courier.newKey()
    const body = this.paymentBody(verified)
    const first = await this.#courier.send({ method: 'POST', path: '/v1/payments', key, body })
    return { verified, first, key }
  }

  /** The payment once it has ended. */
  settled(id: string): Promise<Reply> {
    return this.until(async () => {
      const reply = await this.#courier.get(`/v1/payments/${id}`)
      assertStatus(reply, 200)
      return reply.body['state'] === 'processing' ? undefined : reply
    }, 'a payment that ends')
  }

  passTime(durationMs: number): Promise<void> {
    return this.#ports.advance ? this.#ports.advance(durationMs) : this.#ports.pause(durationMs)
  }

  async until<T>(find: () => Promise<T | undefined>, what: string): Promise<T> {
    for (let waitedMs = 0; waitedMs <= patienceMs; waitedMs += pollMs) {
      const found = await find()
      if (found !== undefined) return found
      await this.#ports.pause(pollMs)
    }
    throw new Mismatch(what, `none within ${patienceMs / 1000} s`)
  }
}

export function digestOf(payload: Payload): string {
  return sha256(canonicalJson(payload))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function userRefOf(phone: string): string {
  return `conformance-${sha256(phone).slice(0, 16)}`
}
