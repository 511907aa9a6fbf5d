import type { KeyObject } from 'node:crypto'
import type { HttpClient, TlsIdentity } from '@inthread/sdk/bank'
import type { Clock, Instant } from '@inthread/sdk/time'
import { findKeySet, type KeySet } from './key-set.ts'

const keptUs = 20 * 60_000_000
const pauseUs = 1_000_000
const deadlineMs = 5_000

export interface KeyRingPorts {
  readonly http: HttpClient
  readonly clock: Clock
  readonly tls?: TlsIdentity | undefined
}

/** The other party's public keys, by `kid`. */
export interface KeyRing {
  /** Looks the bank's key set up again when the kid is not in the one we hold. */
  find(kid: string): Promise<KeyObject | 'unknown_key' | 'unavailable'>
  /** Every key of the set, for signatures that do not name theirs. */
  list(): Promise<readonly KeyObject[]>
  /** The same, fetched anew unless that was tried within the last second. */
  renew(): Promise<readonly KeyObject[]>
}

interface Held {
  readonly set: KeySet
  readonly fetchedAt: Instant
}

/**
 * Holds the key set for at most 20 minutes, fetches it at most once a second whatever is asked, and lets all who wait
 * share one fetch. A set that cannot be renewed is not used beyond its time: a key may have been withdrawn.
 */
export function openKeyRing(url: string, ports: KeyRingPorts): KeyRing {
  const { http, clock, tls } = ports
  let held: Held | undefined
  let attemptedAt: Instant | undefined
  let underway: Promise<void> | undefined

  const load = async (): Promise<void> => {
    const set = await fetchKeySet(url, http, tls)
    if (set !== undefined) held = { set, fetchedAt: clock.now() }
  }
  const renew = (): Promise<void> => {
    if (underway !== undefined) return underway
    const now = clock.now()
    if (attemptedAt !== undefined && Math.abs(now - attemptedAt) < pauseUs) return Promise.resolve()
    attemptedAt = now
    underway = load().finally(() => (underway = undefined))
    return underway
  }
  const current = async (): Promise<KeySet | undefined> => {
    if (!isFresh(held, clock.now())) await renew()
    return isFresh(held, clock.now()) ? held?.set : undefined
  }
  const list = async (): Promise<readonly KeyObject[]> => [...((await current())?.values() ?? [])]

  return {
    async find(kid) {
      const known = (await current())?.get(kid)
      if (known !== undefined) return known
      await renew()
      const set = await current()
      return set === undefined ? 'unavailable' : (set.get(kid) ?? 'unknown_key')
    },
    list,
    async renew() {
      await renew()
      return list()
    },
  }
}

function isFresh(held: Held | undefined, now: Instant): boolean {
  return held !== undefined && Math.abs(now - held.fetchedAt) <= keptUs
}

async function fetchKeySet(url: string, http: HttpClient, tls: TlsIdentity | undefined): Promise<KeySet | undefined> {
  try {
    const headers = { accept: 'application/json', 'accept-encoding': 'identity' }
    const answer = await http.send({ method: 'GET', url, headers, deadlineMs, ...(tls === undefined ? {} : { tls }) })
    return answer.status === 200 ? findKeySet(answer.body) : undefined
  } catch {
    // Without keys an answer is unknown, whatever kept us from them.
    return undefined
  }
}
