import { Agreement, linkOf } from './agreement.ts'
import { Applicant } from './applicant.ts'
import type { BankUnderTest } from './bank-under-test.ts'
import { phones, textAt } from './purchase.ts'
import { newKey, type Json, type Reply, type TestClient } from './test-client.ts'

/** Something to commit to: where it is sent, and how the customer comes to agree. */
export interface ProductDeal {
  readonly address: string
  readonly make: () => Promise<Agreement>
  /** Members of its own. */
  readonly more?: Json
  /** The account that pays, where one does. */
  readonly account?: string
}

/** Meets every refusal that a kind of route has, before it meets its answer. */
export class ProductDesk {
  readonly #world: BankUnderTest
  readonly #client: TestClient
  readonly applicant: Applicant

  private constructor(world: BankUnderTest, client: TestClient, applicant: Applicant) {
    this.#world = world
    this.#client = client
    this.applicant = applicant
  }

  static async open(world: BankUnderTest, client: TestClient, phone: string): Promise<ProductDesk> {
    return new ProductDesk(world, client, await Applicant.prepare(world, client, phone))
  }

  get link(): string {
    return this.applicant.link
  }

  agree(op: string, quote: unknown, payer?: string): Promise<Agreement> {
    const wish = { op, phone: this.applicant.phone, quote: quote as Json }
    return Agreement.prepare(this.#world, this.#client, { ...wish, ...(payer === undefined ? {} : { payer }) })
  }

  async commit({ address, make, more = {}, account }: ProductDeal): Promise<Json> {
    const first = await make()
    const body = first.commitBody(await first.verify(), more)
    for (const change of wrongCommits(first.link)) await this.#client.post(address, { ...body, ...change })
    await this.#world.fault('decline', { path: address })
    await this.#client.post(address, body)
    await this.#client.post(address, { ...body, clientRef: newKey() })
    const late = await make()
    const old = await late.verify()
    await this.#world.advance('PT5M1S')
    await this.#client.post(address, late.commitBody(old, more))
    if (account !== undefined) await this.#provokeRefusals({ address, make, more, account })
    const reply = await (await make()).commit(address, more)
    if (reply.status !== 202) throw new Error(`${address} was refused: ${reply.text}`)
    return reply.body
  }

  async #provokeRefusals({ address, make, more = {}, account = '' }: ProductDeal): Promise<void> {
    const frozen = await make()
    const asked = await frozen.verify()
    await this.#world.control('PUT', `/sandbox/accounts/${account}`, { state: 'frozen' })
    await this.#client.post(address, frozen.commitBody(asked, more))
    await this.#world.control('PUT', `/sandbox/accounts/${account}`, { state: 'open' })
    const poor = await make()
    const confirmed = await poor.verify()
    const had = await this.take(account)
    await this.#client.post(address, poor.commitBody(confirmed, more))
    await this.give(account, had)
  }

  /** All that an account can give; for a card, its whole line. */
  async take(id: string): Promise<bigint> {
    const { body } = await this.#world.control('GET', '/sandbox/ledger')
    const account = (body['accounts'] as Json[]).find((each) => each['id'] === id) ?? {}
    const line = account['kind'] === 'card' ? 800_000n : 0n
    const free = BigInt(String(account['balanceMinor'])) - BigInt(String(account['heldMinor'])) + line
    await this.give(id, -free)
    return free
  }

  async give(id: string, amount: bigint): Promise<void> {
    await this.#world.control('POST', `/sandbox/accounts/${id}/deposits`, { amount: amount.toString() })
  }

  /** An opening: for no link, for nobody's link, with each mistake, under a reference that is taken; then well. */
  async open(path: string, good: Json, wrong: readonly Json[] = []): Promise<Json> {
    const body = { link: this.link, clientRef: newKey(), ...good }
    const nobody = await linkOf(this.#client, phones.unknown)
    for (const change of [{ link: 'lnk_none' }, { link: nobody }, ...wrong])
      await this.#client.post(path, { ...body, ...change })
    const { body: made, status, text } = await this.#client.post(path, body)
    if (status !== 201) throw new Error(`${path} was refused: ${text}`)
    await this.#client.post(path, body)
    return made
  }

  /** By id and by reference or link, there and not there, and asked for nothing. */
  async read(path: string, made: Json): Promise<void> {
    const name = made['clientRef'] === undefined ? `link=${this.link}` : `clientRef=${String(made['clientRef'])}`
    const addresses = [
      `${path}/${textAt(made, 'id')}`,
      `${path}/none`,
      `${path}?${name}`,
      `${path}?clientRef=none`,
      path,
    ]
    for (const address of addresses) await this.#client.get(address)
  }

  /** What may be done with something once; the second time it is too late, and with nothing it cannot be done. */
  async act(path: string, id: string, body: Json = {}): Promise<Reply> {
    const [, ...rest] = path.split('{id}')
    const at = (name: string): string => path.replace('{id}', name)
    if (rest.length !== 1) throw new Error(`${path} has one id`)
    await this.#client.post(at('none'), body)
    return this.#client.post(at(id), body)
  }

  happen(id: unknown, event: string): Promise<unknown> {
    return this.#world.control('POST', `/sandbox/deeds/${String(id)}/events`, { event })
  }
}

function wrongCommits(link: string): Json[] {
  return [
    { confirmationId: 'cnf_none' },
    { authorisation: 'aut_none' },
    { payloadSha256: '0'.repeat(64) },
    { payee: { id: 'none' } },
    { payer: { link, method: 'acc_none' } },
    { amount: { value: '1.5', currency: 'CNY' } },
    { amount: { value: '1', currency: 'cny' } },
  ]
}

export const cny = (value: string): Json => ({ value, currency: 'CNY' })
export const usd = { value: '100000', currency: 'USD' }
export const notAnAmount = { value: '1.5', currency: 'CNY' }
