import { generateKeyPairSync, sign } from 'node:crypto'
import type { AdminApi } from '@inthread/client'
import type { TestPackage } from './guest-package.ts'

/** Registers a publisher whose code is walled in, and brings its packages as far as the list, as an office does. */
export async function publishGuests(api: AdminApi, publisher: string, packages: readonly TestPackage[]): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  await api.plugins.registerPublisher.mutate({ id: publisher, publicKey: key, tier: 'guest', state: 'active' })
  for (const { manifest, bundle, digest, plugin } of packages) {
    const signature = sign(null, Buffer.from(digest), privateKey).toString('base64')
    const { problems } = await api.plugins.upload.mutate({ manifest, bundle, signature })
    const { id, version } = plugin.contract.declaration
    if (problems.length > 0) throw new Error(`${id}: ${problems.join('; ')}`)
    await api.plugins.review.mutate({ plugin: id, version })
    await api.plugins.list.mutate({ plugin: id, version })
  }
}
