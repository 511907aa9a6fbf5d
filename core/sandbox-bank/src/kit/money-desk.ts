import { Agreement, linkOf } from './agreement.ts'
import type { BankUnderTest } from './bank-under-test.ts'
import { member, phones, textAt } from './purchase.ts'
import { newKey, type Json, type Reply, type TestClient } from './test-client.ts'

export const rich = '+8613800000007'

/** Who agrees to how much; the rich customer and one yuan if left out, by the first method. */
export interface Deal {
  readonly phone?: string
  readonly amount?: string
  /** Mask of the method. */
  readonly payer?: string
}

/** One customer at one client, asking for everything that is sold. */
export class MoneyDesk {
  readonly world: BankUnderTest
  readonly client: TestClient

  constructor(world: BankUnderTest, client: TestClient) {
    this.world = world
    this.client = client
  }

  /** What can be committed to, by its collection. */
  readonly deals: Readonly<Record<string, (deal?: Deal) => Promise<Agreement>>> = {
    '/v1/transfers': (deal) => this.#agree('transfer', deal, (link) => this.lookUp(link, '+8613900000000')),
    '/v1/bill-payments': (deal) => this.#agree('bill-payment', deal, (link) => this.#bill(link, deal?.amount)),
    '/v1/top-ups': (deal) =>
      this.#agree('top-up', deal, (link) =>
        this.client.post('/v1/top-ups/quotes', { link, phone: somebody(), amount: money(deal?.amount ?? '1000') }),
      ),
    '/v1/groups': (deal) => this.#agree('group-payment', deal, (link) => this.#group(link, deal?.amount ?? '100')),
    // Before the wallets: their refusals empty the accounts.
    '/v1/escrows': (deal) => this.#agree('escrow', deal, (link) => this.keep(link, deal?.amount)),
    '/v1/wallets': (deal) => this.#agree('wallet-opening', { ...deal, payer: 'none' }),
    '/v1/wallet-loads': (deal) => this.#agree('wallet-load', deal, (link) => this.move(link, 'load', deal?.amount)),
    '/v1/wallet-payments': (deal) =>
      this.#agree('wallet-payment', { payer: '****', ...deal }, (link) => this.move(link, 'payment', deal?.amount)),
    '/v1/wallet-unloads': (deal) =>
      this.#agree('wallet-unload', { payer: '****', ...deal }, (link) => this.move(link, 'unload', deal?.amount)),
  }

  /** A quote of money that the bank keeps for something second-hand. */
  keep(link: string, amount = '1000'): Promise<Reply> {
    return this.client.post('/v1/escrow-quotes', { link, item: 'lens', amount: money(amount) })
  }

  get(path: string, deal?: Deal): Promise<Agreement> {
    const make = this.deals[path]
    if (!make) throw new Error(`nobody sells ${path}`)
    return make(deal)
  }

  /** Opened, and loaded from the first method. */
  async openWallet(phone: string, loaded: string): Promise<Json> {
    const { body } = await (await this.get('/v1/wallets', { phone })).commit('/v1/wallets')
    const load = await this.get('/v1/wallet-loads', { phone, amount: loaded })
    await load.commit('/v1/wallet-loads')
    return body
  }

  lookUp(link: string, phone: string): Promise<Reply> {
    return this.client.post('/v1/payees/lookups', { link, phone })
  }

  move(link: string, direction: string, amount = '100'): Promise<Reply> {
    return this.client.post('/v1/wallet-quotes', { link, direction, amount: money(amount) })
  }

  /** A settled payment's id. */
  async buy(phone: string, amount: string): Promise<string> {
    const { body } = await (await this.#agree('payment', { phone, amount })).commit('/v1/payments')
    await this.world.advance('PT61S')
    return textAt(body, 'id')
  }

  async setAccount(phone: string, mask: string, state: 'open' | 'frozen'): Promise<void> {
    const { body } = await this.client.get(`/v1/links/${await linkOf(this.client, phone)}/methods`)
    const account = (body['methods'] as Json[]).find((method) => fits(mask, method))
    await this.world.control('PUT', `/sandbox/accounts/${String(account?.['id'])}`, { state })
  }

  async #agree(op: string, deal: Deal = {}, ask?: (link: string) => Promise<Reply>): Promise<Agreement> {
    const { phone = rich, amount } = deal
    const link = await linkOf(this.client, phone)
    const { body } = await this.client.get(`/v1/links/${link}/methods`)
    const chosen = (body['methods'] as Json[]).find((method) => fits(deal.payer ?? '', method))
    const payer = deal.payer === 'none' ? 'none' : String(chosen?.['mask'])
    const quote = ask && (await ask(link)).body
    const fixed = quote === undefined ? amount : (member(quote, 'amount', 'value') ?? amount ?? '100')
    return Agreement.prepare(this.world, this.client, {
      ...{ op, phone, payer },
      ...(quote ? { quote } : {}),
      ...(fixed === undefined ? {} : { amount: String(fixed) }),
    })
  }

  async #bill(link: string, amount: string | undefined): Promise<Reply> {
    if (amount !== undefined) await this.world.control('PUT', '/sandbox/moods/biller:gas:amount', { mood: amount })
    const account = String(1_000_000 + (counter += 1)).slice(0, 7)
    const query = await this.client.post('/v1/bills/queries', { link, biller: 'gas', account: `${account}1` })
    return { ...query, body: member(query.body, 'bills', 0) as Json }
  }

  async #group(link: string, amount: string): Promise<Reply> {
    const id = textAt((await this.client.get('/v1/capabilities')).body, 'payee', 'id')
    return this.client.post('/v1/groups/quotes', { link, members: [{ payee: { id }, amount: money(amount) }] })
  }
}

let counter = 0

/** A number that was not topped up before. */
function somebody(): string {
  counter += 1
  return `+86137${String(10_000_000 + counter)}`
}

/** `****` stands for the wallet, whatever its digits. */
function fits(mask: string, method: Json): boolean {
  return mask === '' || method['mask'] === mask || (mask === '****' && method['kind'] === 'wallet')
}

export function money(value: string): Json {
  return { value, currency: 'CNY' }
}

/** What a campaign is opened with. */
export function campaignBody(more: Json = {}): Json {
  const name = { 'zh-CN': '红包', en: 'Envelope' }
  return { clientRef: newKey(), name, total: money('10'), count: 2, split: 'equal', ...more }
}

export const nobody = phones.unknown
