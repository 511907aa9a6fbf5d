import {
  createCipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomUUID,
  type JsonWebKey,
} from 'node:crypto'
import { Agreement, linkOf } from './agreement.ts'
import type { BankUnderTest } from './bank-under-test.ts'
import { member, sha256, textAt } from './purchase.ts'
import type { Json, Reply, TestClient } from './test-client.ts'

const people: Readonly<Record<string, { name: string; idNumber: string }>> = {
  '+8613800000001': { name: '林晓雨', idNumber: '110101199104120014' },
  '+8613800000002': { name: '陈建国', idNumber: '110101196811030014' },
  '+8613800000007': { name: '周启明', idNumber: '110101197305200011' },
  '+8613800000004': { name: '欧阳明月', idNumber: '110101198507290013' },
}

/** Somebody who wants a loan or a card, step by step. */
export class Applicant {
  readonly #world: BankUnderTest
  readonly #client: TestClient
  readonly phone: string
  readonly link: string

  private constructor(world: BankUnderTest, client: TestClient, who: { phone: string; link: string }) {
    this.#world = world
    this.#client = client
    this.phone = who.phone
    this.link = who.link
  }

  static async prepare(world: BankUnderTest, client: TestClient, phone: string): Promise<Applicant> {
    return new Applicant(world, client, { phone, link: await linkOf(client, phone) })
  }

  async consent(purpose: string): Promise<string> {
    const { body } = await this.#client.get('/v1/capabilities')
    const words = (body['consents'] as Json[]).find((consent) => consent['purpose'] === purpose) ?? {}
    const textSha256 = sha256(textAt(words, 'text', 'zh-CN'))
    const textVersion = words['version']
    const wish = { link: this.link, clientRef: `cns-${randomUUID()}`, purpose, textVersion, textSha256 }
    return textAt((await this.#client.post('/v1/consents', wish)).body, 'id')
  }

  async apply(
    wish: { type: string; product: string; amount?: string; use?: string },
    consents?: string[],
  ): Promise<Reply> {
    const { amount, ...rest } = wish
    return this.#client.post('/v1/applications', {
      ...{ link: this.link, clientRef: `app-${randomUUID()}`, ...rest },
      ...(amount === undefined ? {} : { amount: { value: amount, currency: 'CNY' } }),
      consents: consents ?? [await this.consent('personal-data')],
    })
  }

  /** The name in clear, the identity number for the bank alone. */
  async fillIn(path: string, change: Json = {}): Promise<Reply> {
    const { name = '', idNumber = '' } = people[this.phone] ?? {}
    const keys = (await (await fetch(`${this.#world.bank.url}/.well-known/jwks.json`)).json()) as { keys: JsonWebKey[] }
    const key = keys.keys.find(({ use }) => use === 'enc')
    if (!key) throw new Error('the bank has no key to encrypt for')
    const fields = { name, idNumber: encrypt(key, idNumber), ...change }
    const { headers } = await this.#client.get(path)
    const ifMatch = { 'if-match': headers.get('etag') ?? '' }
    return this.#client.send('PATCH', path, { body: { fields }, key: randomUUID(), headers: ifMatch })
  }

  async submit(path: string, application: Json, purpose = 'credit-query'): Promise<Reply> {
    const quote = member(application, 'authorisation') as Json
    const consent = await this.consent(purpose)
    const wish = { op: 'credit-authorisation', phone: this.phone, quote, payer: 'none' }
    const agreement = await Agreement.prepare(this.#world, this.#client, wish)
    return agreement.commit(`${path}/submit`, { consent })
  }

  /** All of it up to the review; gives back the address of the application. */
  async underReview(wish: { type: string; product: string; amount?: string }): Promise<string> {
    const path = `/v1/applications/${textAt((await this.apply(wish)).body, 'id')}`
    await this.submit(path, (await this.fillIn(path)).body)
    return path
  }

  /** All of it up to the offer, which is given back. */
  async offered(wish: { type: string; product: string; amount?: string }): Promise<Json> {
    const path = await this.underReview(wish)
    await this.#world.control('POST', `/sandbox/deeds/${path.split('/').at(-1) ?? ''}/events`, { event: 'approve' })
    const { body } = await this.#client.get(path)
    return (await this.#client.get(`/v1/offers/${textAt(body, 'offer')}`)).body
  }
}

/** A compact JWE by ECDH-ES and A256GCM, as RFC 7516 and RFC 7518 describe it. */
export function encrypt(key: JsonWebKey, text: string): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const head = Buffer.from(JSON.stringify({ alg: 'ECDH-ES', enc: 'A256GCM', epk: publicKey.export({ format: 'jwk' }) }))
  const shared = diffieHellman({ privateKey, publicKey: createPublicKey({ key, format: 'jwk' }) })
  const info = Buffer.from('\0\0\0\x07A256GCM\0\0\0\0\0\0\0\0\0\0\x01\0', 'latin1')
  const secret = createHash('sha256')
    .update(Buffer.from([0, 0, 0, 1]))
    .update(shared)
    .update(info)
    .digest()
  const cipher = createCipheriv('aes-256-gcm', secret, Buffer.alloc(12, 7))
  cipher.setAAD(Buffer.from(head.toString('base64url')))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const parts = [head, Buffer.alloc(0), Buffer.alloc(12, 7), body, cipher.getAuthTag()]
  return parts.map((part) => part.toString('base64url')).join('.')
}
