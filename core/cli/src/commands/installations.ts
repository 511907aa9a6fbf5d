import type { AdminApi } from '@inthread/client'
import { CommandError, exits, type Output } from './output.ts'
import { openPlatform, toCommandError, type PlatformOptions } from './platform.ts'

export interface InstallationsOptions extends PlatformOptions {
  readonly tenant: string
  readonly bot?: string
  readonly consent: boolean
  readonly approval?: string
}

interface InstallationsCall {
  readonly action: string
  readonly plugin: string | undefined
}

export const installationsHelp = `
list                  what the tenant has installed, in which version
verdict <plugin>      what the newest listed version would mean, without changing anything
upgrade <plugin>      takes it; --consent agrees to what the verdict says needs it
pause <plugin>        nothing new begins with it; what is under way goes on
resume <plugin>
uninstall <plugin>    lets what is under way end; called again afterwards, erases and shows the receipt
`

const actions = ['list', 'verdict', 'upgrade', 'pause', 'resume', 'uninstall']

/** A tenant's plugins after the definition has brought them in. */
export async function runInstallations(
  { action, plugin }: InstallationsCall,
  options: InstallationsOptions,
  output: Output,
): Promise<number> {
  if (!actions.includes(action))
    throw new CommandError(`There is no "installations ${action}": use one of ${actions.join(', ')}.`, exits.badInput)
  const { api } = openPlatform(options)
  const all = await orExplain(api.installations.list.query({ tenant: options.tenant }))
  if (action === 'list') return showAll(all, output)
  const name = { tenant: options.tenant, ...findInstallation(all, plugin, options.bot) }
  if (action === 'verdict') return showAssessment(await orExplain(api.installations.verdict.query(name)), output)
  if (action === 'upgrade') return runUpgrade(name, options, output)
  return action === 'uninstall' ? runUninstall(name, api, output) : runMove({ name, action }, api, output)
}

interface Installed extends Named {
  readonly version: string
  readonly state: string
}

function showAll(all: readonly Installed[], output: Output): number {
  output.result(all)
  for (const { bot, plugin, version, state } of all)
    output.line(`${bot.padEnd(16)} ${`${plugin}@${version}`.padEnd(32)} ${state}`)
  return exits.ok
}

async function runUninstall(name: FullName, { installations }: AdminApi, output: Output): Promise<number> {
  const done = await orExplain(installations.uninstall.mutate(name))
  output.result(done)
  output.line(
    done.erased
      ? JSON.stringify(done.receipt, null, 2)
      : `Nothing new begins; ${done.open} conversations are still under way. Call it again when they have ended.`,
  )
  return exits.ok
}

async function runMove(
  { name, action }: { readonly name: FullName; readonly action: string },
  { installations }: AdminApi,
  output: Output,
): Promise<number> {
  const moved = await orExplain(
    action === 'pause' ? installations.pause.mutate(name) : installations.resume.mutate(name),
  )
  output.result(moved)
  for (const { message } of moved.problems) output.line(message)
  if (moved.installation) output.line(`${name.plugin} ${moved.installation.version} is ${moved.installation.state}.`)
  return moved.problems.length > 0 ? exits.badInput : exits.ok
}

interface Named {
  readonly bot: string
  readonly plugin: string
}

interface FullName extends Named {
  readonly tenant: string
}

function findInstallation(all: readonly Named[], plugin: string | undefined, bot: string | undefined): Named {
  const found = all.filter((each) => each.plugin === plugin && (bot === undefined || each.bot === bot))
  const [only] = found
  if (only && found.length === 1) return { bot: only.bot, plugin: only.plugin }
  const known = [...new Set(all.map((each) => each.plugin))].join(', ') || 'nothing'
  throw new CommandError(
    only
      ? `"${plugin}" is installed at ${found.map((each) => each.bot).join(' and ')}: say which with --bot.`
      : `"${plugin ?? ''}" is not installed here; there is ${known}.`,
    exits.badInput,
  )
}

interface Assessment {
  readonly from: string
  readonly to: string
  readonly problems: readonly { readonly message: string }[]
  readonly verdict: string
  readonly differences: readonly { readonly path: string; readonly verdict: string; readonly message: string }[]
  readonly openRuns: { readonly open: number; readonly movable: number }
}

function showAssessment(assessment: Assessment, output: Output): number {
  const { from, to, problems, verdict, differences, openRuns } = assessment
  output.result(assessment)
  for (const each of differences) output.line(`${each.verdict.padEnd(7)} ${each.path}: ${each.message}`)
  for (const { message } of problems) output.line(message)
  output.line(`From ${from} to ${to}: ${verdict}; ${openRuns.open} conversations open, ${openRuns.movable} can move.`)
  return problems.length > 0 ? exits.badInput : exits.ok
}

async function runUpgrade(name: FullName, options: InstallationsOptions, output: Output): Promise<number> {
  const { installations, proposals } = openPlatform(options).api
  const { approval: id, consent, tenant } = options
  const approved = id === undefined ? undefined : await orExplain(proposals.get.query({ tenant, id }))
  const approval = approved && { approval: { proposal: approved.id, digest: approved.digest } }
  const upgraded = await orExplain(installations.upgrade.mutate({ ...name, consent, ...approval }))
  const code = showAssessment(upgraded, output)
  if (upgraded.approval)
    output.line(`It takes somebody with another key, who calls this with --approval ${upgraded.approval.proposal}.`)
  if (upgraded.done) output.line(`${name.plugin} is ${upgraded.to} now.`)
  return code
}

function orExplain<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw toCommandError(error)
  })
}
