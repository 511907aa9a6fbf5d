import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyRing } from './key-ring.ts'

/** Where a sealed value stands. A value copied to another place cannot be opened there. */
export interface Cell {
  readonly table: string
  readonly column: string
  readonly row: string
}

const version = 'v1.'
const ivLength = 12
const tagLength = 16

/** Everything the bank does with its secret keys, except signing. */
export class Vault {
  readonly #keys: KeyRing
  readonly #randomBytes: (count: number) => Uint8Array

  constructor(keys: KeyRing, randomBytes: (count: number) => Uint8Array) {
    this.#keys = keys
    this.#randomBytes = randomBytes
  }

  seal(cell: Cell, text: string): string {
    const iv = this.#randomBytes(ivLength)
    const cipher = createCipheriv('aes-256-gcm', this.#keys.seal, iv, { authTagLength: tagLength })
    cipher.setAAD(buildAad(cell))
    const body = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return version + body.toString('base64url')
  }

  /** Throws when the value was changed, cut or moved. */
  open(cell: Cell, sealed: string): string {
    const body = Buffer.from(sealed.slice(version.length), 'base64url')
    if (!sealed.startsWith(version) || body.length < ivLength + tagLength) throw new Error('a sealed value is damaged')
    const decipher = createDecipheriv('aes-256-gcm', this.#keys.seal, body.subarray(0, ivLength), {
      authTagLength: tagLength,
    })
    decipher.setAAD(buildAad(cell))
    decipher.setAuthTag(body.subarray(-tagLength))
    return decipher.update(body.subarray(ivLength, -tagLength), undefined, 'utf8') + decipher.final('utf8')
  }

  /** Finds a row by a value that is itself only stored sealed. */
  blindIndexOf(value: string): string {
    return this.#mac(this.#keys.index, value).toString('base64url')
  }

  /**
   * An id made from what it names. The same seed and the same story therefore give the same ids and codes, in whatever
   * order requests arrive; without the key nobody can guess one.
   */
  idOf(prefix: string, ...names: (string | number)[]): string {
    return `${prefix}_${encodeBase32(this.#mac(this.#keys.id, JSON.stringify([prefix, ...names])).subarray(0, 16))}`
  }

  /** Six digits that belong to this confirmation and are stored nowhere. */
  codeOf(confirmationId: string): string {
    const number = this.#mac(this.#keys.code, confirmationId).readUIntBE(0, 6)
    return String(number % 1_000_000).padStart(6, '0')
  }

  isCodeOf(confirmationId: string, code: string): boolean {
    return equalTexts(this.codeOf(confirmationId), code)
  }

  /** The proof that the customer confirmed exactly this payload. */
  authorisationOf(confirmationId: string, payloadSha256: string): string {
    const mac = this.#mac(this.#keys.authorisation, `${confirmationId}|${payloadSha256}`)
    return `aut_${encodeBase32(mac)}`
  }

  cursorMacOf(text: string): string {
    return this.#mac(this.#keys.cursor, text).subarray(0, 12).toString('base64url')
  }

  randomName(): string {
    return encodeBase32(this.#randomBytes(16))
  }

  #mac(key: Buffer, text: string): Buffer {
    return createHmac('sha256', key).update(text).digest()
  }
}

export function equalTexts(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function buildAad(cell: Cell): Buffer {
  return Buffer.from([cell.table, cell.column, cell.row].join('|'))
}

/** Crockford's alphabet in lower case: no letters that are read as digits. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Text for ids: five bits a character, no padding. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet.charAt((held >> bits) & 31)
    }
  }
  return bits > 0 ? text + alphabet.charAt((held << (5 - bits)) & 31) : text
}
