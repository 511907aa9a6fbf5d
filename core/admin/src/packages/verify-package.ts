import { createHash, createPublicKey, verify } from 'node:crypto'

/** What a publisher uploads. */
export interface PackageUpload {
  /** The text of `manifest.json`. */
  readonly manifest: string
  /** The text of `bundle.js`. */
  readonly bundle: string
  /** Ed25519 over the digest's text, in base64. */
  readonly signature: string
}

export const packageLimits = { manifestBytes: 1024 * 1024, bundleBytes: 4 * 1024 * 1024 }

/** Sha-256 over manifest, a zero byte and bundle, in hexadecimal digits: what names a package everywhere. */
export function digestPackage({ manifest, bundle }: Pick<PackageUpload, 'manifest' | 'bundle'>): string {
  return createHash('sha256').update(manifest).update('\0').update(bundle).digest('hex')
}

export function isSignedBy(publicKey: string, digest: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return (
      key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(digest), key, Buffer.from(signature, 'base64'))
    )
  } catch {
    return false
  }
}
