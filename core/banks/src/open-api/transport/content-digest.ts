import { createHash } from 'node:crypto'
import { parseDictionary, serializeDictionary } from 'structured-headers'

/** RFC 9530 `Content-Digest` with SHA-256. */
export function buildContentDigest(body: Uint8Array): string {
  return serializeDictionary({ 'sha-256': sha256(body) })
}

/** True when the field carries a SHA-256 of exactly these bytes. Other algorithms beside it are ignored. */
export function matchesContentDigest(field: string | undefined, body: Uint8Array): boolean {
  const stated = findSha256(field ?? '')
  return stated !== undefined && sha256(body).equals(stated)
}

function findSha256(field: string): Buffer | undefined {
  try {
    const value = parseDictionary(field).get('sha-256')?.[0]
    return value instanceof ArrayBuffer ? Buffer.from(value) : undefined
  } catch {
    return undefined
  }
}

function sha256(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest()
}
