import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { digestPackage } from '@inthread/admin'
import type { AdminApi } from '@inthread/client'
import type { TestPackage } from './guest-package.ts'

export interface Publisher {
  readonly id: string
  readonly publicKey: string
  readonly privateKey: KeyObject
}

/** Registers a publisher whose code is walled in. */
export async function makePublisher(api: AdminApi, id: string): Promise<Publisher> {
  const { publicKey: key, privateKey } = generateKeyPairSync('ed25519')
  const publicKey = key.export({ format: 'der', type: 'spki' }).toString('base64')
  await api.plugins.registerPublisher.mutate({ id, publicKey, tier: 'guest', state: 'active' })
  return { id, publicKey, privateKey }
}

/** Signs a package with the publisher's own key and hands it in. */
export function upload(
  api: AdminApi,
  { privateKey }: Publisher,
  { manifest, bundle }: Pick<TestPackage, 'manifest' | 'bundle'>,
): ReturnType<AdminApi['plugins']['upload']['mutate']> {
  const signature = sign(null, Buffer.from(digestPackage({ manifest, bundle })), privateKey).toString('base64')
  return api.plugins.upload.mutate({ manifest, bundle, signature })
}

/** Brings packages as far as the list, as an office does. */
export async function publishPackages(
  api: AdminApi,
  publisher: Publisher,
  packages: readonly TestPackage[],
): Promise<void> {
  for (const { manifest, bundle, plugin } of packages) {
    const { problems } = await upload(api, publisher, { manifest, bundle })
    const { id, version } = plugin.contract.declaration
    if (problems.length > 0) throw new Error(`${id}: ${problems.join('; ')}`)
    await api.plugins.review.mutate({ plugin: id, version })
    await api.plugins.list.mutate({ plugin: id, version })
  }
}

export async function publishGuests(api: AdminApi, publisher: string, packages: readonly TestPackage[]): Promise<void> {
  await publishPackages(api, await makePublisher(api, publisher), packages)
}
