import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Surroundings } from '../app/surroundings.ts'

const freshMs = 20 * 60_000
const pauseMs = 1_000
const timeoutMs = 3_000
const largestSetBytes = 64 * 1024

interface KeySet {
  readonly keys: ReadonlyMap<string, KeyObject>
  /** When the keys were read, and when we last tried to. */
  readonly fetchedAt: number
  readonly triedAt: number
}

/** Public keys of clients, read from their JWKS addresses and kept for at most twenty minutes. */
export class ClientKeys {
  readonly #surroundings: Surroundings
  readonly #sets = new Map<string, KeySet>()
  readonly #fetches = new Map<string, Promise<KeySet>>()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  /** The key with this kid; an unknown kid makes us look again, at most once a second. */
  async find(jwksUrl: string, kid: string): Promise<KeyObject | undefined> {
    const known = this.#sets.get(jwksUrl)
    const key = known?.keys.get(kid)
    if (key && known && this.#surroundings.now() - known.fetchedAt < freshMs) return key
    if (known && this.#surroundings.now() - known.triedAt < pauseMs) return undefined
    const loaded = await this.#load(jwksUrl)
    return this.#surroundings.now() - loaded.fetchedAt < freshMs ? loaded.keys.get(kid) : undefined
  }

  /** For a signature that the known key did not make: the client may have a new key under the same kid. */
  async findNewer(jwksUrl: string, kid: string): Promise<KeyObject | undefined> {
    const known = this.#sets.get(jwksUrl)
    if (!known || this.#surroundings.now() - known.triedAt < pauseMs) return undefined
    const key = (await this.#load(jwksUrl)).keys.get(kid)
    const before = known.keys.get(kid)
    return key && before && key.equals(before) ? undefined : key
  }

  forget(jwksUrl: string): void {
    this.#sets.delete(jwksUrl)
  }

  /** One fetch at a time for each address, however many requests wait for it. */
  #load(jwksUrl: string): Promise<KeySet> {
    const running = this.#fetches.get(jwksUrl)
    if (running) return running
    const fetching = this.#fetch(jwksUrl).finally(() => this.#fetches.delete(jwksUrl))
    this.#fetches.set(jwksUrl, fetching)
    return fetching
  }

  async #fetch(jwksUrl: string): Promise<KeySet> {
    const keys = await this.#read(jwksUrl)
    const now = this.#surroundings.now()
    const before = this.#sets.get(jwksUrl)
    // An address that does not answer takes nothing away from keys that are still fresh.
    const set = keys
      ? { keys, fetchedAt: now, triedAt: now }
      : { keys: before?.keys ?? new Map<string, KeyObject>(), fetchedAt: before?.fetchedAt ?? now, triedAt: now }
    this.#sets.set(jwksUrl, set)
    return set
  }

  async #read(jwksUrl: string): Promise<ReadonlyMap<string, KeyObject> | undefined> {
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await this.#surroundings.fetch(jwksUrl, { redirect: 'error', signal })
      if (!response.ok || Number(response.headers.get('content-length') ?? 0) > largestSetBytes) return undefined
      const text = await response.text()
      return text.length > largestSetBytes ? undefined : buildKeySet(JSON.parse(text))
    } catch {
      return undefined
    }
  }
}

/** The Ed25519 and P-256 keys of a JWKS by kid; everything else in it is left out. */
function buildKeySet(jwks: unknown): ReadonlyMap<string, KeyObject> {
  const keys = typeof jwks === 'object' && jwks !== null && 'keys' in jwks && Array.isArray(jwks.keys) ? jwks.keys : []
  return new Map(keys.map(findKey).filter((entry) => entry !== undefined))
}

function findKey(jwk: unknown): [string, KeyObject] | undefined {
  if (typeof jwk !== 'object' || jwk === null) return undefined
  const { kid, kty, crv, x, y } = { kid: undefined, kty: undefined, crv: undefined, x: undefined, y: undefined, ...jwk }
  const kind = `${String(kty)} ${String(crv)}`
  if (typeof kid !== 'string' || typeof x !== 'string') return undefined
  try {
    if (kind === 'OKP Ed25519') return [kid, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })]
    if (kind !== 'EC P-256' || typeof y !== 'string') return undefined
    return [kid, createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })]
  } catch {
    return undefined
  }
}
