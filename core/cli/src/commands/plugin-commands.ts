import type { Command } from 'commander'
import type { Output } from './output.ts'
import type { BuildOptions } from './plugin.ts'
import type { PlatformOptions } from './platform.ts'

/** What the command line needs of the rest of the command. */
export interface CommandParts {
  readonly addJson: (command: Command) => Command
  /** Which platform is meant. */
  readonly addPlatform: (command: Command) => Command
  readonly finish: (options: { readonly json: boolean }, run: (output: Output) => Promise<number>) => Promise<void>
}

type Flags = { readonly json: boolean }

/** `inthread plugin …`: for whoever writes a plugin. The tools are loaded when one of these is called. */
export function addPluginCommands(program: Command, { addJson, addPlatform, finish }: CommandParts): void {
  const plugin = program.command('plugin').description('make, check, build and compare plugins')
  const load = () => import('./plugin.ts')
  addJson(plugin.command('new').description('write a new plugin that works').argument('<name>', 'a folder')).action(
    (name: string, options: Flags) => finish(options, async (output) => (await load()).runNew(name, output)),
  )
  addJson(
    plugin.command('check').description('all that a plugin has to pass before it is listed').argument('<folder>'),
  ).action((path: string, options: Flags) => finish(options, async (output) => (await load()).runCheck(path, output)))
  addJson(
    plugin
      .command('build')
      .description('write manifest, bundle and signature into dist')
      .argument('<folder>')
      .option('--key <file>', 'the publisher key; otherwise publisher-key.json of the folder, if there is one'),
  ).action((path: string, options: Flags & BuildOptions) =>
    finish(options, async (output) => (await load()).runBuild(path, options, output)),
  )
  addJson(
    plugin
      .command('diff')
      .description('what a new version means for those who have the old one')
      .argument('<before>', 'a folder, or a manifest.json')
      .argument('<after>', 'likewise'),
  ).action((before: string, after: string, options: Flags) =>
    finish(options, async (output) => (await load()).runDiff(before, after, output)),
  )
  addJson(plugin.command('draw').description('print every flow as a Mermaid diagram').argument('<folder>')).action(
    (path: string, options: Flags) => finish(options, async (output) => (await load()).runDraw(path, output)),
  )
  addJson(
    plugin
      .command('keygen')
      .description('make the key that signs your packages')
      .argument('[file]', '', 'publisher-key.json'),
  ).action((path: string, options: Flags) => finish(options, async (output) => (await load()).runKeygen(path, output)))
  addJson(
    addPlatform(
      plugin.command('push').description('bring the built package to a running platform').argument('<folder>'),
    ),
  ).action((path: string, options: Flags & PlatformOptions) =>
    finish(options, async (output) => (await import('./push.ts')).runPush(path, options, output)),
  )
}
