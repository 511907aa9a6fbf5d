import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { CommandError, exits } from '../commands/output.ts'

/** Base64 of DER: the public half is what a platform is told, the private one never leaves its owner. */
export interface PublisherKey {
  readonly publicKey: string
  readonly privateKey: string
}

/** Writes a new ed25519 key; a file that is there stays as it is. */
export function writePublisherKey(path: string): PublisherKey {
  if (existsSync(path))
    throw new CommandError(
      `${path} exists: packages signed with it would no longer fit. Choose another name.`,
      exits.badInput,
    )
  const pair = generateKeyPairSync('ed25519')
  const key: PublisherKey = {
    publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  }
  try {
    writeFileSync(path, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  } catch {
    throw new CommandError(`${path} cannot be written.`, exits.environment)
  }
  return key
}

export function readPublisherKey(path: string): PublisherKey {
  try {
    const { publicKey, privateKey } = JSON.parse(readFileSync(path, 'utf8')) as PublisherKey
    const key = openPrivate(privateKey)
    const own = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64')
    if (key.asymmetricKeyType === 'ed25519' && own === publicKey) return { publicKey, privateKey }
  } catch {
    // Whatever is wrong with it, the remedy is the same.
  }
  throw new CommandError(`${path} is no publisher key: make one with "inthread plugin keygen".`, exits.badInput)
}

function openPrivate(privateKey: string) {
  return createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })
}

/** Ed25519 over the digest's text, in base64. */
export function signDigest({ privateKey }: PublisherKey, digest: string): string {
  return sign(null, Buffer.from(digest), openPrivate(privateKey)).toString('base64')
}

/** Sha-256 over manifest, a zero byte and bundle, in hexadecimal digits: what names a package everywhere. */
export function digestPackage(manifest: string, bundle: string): string {
  return createHash('sha256').update(manifest).update('\0').update(bundle).digest('hex')
}
