import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a sealed value lives; part of the authenticated data, so that a value moved to another row does not open. */
export interface Place {
  readonly table: string
  readonly column: string
  readonly row: string | number
}

export interface Vault {
  readonly seal: (place: Place, text: string) => string
  /** Throws if the value was changed, moved or sealed with another key. */
  readonly open: (place: Place, sealed: string) => string
  /** Keyed hash for look-ups by equality. */
  readonly index: (text: string) => string
}

const keySizeBytes = 32
const ivSizeBytes = 12
const authTagLength = 16

/** Reads the key file of `folder`, creating it (mode 600) at the first start. */
export function openVault(folder: string): Vault {
  const file = join(folder, 'key')
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(keySizeBytes).toString('hex')}\n`, { mode: 0o600 })
  chmodSync(file, 0o600)
  const master = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (master.length !== keySizeBytes) throw new Error(`key file ${file} is damaged: expected 64 hexadecimal digits`)
  return createVault(master)
}

function createVault(master: Buffer): Vault {
  const sealKey = deriveKey(master, 'seal')
  const indexKey = deriveKey(master, 'index')
  return {
    seal: (place, text) => seal(sealKey, place, text),
    open: (place, sealed) => open(sealKey, place, sealed),
    index: (text) => createHmac('sha256', indexKey).update(text).digest('hex').slice(0, 32),
  }
}

function deriveKey(master: Buffer, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', master, '', `sandbox-operator|${purpose}`, keySizeBytes)))
}

function buildAad(place: Place): Buffer {
  return Buffer.from(`${place.table}|${place.column}|${place.row}`)
}

/** The nonce is always truly random, also in a seeded sandbox: a repeated one would break the cipher. */
function seal(key: KeyObject, place: Place, text: string): string {
  const iv = randomBytes(ivSizeBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength }).setAAD(buildAad(place))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
}

function open(key: KeyObject, place: Place, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const iv = bytes.subarray(0, ivSizeBytes)
  const tag = bytes.subarray(ivSizeBytes, ivSizeBytes + authTagLength)
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength }).setAAD(buildAad(place)).setAuthTag(tag)
  const body = Buffer.concat([decipher.update(bytes.subarray(ivSizeBytes + authTagLength)), decipher.final()])
  return body.toString('utf8')
}
