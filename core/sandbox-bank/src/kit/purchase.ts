import { createHash, randomUUID } from 'node:crypto'
import type { BankUnderTest } from './bank-under-test.ts'
import { until } from './street.ts'
import type { Json, Reply, TestClient, Wish } from './test-client.ts'

export const phones = {
  usual: '+8613800000001',
  poor: '+8613800000002',
  unknown: '+8613800000003',
  twoAccounts: '+8613800000004',
  recycled: '+8613800000005',
  minor: '+8613800000006',
}

/** Canonical JSON for what holds no fractions, by hand. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function member(json: Json, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    json,
  )
}

export function textAt(json: Json, ...path: (string | number)[]): string {
  const value = member(json, ...path)
  if (typeof value !== 'string') throw new Error(`expected text at ${path.join('.')}`)
  return value
}

/** One customer's purchase at one client, step by step. */
export class Purchase {
  readonly #world: BankUnderTest
  readonly #client: TestClient
  readonly clientRef: string
  readonly payload: Record<string, unknown>
  readonly link: string
  readonly phone: string

  private constructor(
    world: BankUnderTest,
    client: TestClient,
    parts: Pick<Purchase, 'payload' | 'link' | 'phone' | 'clientRef'>,
  ) {
    this.#world = world
    this.#client = client
    this.phone = parts.phone
    this.payload = parts.payload
    this.link = parts.link
    this.clientRef = parts.clientRef
  }

  static async prepare(
    world: BankUnderTest,
    client: TestClient,
    wish: { phone?: string; amount?: string } = {},
  ): Promise<Purchase> {
    const phone = wish.phone ?? phones.usual
    const link = textAt((await client.post('/v1/links', { phone, userRef: `user-${phone.slice(-3)}` })).body, 'id')
    const payer = textAt((await client.get(`/v1/links/${link}/methods`)).body, 'methods', 0, 'id')
    const { id, name, account } = member((await client.get('/v1/capabilities')).body, 'payee') as Record<string, string>
    const intent = `pi_${randomUUID()}`
    const payload = {
      ...{
        v: 1,
        op: 'payment',
        intent,
        bank: 'main',
        tenant: client.id,
        amount: wish.amount ?? '55350',
        currency: 'CNY',
      },
      ...{ payee: { id, name, account }, payer, nonce: randomUUID() },
      expires: new Date(world.now() + 600_000).toISOString(),
    }
    return new Purchase(world, client, { payload, link, phone, clientRef: intent })
  }

  get digest(): string {
    return sha256(canonical(this.payload))
  }

  confirmationBody(): Json {
    const { clientRef, link, payload, digest } = this
    return { clientRef, link, payload, payloadSha256: digest, renderedSha256: sha256('shown') }
  }

  confirm(wish: Wish = {}): Promise<Reply> {
    return this.#client.post('/v1/confirmations', this.confirmationBody(), wish)
  }

  /** The code that came to the phone for this confirmation. */
  async readCode(confirmation: Json): Promise<string> {
    const phone = encodeURIComponent(this.phone)
    return until(async () => {
      const { body } = await this.#world.control('GET', `/sandbox/codes?phone=${phone}`)
      const codes = member(body, 'codes') as Json[]
      return codes.find((code) => code['confirmationId'] === confirmation['id'])?.['code'] as string | undefined
    }, 'a code')
  }

  answer(confirmation: Json, code: string, wish: Wish = {}): Promise<Reply> {
    return this.#client.post(`/v1/confirmations/${String(confirmation['id'])}/answers`, { code }, wish)
  }

  /** Asks and answers; gives back the verified confirmation. */
  async verify(): Promise<Json> {
    const { body } = await this.confirm()
    return (await this.answer(body, await this.readCode(body))).body
  }

  paymentBody(confirmation: Json): Json {
    const { clientRef, payload, digest, link } = this
    return {
      ...{
        clientRef,
        confirmationId: confirmation['id'],
        authorisation: confirmation['authorisation'],
        payloadSha256: digest,
      },
      amount: { value: payload['amount'], currency: payload['currency'] },
      payee: { id: member(payload, 'payee', 'id') },
      payer: { link, method: payload['payer'] },
    }
  }

  pay(confirmation: Json, wish: Wish = {}): Promise<Reply> {
    return this.#client.post('/v1/payments', this.paymentBody(confirmation), wish)
  }

  /** Waits until the payment has ended. */
  settled(payment: Json): Promise<Json> {
    return until(async () => {
      const { body } = await this.#client.get(`/v1/payments/${String(payment['id'])}`)
      return body['state'] === 'processing' ? undefined : body
    }, 'the end of the payment')
  }
}
