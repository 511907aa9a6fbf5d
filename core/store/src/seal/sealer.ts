import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { Fault } from '@inthread/sdk/fault'
import type { Keyring } from './keyring.ts'

/**
 * Where a sealed value lies. It is bound into the ciphertext, so a value moved to another row or tenant does not open.
 */
export interface SealPlace {
  readonly tenant: string
  readonly table: string
  readonly column: string
  readonly row: string
}

const ivBytes = 12
const tagBytes = 16
const algorithm = 'aes-256-gcm'

/**
 * Values at rest: `s1.<key id>.<base64url of iv, ciphertext and tag>`. A value sealed with a key of its own has the
 * form `s1.row.…`; that key is sealed beside it, and destroying it destroys the value.
 */
export class Sealer {
  readonly #keyring: Keyring

  constructor(keyring: Keyring) {
    this.#keyring = keyring
  }

  seal(place: SealPlace, plain: string): string {
    const keyId = this.#keyring.current
    return encrypt(this.#keyring.derive(keyId, place.tenant, 'seal'), { keyId, place, plain })
  }

  open(place: SealPlace, sealed: string): string {
    const [keyId, box] = split(sealed)
    return decrypt(this.#keyring.derive(keyId, place.tenant, 'seal'), place, box)
  }

  /** For what must be destroyed before its backups are: the value under a fresh key, and that key sealed. */
  sealWithOwnKey(place: SealPlace, plain: string): { body: string; key: string } {
    const own = randomBytes(32)
    const body = encrypt(createSecretKey(own), { keyId: 'row', place, plain })
    return { body, key: this.seal({ ...place, column: `${place.column}_key` }, own.toString('base64url')) }
  }

  openWithOwnKey(place: SealPlace, body: string, key: string): string {
    const own = createSecretKey(this.open({ ...place, column: `${place.column}_key` }, key), 'base64url')
    return decrypt(own, place, split(body)[1])
  }
}

function encrypt(key: KeyObject, value: { keyId: string; place: SealPlace; plain: string }): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes })
  cipher.setAAD(buildAad(value.place))
  const box = Buffer.concat([iv, cipher.update(value.plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `s1.${value.keyId}.${box.toString('base64url')}`
}

function decrypt(key: KeyObject, place: SealPlace, box: Buffer): string {
  // A shorter tag would be accepted by default, and 32 bits can be guessed.
  if (box.length < ivBytes + tagBytes)
    throw new Fault('seal.broken', { data: { table: place.table, column: place.column } })
  const decipher = createDecipheriv(algorithm, key, box.subarray(0, ivBytes), { authTagLength: tagBytes })
  decipher.setAAD(buildAad(place))
  decipher.setAuthTag(box.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(box.subarray(ivBytes, -tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    throw new Fault('seal.broken', { data: { table: place.table, column: place.column } })
  }
}

function split(sealed: string): [keyId: string, box: Buffer] {
  const match = /^s1\.([a-z0-9]{1,12})\.([A-Za-z0-9_-]+)$/.exec(sealed)
  if (!match) throw new Fault('seal.broken')
  return [match[1] ?? '', Buffer.from(match[2] ?? '', 'base64url')]
}

function buildAad(place: SealPlace): Buffer {
  return Buffer.from([place.tenant, place.table, place.column, place.row].join('\u0000'))
}
