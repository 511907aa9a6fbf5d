import { useState } from 'react'
import type { Package } from '../flows/flow.ts'
import type { Group } from '../form/schema.ts'
import type { Limits } from '../plugins/grant-limits.tsx'
import { useAskGrant } from '../plugins/need-grant.tsx'
import { useDo } from '../session/use-ask.ts'
import { useTenantId } from '../session/use-tenant.ts'
import type { Said } from '../saying/word-said.ts'
import { readSaid } from '../saying/read-said.ts'

/** What is decided on the way, until it is sent. */
export interface Choice {
  readonly bot: string
  readonly config: Group
  /** The grants to ask for, by need, with their limits. */
  readonly grants: Readonly<Record<string, Limits>>
}

/** What became of asking for a grant. */
export interface GrantResult {
  readonly need: string
  readonly applied: boolean
  readonly why?: Said
}

/** Installs, then asks for the grants one by one: one that is refused does not undo the installation. */
export function useInstall({ plugin, version }: Package) {
  const tenant = useTenantId()
  const [granted, setGranted] = useState<readonly GrantResult[]>([])
  const ask = useAskGrant()
  const install = useDo({
    act: async (client, { bot, config, grants }: Choice) => {
      const layers = { tenant: { ...config } }
      const done = await client.installations.install.mutate({ tenant, bot, plugin, range: version, config: layers })
      if (done.problems.length > 0) return done
      const results: GrantResult[] = []
      for (const [need, limits] of Object.entries(grants))
        results.push(
          await ask.mutateAsync({ plugin, bot, need, limits }).then(
            ({ applied }) => ({ need, applied }),
            (error: unknown) => ({ need, applied: false, why: readSaid(error) }),
          ),
        )
      setGranted(results)
      return done
    },
    touches: ['installations', 'grants', 'proposals', 'collections'],
  })
  return { install, granted }
}
