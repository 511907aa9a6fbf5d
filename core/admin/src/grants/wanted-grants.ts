import { completeGrant, placeOf, type WantedGrant } from '@inthread/finance'
import type { Plugin } from '@inthread/sdk/engine'
import type { TenantDefinition } from '../definition/schema.ts'
import type { Catalogue } from '../ports.ts'

/**
 * The grants that a definition stands for: what each bank allows the tenant, and what the tenant allows each need of
 * its plugins. Where nothing is written, the needed capabilities are granted without a limit of that side: the
 * plugin's own ceilings and the other side's remain.
 */
export async function listWantedGrants(
  definition: TenantDefinition,
  catalogue: Catalogue,
): Promise<readonly WantedGrant[]> {
  const plugins = new Map<string, Plugin>()
  for (const { use, version } of definition.bots.flatMap((bot) => bot.plugins)) {
    const plugin = await catalogue.findPlugin(use, version)
    if (plugin) plugins.set(`${use}@${version}`, plugin)
  }
  return buildWantedGrants(definition, plugins)
}

/** `plugins` by id and range, as `travel@^1`. */
function buildWantedGrants(
  { tenant, bots, banks }: TenantDefinition,
  plugins: ReadonlyMap<string, Plugin>,
): readonly WantedGrant[] {
  const needed = new Set<string>()
  const ofPlugins = bots.flatMap((bot) =>
    bot.plugins.flatMap(({ use, version, grants }) =>
      listNeeds(plugins.get(`${use}@${version}`)).flatMap(([need, capability]): WantedGrant[] => {
        const text = grants[need] ?? {}
        if (text === false) return []
        needed.add(capability)
        const place = placeOf({ side: 'plugin', bot: bot.id, plugin: use, need })
        return [{ place, terms: completeGrant(text, tenant.currency) }]
      }),
    ),
  )
  const ofBanks = banks.flatMap((bank) =>
    Object.entries(bank.grants ?? Object.fromEntries([...needed].map((id) => [id, {}]))).map(([capability, text]) => ({
      place: placeOf({ side: 'bank', bank: bank.id, capability }),
      terms: completeGrant(text, tenant.currency),
    })),
  )
  return [...ofBanks, ...ofPlugins]
}

/** What a plugin needs of a bank, by its own name for it. The desk of a dialogue is not granted: it comes with it. */
export function listNeeds(plugin: Plugin | undefined): readonly (readonly [string, string])[] {
  return Object.entries(plugin?.contract.declaration.needs ?? {}).flatMap(([name, { capability }]) =>
    capability.audience === 'scene' ? [[name, capability.id] as const] : [],
  )
}
