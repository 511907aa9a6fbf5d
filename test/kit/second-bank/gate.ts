import { randomBytes } from 'node:crypto'
import { now, timeText, type Books, type Client } from './books.ts'
import { digestField } from './canonical.ts'
import { algorithmOf, isSignedBy } from './key-room.ts'
import { Refusal } from './refusal.ts'

/** A request as it came. */
export interface Arrival {
  readonly method: string
  /** Path and query, as they came. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

const skewSec = 60
const nonceMs = 600_000

/** Who sent it; throws a Refusal for anything that is not signed as agreed. */
export async function admit(books: Books, origin: string, arrival: Arrival): Promise<Client> {
  const { headers, bytes } = arrival
  const input = /^sig1=(\(([^)]*)\)(;.*))$/.exec(headers['signature-input'] ?? '')
  const signature = /^sig1=:([A-Za-z0-9+/=]+):$/.exec(headers['signature'] ?? '')?.[1]
  if (!input || signature === undefined) throw new Refusal('signature_invalid', { detail: 'There is no signature.' })
  const components = [...(input[2] ?? '').matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
  const terms = readTerms(input[3] ?? '')
  assertCovered(arrival, components)
  if (terms['tag'] !== 'scene-finance-request') throw new Refusal('signature_invalid', { detail: 'Another tag.' })
  if (bytes.length > 0 && headers['content-digest'] !== digestField(bytes)) throw new Refusal('digest_mismatch')
  const values: Record<string, string> = {
    ...headers,
    '@method': arrival.method,
    '@target-uri': origin + arrival.target,
  }
  const lines = components.map((name) => `"${name}": ${values[name] ?? ''}`)
  const text = [...lines, `"@signature-params": ${input[1]}`].join('\n')
  const client = await findSigner(books, { keyId: terms['keyid'] ?? '', algorithm: terms['alg'] ?? '' }, (jwk) =>
    isSignedBy(jwk, text, Buffer.from(signature, 'base64')),
  )
  if (!client) throw new Refusal('signature_invalid', { detail: 'Not by a key of this client.' })
  assertFresh(books, client, terms)
  return client
}

function readTerms(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/;([a-z]+)=(?:"([^"]*)"|([0-9]+))/g)].map((m) => [m[1], m[2] ?? m[3]]))
}

function assertCovered({ headers, bytes }: Arrival, components: readonly string[]): void {
  const content = bytes.length > 0 ? ['content-digest', 'content-type'] : []
  const sent = ['idempotency-key', 'authorization'].filter((name) => headers[name] !== undefined)
  const missing = ['@method', '@target-uri', ...content, ...sent].filter((name) => !components.includes(name))
  if (missing.length > 0) throw new Refusal('signature_invalid', { detail: `Not signed: ${missing.join(', ')}.` })
}

interface Signer {
  readonly keyId: string
  readonly algorithm: string
}

async function findSigner(
  books: Books,
  { keyId, algorithm }: Signer,
  verifies: (jwk: object) => boolean,
): Promise<Client | undefined> {
  const client = books.clients.get(keyId)
  if (!client) return undefined
  const fits = (): boolean => {
    const jwk = client.keys.get(keyId)
    return jwk !== undefined && algorithmOf(jwk) === algorithm && verifies(jwk)
  }
  if (fits()) return client
  // A key may be new; its owner is not asked more than once a second.
  if (Math.abs(now(books) - client.readAt) < 1000) return undefined
  await readKeys(books, client)
  return fits() ? client : undefined
}

export async function readKeys(books: Books, client: Client): Promise<void> {
  client.readAt = now(books)
  try {
    const { keys } = (await (await fetch(client.jwksUrl)).json()) as { readonly keys: readonly object[] }
    client.keys = new Map(keys.map((jwk) => [String(Reflect.get(jwk, 'kid')), jwk]))
  } catch {
    // Whoever cannot be reached keeps the keys that are known.
  }
}

function assertFresh(books: Books, client: Client, terms: Readonly<Record<string, string>>): void {
  const offSec = Math.abs(Number(terms['created'] ?? 'NaN') - now(books) / 1000)
  if (!(offSec <= skewSec)) throw new Refusal('clock_skew', { serverTime: timeText(now(books)) })
  const nonce = `${client.id} ${terms['nonce'] ?? ''}`
  if ((books.nonces.get(nonce) ?? 0) > now(books)) throw new Refusal('nonce_replayed')
  books.nonces.set(nonce, now(books) + nonceMs)
}

export interface Answered {
  readonly status: number
  readonly bytes: Buffer
  readonly method: string
  readonly url: string
}

/** Binds the answer to its request. */
export function seal(books: Books, { status, bytes, method, url }: Answered): Record<string, string> {
  const digest = digestField(bytes)
  const terms =
    `("@method";req "@target-uri";req "@status" "content-digest");tag="scene-finance-response"` +
    `;nonce="${randomBytes(12).toString('hex')}";alg="ecdsa-p256-sha256";keyid="${books.keys.kid}"` +
    `;created=${Math.floor(now(books) / 1000)}`
  const text = [
    `"@method";req: ${method}`,
    `"@target-uri";req: ${url}`,
    `"@status": ${status}`,
    `"content-digest": ${digest}`,
    `"@signature-params": ${terms}`,
  ].join('\n')
  return { 'content-digest': digest, 'signature-input': `sig1=${terms}`, signature: `sig1=:${books.keys.sign(text)}:` }
}
