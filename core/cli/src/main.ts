#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander'
import { runApply } from './commands/apply.ts'
import { bankHelp, runBank, type BankOptions } from './commands/bank.ts'
import { runExport, runImport, type CollectionOptions, type ImportOptions } from './commands/collections.ts'
import { installationsHelp, runInstallations, type InstallationsOptions } from './commands/installations.ts'
import { keysHelp, runKeys, type KeysOptions } from './commands/keys.ts'
import { CommandError, createOutput, exits, type Output } from './commands/output.ts'
import { packagesHelp, runPackages, type PackagesOptions } from './commands/packages.ts'
import { addBookCommands } from './books/book-commands.ts'
import { addOfficeCommands } from './office/office-commands.ts'
import { addPluginCommands, type CommandParts } from './commands/plugin-commands.ts'
import { proposalsHelp, runProposals, type ProposalsOptions } from './commands/proposals.ts'
import { addThreadCommands } from './threads/threads.ts'
import { environmentHelp, runDoctor, runMigrate, runSchema, runServe } from './commands/serve.ts'
import { createStoryRunner, storyHelp, type StoryOptions } from './commands/story.ts'

const write = (text: string): void => void process.stdout.write(text)
const home = () => new Option('--home <folder>', 'the data folder').env('INTHREAD_HOME').default('./.inthread')
const json = () => new Option('--json', 'print one JSON value instead of lines').default(false)

const runStory = createStoryRunner({
  fetch,
  pause: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
  elapsedMs: () => performance.now(),
})

const program = new Command('inthread')
  .description('A bank hosts its partners’ chatbots on 5G Messaging.')
  .showHelpAfterError('Add --help to see what there is.')
  .exitOverride()

program
  .command('serve')
  .description('run the platform')
  .addOption(json())
  .addHelpText('after', environmentHelp)
  .action((options: Flags) => finish(options, runServe))
program
  .command('migrate')
  .description('bring the database up to date')
  .addOption(json())
  .addHelpText('after', environmentHelp)
  .action((options: Flags) => finish(options, runMigrate))
program
  .command('doctor')
  .description('check what the platform needs, each with its remedy')
  .addOption(json())
  .addHelpText('after', environmentHelp)
  .action((options: Flags) => finish(options, runDoctor))
program
  .command('schema')
  .description('print the JSON Schema of a file format')
  .argument('<subject>', 'tenant or story')
  .addOption(json())
  .action((subject: string, options: Flags) => finish(options, () => runSchema(subject, write)))
program
  .command('apply')
  .description('create or update a tenant from its definition')
  .argument('<path>', 'a definition, or a folder with a tenant.json')
  .option('--dry-run', 'print the plan and change nothing', false)
  .addOption(home())
  .option('--url <url>', 'the platform, when it is not the one of this data folder')
  .option('--key <key>', 'its admin key')
  .addOption(json())
  .action((path: string, options: Flags & Parameters<typeof runApply>[1]) =>
    finish(options, (output) => runApply(path, options, output)),
  )
program
  .command('bank')
  .description('check whether a bank does what its connection relies on')
  .argument('<action>', 'check or report')
  .argument('<connection>', '<tenant>.<bank>, like northern-rail.main')
  .option('--definition <path>', 'a definition that is not applied yet, or its folder')
  .option('--phone <number>', 'a test customer of the bank, like +8613800000004')
  .option('--poor-phone <number>', 'another one, whose accounts hold less than 100.00')
  .option('--codes <url>', 'where the newest one-time code of a number can be read')
  .addOption(home())
  .option('--url <url>', 'the platform, when it is not the one of this data folder')
  .option('--key <key>', 'its admin key')
  .addOption(json())
  .addHelpText('after', bankHelp)
  .action((action: string, name: string, options: Flags & BankOptions) =>
    finish(options, (output) => runBank({ action, name }, options, output)),
  )
const collections = program.command('collections').description('bring data into a plugin’s collections, and out')
collections
  .command('import')
  .description('bring a CSV or JSON file into a collection')
  .argument('<collection>', '<plugin>.<collection>, like travel.trains')
  .argument('<file>', 'a .csv with a first line of names, or a .json list')
  .requiredOption('--tenant <id>', 'whose')
  .option('--replace', 'in place of all that is there, instead of beside it', false)
  .option('--skip-bad', 'leave bad lines out instead of changing nothing', false)
  .option('--dry-run', 'check every line and change nothing', false)
  .addOption(home())
  .option('--url <url>', 'the platform, when it is not the one of this data folder')
  .option('--key <key>', 'its admin key')
  .addOption(json())
  .action((name: string, file: string, options: Flags & ImportOptions) =>
    finish(options, (output) => runImport(name, file, { options, output })),
  )
collections
  .command('export')
  .description('write a collection into a CSV or JSON file')
  .argument('<collection>', '<plugin>.<collection>, like travel.trains')
  .argument('<file>', 'a .csv or .json file')
  .requiredOption('--tenant <id>', 'whose')
  .addOption(home())
  .option('--url <url>', 'the platform, when it is not the one of this data folder')
  .option('--key <key>', 'its admin key')
  .addOption(json())
  .action((name: string, file: string, options: Flags & CollectionOptions) =>
    finish(options, (output) => runExport(name, file, { options, output })),
  )
