import { createAdminClient } from '@inthread/client'
import type { Sandbox } from '../sandbox.ts'

/** A second person of the tenant agrees to everything that waits for one. */
export async function agree({ api, house }: Sandbox, tenant: string): Promise<void> {
  const { key } = await api.keys.create.mutate({ name: `second-${tenant}`, role: 'bank' })
  const second = createAdminClient({ url: house.url, apiKey: key })
  for (const { id, digest, state } of (await second.proposals.list.query({ tenant })).items)
    if (state === 'open') await second.proposals.approve.mutate({ tenant, id, digest })
}
