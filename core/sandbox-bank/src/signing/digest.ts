import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { parseDictionary } from 'structured-headers'
import { equalTexts } from '../vault/vault.ts'

/** Canonical JSON (RFC 8785). Throws for what JSON cannot carry, such as half of a surrogate pair. */
export function renderCanonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('only JSON values have a canonical form')
  return text
}

export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The Content-Digest header (RFC 9530) of these bytes. */
export function renderContentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}

/** Whether the header holds the sha-256 digest of exactly these bytes; other algorithms beside it are ignored. */
export function isContentDigestOf(header: string, body: Uint8Array): boolean {
  const digest = findSha256(header)
  return digest !== undefined && equalTexts(digest, createHash('sha256').update(body).digest('base64'))
}

function findSha256(header: string): string | undefined {
  try {
    const value = parseDictionary(header).get('sha-256')?.[0]
    return value instanceof ArrayBuffer ? Buffer.from(value).toString('base64') : undefined
  } catch {
    return undefined
  }
}
