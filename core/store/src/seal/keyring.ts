import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { Fault } from '@inthread/sdk/fault'

/** The keys of an installation: 32 bytes each, by id. New values are sealed with `current`; old ids stay readable. */
export interface KeyFile {
  readonly current: string
  /** The key of blind indexes and buttons. It stays when `current` changes, or nothing would be found again. */
  readonly index: string
  readonly keys: Readonly<Record<string, Uint8Array>>
}

/** Keys of one purpose and tenant, derived (HKDF-SHA-256) from the installation's, so that none serves two ends. */
export class Keyring {
  readonly #file: KeyFile
  readonly #derived = new Map<string, KeyObject>()

  constructor(file: KeyFile) {
    for (const id of [file.current, file.index])
      if (!file.keys[id]) throw new Fault('seal.key_missing', { data: { key: id } })
    for (const [id, key] of Object.entries(file.keys)) {
      if (key.length !== 32 || !/^[a-z0-9]{1,12}$/.test(id))
        throw new Fault('seal.key_malformed', { data: { key: id } })
    }
    this.#file = file
  }

  get current(): string {
    return this.#file.current
  }

  /** `tenant` is empty for what belongs to the platform itself. */
  derive(keyId: string, tenant: string, purpose: string): KeyObject {
    const name = `${keyId}|${tenant}|${purpose}`
    const known = this.#derived.get(name)
    if (known) return known
    const master = this.#file.keys[keyId]
    if (!master) throw new Fault('seal.key_missing', { data: { key: keyId } })
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', master, tenant, purpose, 32)))
    this.#derived.set(name, key)
    return key
  }

  /**
   * A blind index: finds a sealed value again without opening it. The same value has the same index within one tenant,
   * and nothing can be learned across tenants.
   */
  blindIndex(tenant: string, purpose: string, value: string): string {
    return this.mac(tenant, `blind:${purpose}`, value).toString('base64url')
  }

  mac(tenant: string, purpose: string, value: string): Buffer {
    return createHmac('sha256', this.derive(this.#file.index, tenant, purpose))
      .update(value)
      .digest()
  }
}
