import { Command, Option } from 'commander'
import { runApply } from './commands/apply.ts'
import { CommandError, createOutput, exits, type Output } from './commands/output.ts'
import { runDoctor, runMigrate, runSchema, runServe } from './commands/serve.ts'
import { runStoryCommand } from './commands/story.ts'

const write = (text: string): void => void process.stdout.write(text)
const home = () => new Option('--home <folder>', 'the data folder').env('INTHREAD_HOME').default('./.inthread')
const json = () => new Option('--json', 'print one JSON value instead of lines').default(false)

const program = new Command('inthread')
  .description('A bank hosts its partners’ chatbots on 5G Messaging.')
  .showHelpAfterError()
  .exitOverride()

program
  .command('serve')
  .description('run the platform')
  .addOption(json())
  .action((options: Flags) => finish(options, runServe))
program
  .command('migrate')
  .description('bring the database up to date')
  .addOption(json())
  .action((options: Flags) => finish(options, runMigrate))
program
  .command('doctor')
  .description('check what the platform needs, each with its remedy')
  .addOption(json())
  .action((options: Flags) => finish(options, runDoctor))
program
  .command('schema')
  .description('print the JSON Schema of a file format')
  .argument('<subject>', 'tenant')
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
  .command('story')
  .description('play a story against a running sandbox')
  .argument('<file>', 'a story as JSON')
  .addOption(home())
  .option('--operator <url>', 'the sandbox operator, when it is not the one of this data folder')
  .addOption(json())
  .action((file: string, options: Flags & Parameters<typeof runStoryCommand>[1]) =>
    finish(options, (output) => runStoryCommand(file, options, output)),
  )

interface Flags {
  readonly json: boolean
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