program
  .command('story')
  .description('play a story against a running sandbox')
  .argument('<file>', 'a story as JSON')
  .option('--twice', 'tap every button twice', false)
  .option('--patience <seconds>', 'how long something expected may take to come', readSeconds, 20)
  .addOption(home())
  .option('--operator <url>', 'the sandbox operator, when it is not the one of this data folder')
  .option('--bank <url>', 'the sandbox bank, likewise')
  .option('--url <url>', 'the platform, likewise')
  .option('--key <key>', 'its admin key')
  .addOption(json())
  .addHelpText('after', storyHelp)
  .action((file: string, options: Flags & StoryOptions) => finish(options, (output) => runStory(file, options, output)))

program
  .command('keys')
  .description('make, list and revoke keys of the admin API')
  .argument('<action>', 'create, list or revoke')
  .argument('[name]', 'of the key')
  .option('--role <role>', 'operator, bank, auditor …; owner:<tenant>, editor:<tenant> …', 'platform')
  .option('--scopes <permissions>', 'only these of the role, with commas between them')
  .option('--days <days>', 'how long it opens anything; for ever when left out')
  .addOption(home())
  .option('--url <url>', 'the platform, when it is not the one of this data folder')
  .option('--key <key>', 'the key to call with')
  .addOption(json())
  .addHelpText('after', keysHelp)
  .action((action: string, name: string | undefined, options: Flags & KeysOptions) =>
    finish(options, (output) => runKeys({ action, name }, options, output)),
  )
program
  .command('proposals')
  .description('read and decide changes that need a second person')
  .argument('<action>', 'list, show, approve or reject')
  .argument('[id]', 'of the proposal')
  .requiredOption('--tenant <id>', 'whose')
  .addOption(home())
  .option('--url <url>', 'the platform, when it is not the one of this data folder')
  .option('--key <key>', 'the key to call with')
  .addOption(json())
  .addHelpText('after', proposalsHelp)
  .action((action: string, id: string | undefined, options: Flags & ProposalsOptions) =>
    finish(options, (output) => runProposals({ action, id }, options, output)),
  )
program
  .command('packages')
  .description('decide about the plugins that publishers have pushed')
  .argument('<action>', 'catalogue, trust, review, list, suspend or revoke')
  .argument('[name]', '<plugin>@<version>, or a publisher')
  .option('--public-key <key>', 'of the publisher, as "plugin keygen" prints it')
  .option('--tier <tier>', 'guest or first_party: where the code of the publisher runs', 'guest')
  .addOption(home())
  .option('--url <url>', 'the platform, when it is not the one of this data folder')
  .option('--key <key>', 'the key to call with')
  .addOption(json())
  .addHelpText('after', packagesHelp)
  .action((action: string, name: string | undefined, options: Flags & PackagesOptions) =>
    finish(options, (output) => runPackages({ action, name }, options, output)),
  )
program
  .command('installations')
  .description('look after the plugins that a tenant has installed')
  .argument('<action>', 'list, verdict, upgrade, pause, resume or uninstall')
  .argument('[plugin]', 'its id')
  .requiredOption('--tenant <id>', 'whose')
  .option('--bot <id>', 'which bot’s, when several have it')
  .option('--consent', 'agree to what the verdict says', false)
  .option('--approval <proposal>', 'what somebody else has proposed')
  .addOption(home())
  .option('--url <url>', 'the platform, when it is not the one of this data folder')
  .option('--key <key>', 'the key to call with')
  .addOption(json())
  .addHelpText('after', installationsHelp)
  .action((action: string, plugin: string | undefined, options: Flags & InstallationsOptions) =>
    finish(options, (output) => runInstallations({ action, plugin }, options, output)),
  )
const parts: CommandParts = {
  addJson: (command) => command.addOption(json()),
  addPlatform: (command) =>
    command
      .addOption(home())
      .option('--url <url>', 'the platform, when it is not the one of this data folder')
      .option('--key <key>', 'the key to call with'),
  finish,
}
addPluginCommands(program, parts)
addBookCommands(program, parts)
addOfficeCommands(program, parts)
addThreadCommands(program, parts)

interface Flags {
  readonly json: boolean
}

function readSeconds(text: string): number {
  const seconds = Number(text)
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= 600) return seconds
  throw new InvalidArgumentError('Write a number of seconds, at most 600.')
}

async function finish(options: Flags, run: (output: Output) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run(createOutput(options.json, write))
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    if (options.json) write(`${JSON.stringify({ error: error.message })}\n`)
    else process.stderr.write(`${error.message}\n`)
    process.exitCode = error.exit
  }
}

try {
  await program.parseAsync()
} catch (error) {
  // Commander has printed what was wrong with the call; asking for help is no error.
  const asked = typeof error === 'object' && error !== null && 'exitCode' in error && error.exitCode === 0
  const commander =
    typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('commander.')
  if (!commander) throw error
  process.exitCode = asked ? exits.ok : exits.badInput
}
