import { CommandError, exits, type Output } from './output.ts'
import { openPlatform, toCommandError, type PlatformOptions } from './platform.ts'

export interface PackagesOptions extends PlatformOptions {
  readonly publicKey?: string
  readonly tier: string
}

interface PackagesCall {
  readonly action: string
  readonly name: string | undefined
}

export const packagesHelp = `
catalogue [plugin]             every package, with its state and digest
trust <publisher>              takes packages that are signed with --public-key; their code runs as --tier says
review <plugin>@<version>      says that somebody has read its manifest and its drawn flows
list <plugin>@<version>        lets tenants install it
suspend <plugin>@<version>     nothing new begins with it; "list" brings it back
revoke <plugin>@<version>      its code runs nowhere any more
`

const decisions: ReadonlySet<string> = new Set(['review', 'list', 'suspend', 'revoke'])

/** What merchants have pushed, for those who decide about it. */
export async function runPackages(
  { action, name }: PackagesCall,
  options: PackagesOptions,
  output: Output,
): Promise<number> {
  if (action === 'catalogue') return runCatalogue(name, options, output)
  if (action === 'trust') return runTrust(name, options, output)
  if (decisions.has(action)) return runDecision({ action, name }, options, output)
  const known = ['catalogue', 'trust', ...decisions].join(', ')
  throw new CommandError(`There is no "packages ${action}": use one of ${known}.`, exits.badInput)
}

async function runCatalogue(plugin: string | undefined, options: PackagesOptions, output: Output): Promise<number> {
  const { api } = openPlatform(options)
  const found = await orExplain(api.plugins.catalogue.query(plugin === undefined ? {} : { plugin }))
  output.result(found)
  for (const { plugin: id, version, publisher, state, digest } of found)
    output.line(`${`${id}@${version}`.padEnd(32)} ${state.padEnd(10)} by ${publisher}  ${digest}`)
  if (found.length === 0) output.line('There are no packages: "inthread plugin push" brings one.')
  return exits.ok
}

async function runTrust(id: string | undefined, options: PackagesOptions, output: Output): Promise<number> {
  const { publicKey, tier } = options
  if (id === undefined || publicKey === undefined)
    throw new CommandError(
      'Name the publisher and its key, like "inthread packages trust you --public-key MCow…".',
      exits.badInput,
    )
  if (tier !== 'guest' && tier !== 'first_party')
    throw new CommandError(`"${tier}" is no tier: write guest or first_party.`, exits.badInput)
  const { api } = openPlatform(options)
  const trusted = await orExplain(api.plugins.registerPublisher.mutate({ id, publicKey, tier }))
  output.result({ ...trusted, tier })
  output.line(`Packages of "${id}" are taken when they are signed with this key; they run as ${tier}.`)
  return exits.ok
}

async function runDecision({ action, name = '' }: PackagesCall, options: PackagesOptions, output: Output) {
  const [, plugin, version] = /^([^@]+)@([^@]+)$/.exec(name) ?? []
  if (plugin === undefined || version === undefined)
    throw new CommandError(`Name the package, like "inthread packages ${action} tea-house@0.1.0".`, exits.badInput)
  const { plugins } = openPlatform(options).api
  const decided = await orExplain(
    action === 'review'
      ? plugins.review.mutate({ plugin, version })
      : action === 'list'
        ? plugins.list.mutate({ plugin, version })
        : action === 'suspend'
          ? plugins.suspend.mutate({ plugin, version })
          : plugins.revoke.mutate({ plugin, version }),
  )
  output.result({ plugin, version, ...decided })
  output.line(`${plugin} ${version} is ${decided.state}.`)
  return exits.ok
}

function orExplain<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw toCommandError(error)
  })
}
