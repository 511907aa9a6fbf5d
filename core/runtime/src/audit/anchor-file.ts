import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Anchor, AnchorReading } from '@inthread/admin/ports'
import { Fault } from '@inthread/sdk/fault'
import { canonicalJson } from '@inthread/sdk/json'
import type { ChainHead } from '@inthread/store'

const schema = z.strictObject({
  /** The version of this line's form. */
  anchor: z.literal(1),
  at: z.number().int(),
  hash: z.string(),
  key: z.string(),
  seq: z.number().int(),
  tenant: z.string(),
})

export interface TenantAnchor extends Anchor {
  readonly tenant: string
}

/**
 * Signed heads of the chains, a line each, outside of the database: what was chained once can then not be taken away
 * with its end. The file is only ever added to; where it lies is for its keeper to say, best where this process cannot
 * change what is written.
 */
export class AnchorFile {
  readonly #file: string
  readonly #key: KeyObject
  readonly #publicKey: KeyObject
  readonly #keyId: string

  /** `privateKey` is an Ed25519 key as PEM. */
  constructor(file: string, privateKey: string) {
    this.#file = file
    this.#key = createPrivateKey(privateKey)
    this.#publicKey = createPublicKey(this.#key)
    const der = this.#publicKey.export({ format: 'der', type: 'spki' })
    this.#keyId = createHash('sha256').update(der).digest('hex').slice(0, 16)
  }

  async append(heads: readonly ChainHead[], at: number): Promise<void> {
    if (heads.length === 0) return
    const lines = heads.map((head) => this.#sign(head, at))
    try {
      const handle = await open(this.#file, 'a', 0o600)
      try {
        // A line that was cut short stays by itself.
        await handle.appendFile(lines.map((line) => `\n${line}`).join('') + '\n')
        await handle.sync()
      } finally {
        await handle.close()
      }
    } catch (cause) {
      throw new Fault('audit.anchor_not_written', { cause })
    }
  }

  /** What was signed about one tenant's chain, or about all of them. */
  async read(tenant?: string): Promise<Omit<AnchorReading, 'anchors'> & { readonly anchors: readonly TenantAnchor[] }> {
    const anchors: TenantAnchor[] = []
    const count = { forged: 0, foreign: 0, unreadable: 0 }
    const named = tenant === undefined ? undefined : `"tenant":${JSON.stringify(tenant)}`
    for await (const line of readLines(this.#file)) {
      if (line === '') continue
      const found = this.#open(line)
      if (typeof found === 'string') {
        if (found === 'unreadable' || named === undefined || line.includes(named)) count[found] += 1
      } else if (tenant === undefined || found.tenant === tenant) anchors.push(found)
    }
    return { anchors, ...count }
  }

  #sign({ tenantId, seq, hash }: ChainHead, at: number): string {
    const told = { anchor: 1, at, hash, key: this.#keyId, seq, tenant: tenantId }
    const signature = sign(null, Buffer.from(canonicalJson(told)), this.#key).toString('base64url')
    return JSON.stringify({ ...told, signature })
  }

  #open(line: string): TenantAnchor | 'forged' | 'foreign' | 'unreadable' {
    const parsed = parseLine(line)
    if (!parsed) return 'unreadable'
    const { told, signature } = parsed
    if (told.key !== this.#keyId) return 'foreign'
    const signed = verify(null, Buffer.from(canonicalJson(told)), this.#publicKey, Buffer.from(signature, 'base64url'))
    return signed ? { tenant: told.tenant, seq: told.seq, hash: told.hash } : 'forged'
  }
}

function parseLine(line: string): { told: z.infer<typeof schema>; signature: string } | undefined {
  try {
    const { signature, ...told } = z.looseObject({ signature: z.string() }).parse(JSON.parse(line))
    return { told: schema.parse(told), signature }
  } catch {
    return undefined
  }
}

/** No line when there is no such file: before the first anchor there is none. */
async function* readLines(file: string): AsyncGenerator<string> {
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) yield line
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}
