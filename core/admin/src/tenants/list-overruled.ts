import { canonicalJson } from '@inthread/sdk/json'
import type { PluginSecretRow } from '../lifecycle/tables.ts'
import type { TenantDefinition } from '../definition/schema.ts'

/** Secrets that were entered, and of which a definition now says something else than before: the last word counts. */
export function listOverruled(
  before: TenantDefinition | undefined,
  after: TenantDefinition,
  entered: readonly PluginSecretRow[],
): readonly PluginSecretRow[] {
  const named = (definition: TenantDefinition | undefined, { bot_id: bot, plugin, name }: PluginSecretRow): unknown => {
    const entries = definition?.bots.find(({ id }) => id === bot)?.plugins ?? []
    const secrets = entries.find(({ use }) => use === plugin)?.secrets ?? {}
    return Object.hasOwn(secrets, name) ? secrets[name] : undefined
  }
  return entered.filter((row) => {
    const [old, now] = [named(before, row), named(after, row)]
    return now !== undefined && (old === undefined || canonicalJson(old) !== canonicalJson(now))
  })
}
