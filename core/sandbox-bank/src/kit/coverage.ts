import type { BankUnderTest } from './bank-under-test.ts'
import { makeClientKey } from './message-signature.ts'
import { member } from './purchase.ts'
import { until } from './street.ts'
import { newKey, type Json, type Reply, type TestClient } from './test-client.ts'

/** Paths whose answers are all provoked by one test file, by how they begin. What is in no list is in `core`. */
const areas = {
  money: [
    '/v1/quotes',
    '/v1/refunds',
    '/v1/accounts',
    '/v1/payees',
    '/v1/transfers',
    '/v1/billers',
    '/v1/bills',
    '/v1/bill-payments',
    '/v1/top-ups',
    '/v1/points',
    '/v1/groups',
    '/v1/group-refunds',
    '/v1/campaigns',
    '/v1/claims',
    '/v1/wallets',
    '/v1/wallet-quotes',
    '/v1/wallet-loads',
    '/v1/wallet-payments',
    '/v1/wallet-unloads',
    '/v1/escrow-quotes',
    '/v1/escrows',
    '/v1/transaction-notices',
    '/v1/links/{id}/default',
    '/v1/links/{id}/cards',
    '/v1/payments/{id}/refunds',
    '/v1/payments/{id}/cancel',
    '/v1/payments/{id}/captures',
  ],
  products: [
    '/v1/loan-prechecks',
    '/v1/loan-quotes',
    '/v1/consents',
    '/v1/number-checks',
    '/v1/applications',
    '/v1/credit-authorisations',
    '/v1/drawdowns',
    '/v1/loans',
    '/v1/loan-repayments',
    '/v1/loan-refunds',
    '/v1/cards',
    '/v1/card-activations',
    '/v1/card-bills',
    '/v1/card-repayments',
    '/v1/gifts',
    '/v1/instalment-offers',
    '/v1/instalment-plans',
    '/v1/instalment-refunds',
    '/v1/wealth',
    '/v1/branches',
    '/v1/statements',
    '/v1/policies',
    '/v1/insurance-claims',
    '/v1/slot-holds',
    '/v1/appointments',
    '/v1/offers',
    '/v1/prices',
    '/v1/price-alerts',
  ],
} as const satisfies Record<string, readonly string[]>

/** Slow answers that are waited for at once. */
const together = 8

type Area = keyof typeof areas | 'core'

/** A good request for an operation. */
export interface Sample {
  readonly method: string
  readonly path: string
  readonly body?: Json
}

/** Sends good requests in all the ways that any request can go wrong. */
export class Prober {
  readonly #world: BankUnderTest
  readonly #client: TestClient

  constructor(world: BankUnderTest, client: TestClient) {
    this.#world = world
    this.#client = client
  }

  async provokeAll(samples: readonly Sample[]): Promise<void> {
    for (const sample of samples) await this.#provokeAnywhere(sample)
    const acting = samples.filter(({ method }) => method !== 'GET' && method !== 'DELETE')
    for (const sample of acting) await this.#provokeActing(sample)
    // Each of these waits for a slow answer: some at a time.
    for (let index = 0; index < acting.length; index += together)
      await Promise.all(acting.slice(index, index + together).map((sample) => this.#provokeRunning(sample)))
  }

  /** What any request may meet. */
  async #provokeAnywhere(sample: Sample): Promise<void> {
    await this.send(sample, { signing: { privateKey: makeClientKey().privateKey } })
    await this.send(sample, { signing: { created: 1 } })
    await this.send(sample, { headers: { authorization: 'Bearer of-nobody' } })
    const nonce = newKey()
    await this.send(sample, { signing: { nonce } })
    await this.send(sample, { signing: { nonce } })
    await this.#world.fault('500-after', { method: sample.method, path: sample.path.split('?')[0] ?? '' })
    await this.send(sample)
  }

  /** What any request that acts may meet. */
  async #provokeActing(sample: Sample): Promise<void> {
    const { method, path } = sample
    await this.send(sample, { sent: { body: '{ }' } })
    await this.#client.send(method, path, { body: sample.body })
    await this.#client.send(method, path, { body: [], key: newKey() })
    await this.send({ ...sample, body: { ...sample.body, padding: 'x'.repeat(66_000) } })
  }

  /** What a request may meet whose key is being worked on. */
  async #provokeRunning(sample: Sample): Promise<void> {
    const { method, path } = sample
    const key = newKey()
    await this.#world.fault('slow', { method, path }, { delayMs: 400 })
    const first = this.send(sample, { key })
    // Once its fault is taken, the first one is being worked on; the others come while it is.
    await until(async () => !(await this.#hasFault(path)), 'the first request')
    await this.send(sample, { key })
    await this.send({ ...sample, body: { ...sample.body, other: true } }, { key })
    await first
  }

  async #hasFault(path: string): Promise<boolean> {
    const { body } = await this.#world.control('GET', '/sandbox/faults')
    return (body['faults'] as Json[]).some((fault) => member(fault, 'match', 'path') === path)
  }

  send(sample: Sample, wish: object = {}): Promise<Reply> {
    const key = sample.body ? { key: newKey() } : {}
    return this.#client.send(sample.method, sample.path, { body: sample.body, ...key, ...wish })
  }
}

/** What every request may meet, or every one that acts: shown once, by the routes of the core. */
const always = /(signature_invalid|token_expired|clock_skew|nonce_replayed|internal)$/
const acting =
  /^(POST|PATCH) .* (malformed|missing_idempotency_key|digest_mismatch|too_large|still_running|key_reused)$/

/** Coverage without that. */
export function listOwnCoverage(world: BankUnderTest, area: Area): { documented: string[]; seen: string[] } {
  const isOwn = (name: string): boolean => !always.test(name) && !acting.test(name)
  const { documented, seen } = listCoverage(world, area)
  return { documented: documented.filter(isOwn), seen: seen.filter(isOwn) }
}

/** `METHOD template status code` of everything the document promises in this area, and of what was seen of it. */
export function listCoverage(world: BankUnderTest, area: Area): { documented: string[]; seen: string[] } {
  const { document, seen } = world.conformance
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { responses }]) =>
      Object.entries(responses).flatMap(([status, { content }]) => {
        const name = `${method.toUpperCase()} ${path} ${status}`
        const codes = findCodes(content?.['application/problem+json']?.schema)
        return codes.length === 0 ? [name] : codes.map((code) => `${name} ${code}`)
      }),
    ),
  )
  const isHere = (name: string): boolean => areaOf(name.split(' ')[1] ?? '') === area
  return { documented: documented.filter(isHere).toSorted(), seen: [...seen].filter(isHere).toSorted() }
}

function areaOf(path: string): Area {
  const begins = (prefixes: readonly string[]): boolean =>
    prefixes.some((prefix) => path === prefix || path.startsWith(`${prefix}/`))
  if (begins(areas.money)) return 'money'
  return begins(areas.products) ? 'products' : 'core'
}

function findCodes(schema: object | undefined): string[] {
  if (!schema || !('properties' in schema)) return []
  const { code } = schema.properties as { code?: { enum?: string[] } }
  return code?.enum ?? []
}
