import { findEgressHost, type EgressHost, type Plugin } from '@inthread/sdk/engine'
import { mergeConfig } from '../lifecycle/config.ts'
import type { AdminPorts } from '../ports.ts'
import { pathOf, type Problem } from './problem.ts'
import type { BotDefinition } from './schema.ts'
import { readSecret } from './settings.ts'
import type { Said } from '@inthread/sdk/fault'
import { sayDefinition as say } from '../saying/say-definition.ts'

/**
 * What a tenant has to enter so that a plugin can reach outside: its secrets, no more and no fewer, and the hosts that
 * its contract leaves to the config. Who leaves out a host that is optional needs no secret for it either.
 */
export function listOutsideProblems(bot: BotDefinition, index: number, known: Known): Problem[] {
  return bot.plugins.flatMap((installation, position) => {
    const plugin = known.plugins.get(installation.use)
    if (!plugin) return []
    const at = ['bots', index, 'plugins', position] as const
    return [
      ...listSecretProblems({ ...installation, bot: bot.id }, plugin, known).map((each) => ({
        ...each,
        path: pathOf(...at, 'secrets', each.path),
      })),
      ...listHostProblems(installation, plugin).map((each) => ({
        ...each,
        path: pathOf(...at, 'config', each.path),
      })),
    ]
  })
}

type Installation = BotDefinition['plugins'][number]

interface Known {
  readonly plugins: ReadonlyMap<string, Plugin>
  readonly ports: AdminPorts
  /** What was entered besides the definition, by {@link enteredName}. */
  readonly entered: ReadonlySet<string>
}

export function enteredName(bot: string, plugin: string, secret: string): string {
  return `${bot}/${plugin}/${secret}`
}

function listSecretProblems(
  { secrets, use, config, bot }: Installation & { readonly bot: string },
  plugin: Plugin,
  { ports, entered: known }: Known,
): Problem[] {
  const declarations = plugin.contract.declaration.secrets ?? {}
  const declared = Object.keys(declarations)
  const parsed = plugin.contract.declaration.config.safeParse(mergeConfig({ tenant: config }))
  const isLeftOut = (host: EgressHost): boolean =>
    typeof host !== 'string' && parsed.success && parsed.data[host.config] === undefined
  const missing = declared
    .filter((name) => !Object.hasOwn(secrets, name) && !known.has(enteredName(bot, use, name)))
    .filter((name) => !declarations[name]?.hosts.every(isLeftOut))
    .map((name) => ({ path: name, ...say('secret.needed', { plugin: use, form: '{ "secret": "env:NAME" }' }) }))
  const entered = Object.entries(secrets).flatMap(([name, value]) => {
    if (!declared.includes(name)) return [{ path: name, ...sayUnknown({ plugin: use, secret: name }, declared) }]
    const read = readSecret(value, ports)
    return 'problem' in read ? [{ path: name, ...read.problem }] : []
  })
  return [...missing, ...entered]
}

function sayUnknown(named: { readonly plugin: string; readonly secret: string }, declared: readonly string[]): Said {
  return declared.length === 0
    ? say('secret.none', named)
    : say('secret.unknown', { ...named, known: declared.join(', ') })
}

function listHostProblems({ config }: Installation, plugin: Plugin): Problem[] {
  const { egress = {}, secrets = {}, config: schema } = plugin.contract.declaration
  const parsed = schema.safeParse(config)
  // What is wrong with the config itself is said elsewhere.
  if (!parsed.success) return []
  const hosts = [
    ...Object.values(egress).map(({ host }) => host),
    ...Object.values(secrets).flatMap((each) => each.hosts),
  ]
  const fields = new Set(hosts.flatMap((host) => (typeof host === 'string' ? [] : [host.config])))
  return [...fields]
    .filter((field) => parsed.data[field] !== undefined && findEgressHost({ config: field }, parsed.data) === undefined)
    .map((field) => ({
      path: field,
      ...say('definition.host'),
    }))
}
