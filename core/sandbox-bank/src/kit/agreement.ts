import { randomUUID } from 'node:crypto'
import type { BankUnderTest } from './bank-under-test.ts'
import { canonical, member, phones, sha256, textAt } from './purchase.ts'
import { until } from './street.ts'
import type { Json, Reply, TestClient, Wish } from './test-client.ts'

interface AgreementWish {
  readonly op: string
  /** As it came from the bank: amount, payee and terms are taken from it. */
  readonly quote?: Json
  readonly phone?: string
  /** Known already; made from the phone if left out. */
  readonly link?: string
  /** Minor units; left out: that of the quote, or nothing. */
  readonly amount?: string
  /** `none`, or the mask of the method; left out: the first one. */
  readonly payer?: string
  /** Changes of the payload. */
  readonly payload?: Json
}

interface Parties {
  readonly link: string
  readonly method: string
  readonly payee: unknown
}

/** What a customer of one client is asked and agrees to, whatever the operation. */
export class Agreement {
  readonly #world: BankUnderTest
  readonly #client: TestClient
  readonly phone: string
  readonly link: string
  readonly payload: Json
  readonly clientRef = `ref_${randomUUID()}`

  private constructor(world: BankUnderTest, client: TestClient, parts: Pick<Agreement, 'phone' | 'link' | 'payload'>) {
    this.#world = world
    this.#client = client
    this.phone = parts.phone
    this.link = parts.link
    this.payload = parts.payload
  }

  static async prepare(world: BankUnderTest, client: TestClient, wish: AgreementWish): Promise<Agreement> {
    const { phone = phones.usual } = wish
    const parties = await readParties(client, { ...wish, phone })
    const payload = buildPayload(world, client, { wish, parties })
    return new Agreement(world, client, { phone, link: parties.link, payload })
  }

  get digest(): string {
    return sha256(canonical(this.payload))
  }

  confirmationBody(): Json {
    const { clientRef, link, payload, digest } = this
    return { clientRef, link, payload, payloadSha256: digest, renderedSha256: sha256('shown') }
  }

  confirm(): Promise<Reply> {
    return this.#client.post('/v1/confirmations', this.confirmationBody())
  }

  /** Asks and answers; gives back the verified confirmation. */
  async verify(): Promise<Json> {
    const { body } = await this.confirm()
    const { body: shown } = await this.#world.control('GET', `/sandbox/codes?phone=${encodeURIComponent(this.phone)}`)
    const code = (shown['codes'] as Json[]).find((each) => each['confirmationId'] === body['id'])
    if (!code) throw new Error(`there is no code: ${JSON.stringify(body)}`)
    return (await this.#client.post(`/v1/confirmations/${textAt(body, 'id')}/answers`, { code: code['code'] })).body
  }

  commitBody(confirmation: Json, more: Json = {}): Json {
    const { clientRef, payload, digest, link } = this
    const { id: confirmationId, authorisation } = confirmation
    const { amount: value, currency, quote } = payload
    return {
      ...{ clientRef, confirmationId, authorisation, payloadSha256: digest },
      ...(value === '0' ? {} : { amount: { value, currency } }),
      payee: { id: member(payload, 'payee', 'id') },
      payer: { link, method: payload['payer'] },
      ...(quote === undefined ? {} : { quote }),
      ...more,
    }
  }

  /** Confirms and commits. */
  async commit(path: string, more: Json = {}, wish: Wish = {}): Promise<Reply> {
    return this.#client.post(path, this.commitBody(await this.verify(), more), wish)
  }
}

/** The link of a phone at this client. */
export async function linkOf(client: TestClient, phone: string): Promise<string> {
  return textAt((await client.post('/v1/links', { phone, userRef: `user-${phone.slice(-3)}` })).body, 'id')
}

/** Reads again and again until it is in this state. */
export function untilState(client: TestClient, path: string, state: string): Promise<Json> {
  return until(async () => {
    const { body } = await client.get(path)
    return body['state'] === state ? body : undefined
  }, `${path} to be ${state}`)
}

async function readParties(client: TestClient, wish: AgreementWish & { phone: string }): Promise<Parties> {
  const link = wish.link ?? (await linkOf(client, wish.phone))
  const methods = (await client.get(`/v1/links/${link}/methods`)).body['methods'] as Json[]
  const method = wish.payer === undefined ? methods[0] : methods.find(({ mask }) => mask === wish.payer)
  const payee = wish.quote?.['payee'] ?? (await client.get('/v1/capabilities')).body['payee']
  return { link, method: String(method?.['id'] ?? 'none'), payee }
}

function buildPayload(
  world: BankUnderTest,
  client: TestClient,
  { wish, parties }: { wish: AgreementWish; parties: Parties },
): Json {
  const { op, quote, payer } = wish
  const { id, name, account } = parties.payee as Record<string, string>
  const amount = wish.amount ?? member(quote ?? {}, 'amount', 'value') ?? '0'
  const payload = {
    ...{ v: 1, op, intent: `pi_${randomUUID()}`, bank: 'main', tenant: client.id, amount, currency: 'CNY' },
    ...{ payee: { id, name, account }, payer: payer === 'none' ? 'none' : parties.method, nonce: randomUUID() },
    expires: new Date(world.now() + 600_000).toISOString(),
    ...(quote ? { quote: quote['id'], terms: digestTerms(quote) } : {}),
    ...wish.payload,
  }
  return Object.fromEntries(Object.entries(payload).filter((entry) => entry[1] !== undefined))
}

/** The digest of what the customer agrees to, as the description of the API has it. */
export function digestTerms({ amount, payee, terms, credit }: Json): string {
  const agreed = Object.entries({ amount, payee, terms, credit }).filter((entry) => entry[1] !== undefined)
  return sha256(canonical(Object.fromEntries(agreed)))
}
