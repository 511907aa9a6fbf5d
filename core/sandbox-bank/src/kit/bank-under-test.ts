import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startBank, type BankOptions, type RunningBank } from '../index.ts'
import { Conformance, type ApiDocument } from './conformance.ts'
import { openStreet, type Street } from './street.ts'
import { TestClient, type Json } from './test-client.ts'

/** A running bank with everybody around it, in a folder of its own. */
export class BankUnderTest {
  readonly street: Street
  readonly home: string
  bank: RunningBank
  conformance: Conformance
  #offsetMs = 0
  readonly #options: Partial<BankOptions>

  private constructor(parts: {
    street: Street
    home: string
    bank: RunningBank
    document: ApiDocument
    options: Partial<BankOptions>
  }) {
    this.street = parts.street
    this.home = parts.home
    this.bank = parts.bank
    this.conformance = new Conformance(parts.document)
    this.#options = parts.options
  }

  static async open(options: Partial<BankOptions> = {}): Promise<BankUnderTest> {
    const street = await openStreet()
    const home = mkdtempSync(join(tmpdir(), 'bank-'))
    const all = { ...buildOptions(street, home), ...options }
    const bank = await startBank(all)
    return new BankUnderTest({ street, home, bank, document: await readDocument(bank.url), options })
  }

  /** Business time of the bank. */
  now(): number {
    return Date.now() + this.#offsetMs
  }

  /** A client whose key stands on the street; registered with a webhook unless told otherwise. */
  async client(id: string, options: { registered?: boolean; webhook?: boolean } = {}): Promise<TestClient> {
    const client = new TestClient(id, { url: this.bank.url, conformance: this.conformance, now: () => this.now() })
    this.street.keys.set(id, client.key.publicJwk)
    if (options.registered === false) return client
    const webhookUrl = options.webhook === false ? {} : { webhookUrl: `${this.street.url}/hooks/${id}` }
    await this.control('PUT', `/sandbox/clients/${id}`, {
      jwksUrl: `${this.street.url}/.well-known/jwks.json`,
      ...webhookUrl,
    })
    return client
  }

  async control(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
    const content =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(this.bank.url + path, { method, ...content })
    const text = await response.text()
    const answer = { status: response.status, body: text === '' ? {} : JSON.parse(text) }
    this.conformance.assert({ method, path, headers: response.headers, ...answer })
    return answer
  }

  async fault(
    kind: string,
    match: { method?: string; path: string },
    more: { times?: number; delayMs?: number } = {},
  ): Promise<void> {
    await this.control('POST', '/sandbox/faults', { match, do: kind, ...more })
  }

  async advance(by: string | number): Promise<void> {
    const { body } = await this.control('POST', '/v1/simulations/clock', { advance: by })
    this.#offsetMs = Number(body['offsetMs'])
  }

  /** Closes the bank and opens it again on the same folder and port. */
  async restart(): Promise<void> {
    const { port } = this.bank
    await this.bank.close()
    // Connections that the closed bank has ended must not be taken for good ones.
    await sleep(50)
    this.bank = await startBank({ ...buildOptions(this.street, this.home), ...this.#options, port })
  }

  async close(): Promise<void> {
    await this.bank.close()
    await this.street.close()
    rmSync(this.home, { recursive: true, force: true })
  }
}

function buildOptions(street: Street, home: string): BankOptions {
  return { home, platformUrl: street.url, operatorUrl: street.url, terms: { settleDelayMs: 20 } }
}

async function readDocument(url: string): Promise<ApiDocument> {
  const response = await fetch(`${url}/openapi.json`)
  return (await response.json()) as ApiDocument
}
