import { isInnerList, parseItem } from 'structured-headers'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { renderCanonicalJson } from '../signing/digest.ts'
import { findIdempotencyRecord, type IdempotencyKey, type IdempotencyRecord } from './idempotency.store.ts'
import { Problem } from './problem.ts'

/** What one acting request asks for: its route (as a template), and the parts that make it this request. */
export interface Wish {
  readonly client: Client
  readonly route: string
  readonly header: string | undefined
  readonly params: unknown
  readonly body: unknown
}

/** Requests that are being answered at this moment, by client, route and key. They end with the process. */
export class RunningRequests {
  readonly #fingerprints = new Map<string, string>()

  /** Throws while the same key is being worked on. The result lets the next one in. */
  enter(key: IdempotencyKey): () => void {
    const name = JSON.stringify([key.clientId, key.route, key.key])
    const running = this.#fingerprints.get(name)
    if (running !== undefined) {
      if (running !== key.fingerprint) throw buildReuse()
      const detail = 'The first request with this idempotency key has not been answered yet: send it again in a second.'
      throw new Problem('still_running', { detail, retryAfterSec: 1 })
    }
    this.#fingerprints.set(name, key.fingerprint)
    return () => this.#fingerprints.delete(name)
  }
}

/** The key with a fingerprint of the request. Keyed, because a body may be as guessable as a phone number or a code. */
export function buildIdempotencyKey(bank: Bank, wish: Wish): IdempotencyKey {
  const canonical = renderFingerprintText(wish)
  const key = readKey(wish.header)
  return { clientId: wish.client.id, route: wish.route, key, fingerprint: bank.vault.blindIndexOf(canonical) }
}

/** The record of the first request with this key, if there was one. Throws when it asked for something else. */
export function findDone(bank: Bank, key: IdempotencyKey): IdempotencyRecord | undefined {
  const record = findIdempotencyRecord(bank.db, key)
  if (record && record.fingerprint !== key.fingerprint) throw buildReuse()
  return record
}

function renderFingerprintText({ params, body }: Wish): string {
  try {
    return renderCanonicalJson({ params, body })
  } catch {
    throw new Problem(
      'malformed',
      'The body holds a value without a canonical form (RFC 8785), such as half a surrogate pair: leave it out.',
    )
  }
}

function buildReuse(): Problem {
  return new Problem('key_reused', 'This idempotency key was sent with another body: use a new key for a new request.')
}

function readKey(header: string | undefined): string {
  if (header === undefined) {
    throw new Problem('missing_idempotency_key', {
      detail:
        'Send an Idempotency-Key: a quoted string of 20 to 64 characters that you made and stored before sending.',
      errors: [{ in: 'header', pointer: '/idempotency-key', code: 'required', detail: 'is missing' }],
    })
  }
  const key = findKey(header)
  if (key !== undefined && key.length >= 20 && key.length <= 64) return key
  const detail = 'Idempotency-Key must be a quoted string of 20 to 64 characters.'
  throw new Problem('malformed', {
    detail,
    errors: [{ in: 'header', pointer: '/idempotency-key', code: 'format', detail }],
  })
}

function findKey(header: string): string | undefined {
  try {
    const item = parseItem(header)
    return !isInnerList(item) && typeof item[0] === 'string' ? item[0] : undefined
  } catch {
    return undefined
  }
}
