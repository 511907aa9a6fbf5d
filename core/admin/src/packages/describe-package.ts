import { z } from 'zod'
import { outlineFlow, type Manifest } from '@inthread/sdk/manifest'

const wording = z.record(z.string(), z.string())
const money = z.object({ value: z.string(), currency: z.string() })
/** A name of the internet, or the setting of the tenant's config that holds one. */
const host = z.object({ name: z.string().nullable(), setting: z.string().nullable() })

const need = z.object({
  need: z.string(),
  capability: z.string(),
  range: z.string(),
  optional: z.boolean(),
  purpose: wording,
  /** What its operations may do at most. */
  classes: z.array(z.enum(['read', 'quote', 'hold', 'commit'])),
  /** The plugin's own. */
  ceiling: z
    .object({
      perCall: money.nullable(),
      perDay: money.nullable(),
      perUserDay: money.nullable(),
      perMinute: z.number().nullable(),
    })
    .nullable(),
})

const step = z.object({
  name: z.string(),
  kind: z.string(),
  detail: z.string(),
  weight: z.enum(['plain', 'money', 'outside', 'confidential']),
  ways: z.array(z.object({ to: z.string(), by: z.string() })),
})

/** What somebody reads before they install it: what it wants, keeps, says to whom, and how it goes on. */
export const packageOutput = z.object({
  plugin: z.string(),
  version: z.string(),
  publisher: z.string(),
  title: wording,
  locales: z.array(z.string()),
  /** The capability whose dialogue it holds; then it comes with a bank and is not installed in a bot. */
  provides: z.string().nullable(),
  /** Of the config, as JSON Schema. */
  schema: z.record(z.string(), z.unknown()),
  needs: z.array(need),
  secrets: z.array(z.object({ secret: z.string(), purpose: wording, hosts: z.array(host) })),
  egress: z.array(
    z.object({ name: z.string(), host, purpose: wording, data: z.array(z.enum(['public', 'personal'])) }),
  ),
  collections: z.array(
    z.object({ collection: z.string(), dataClass: z.enum(['public', 'personal']), ttlMs: z.number().nullable() }),
  ),
  intents: z.array(z.object({ intent: z.string(), flow: z.string(), title: wording })),
  flows: z.array(z.object({ flow: z.string(), revision: z.number(), start: z.string(), steps: z.array(step) })),
})

type PackageView = z.infer<typeof packageOutput>

export function describePackage(manifest: Manifest): PackageView {
  const { id: plugin, version, publisher, title, locales, provides, config } = manifest
  return {
    ...{ plugin, version, publisher, title, locales, schema: config.schema },
    provides: provides?.capability ?? null,
    ...describeReach(manifest),
    collections: Object.entries(manifest.collections).map(([collection, { dataClass, ttlMs = null }]) => ({
      ...{ collection, dataClass, ttlMs },
    })),
    intents: manifest.intents.map(({ name: intent, flow, title: words }) => ({ intent, flow, title: words })),
    flows: Object.entries(manifest.flows).map(([flow, { revision, start }]) => ({
      ...{ flow, revision, start },
      steps: outlineFlow(manifest, flow).map(({ ways, ...rest }) => ({ ...rest, ways: [...ways] })),
    })),
  }
}

/** What of the outside it wants to get at. */
function describeReach({ needs, secrets, egress }: Manifest): Pick<PackageView, 'needs' | 'secrets' | 'egress'> {
  return {
    needs: Object.entries(needs).map(([name, { capability, range, optional, purpose, operations, ceiling }]) => ({
      ...{ need: name, capability, range, optional, purpose },
      classes: [...new Set(Object.values(operations).map((operation) => operation.class))],
      ceiling: ceiling ? describeCeiling(ceiling) : null,
    })),
    secrets: Object.entries(secrets).map(([secret, { purpose, hosts }]) => ({
      ...{ secret, purpose, hosts: hosts.map(describeHost) },
    })),
    egress: Object.entries(egress).map(([name, { host: to, purpose, data }]) => ({
      ...{ name, host: describeHost(to), purpose, data },
    })),
  }
}

type Ceiling = NonNullable<Manifest['needs'][string]['ceiling']>

function describeCeiling({ perCall, perDay, perUserDay, perMinute }: Ceiling) {
  return {
    perCall: perCall ?? null,
    perDay: perDay ?? null,
    perUserDay: perUserDay ?? null,
    perMinute: perMinute ?? null,
  }
}

function describeHost(to: string | { readonly config: string }): z.infer<typeof host> {
  return typeof to === 'string' ? { name: to, setting: null } : { name: null, setting: to.config }
}
