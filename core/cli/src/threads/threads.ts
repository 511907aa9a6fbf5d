import type { Command } from 'commander'
import type { AdminApi } from '@inthread/client'
import { callPlatform } from '../books/call-platform.ts'
import { CommandError, exits, type Output } from '../commands/output.ts'
import type { PlatformOptions } from '../commands/platform.ts'
import type { CommandParts } from '../commands/plugin-commands.ts'
import { readTime } from '../office/moment.ts'
import { readAct, readScriptFile } from './read-acts.ts'
import { readDraft } from './read-draft.ts'
import { renderThread } from './render-thread.ts'

export interface ThreadOptions extends PlatformOptions {
  readonly tenant: string
  readonly bot?: string
  readonly script?: string
  readonly draft?: string
  readonly locale?: string
  readonly at?: string
  readonly sms: boolean
}

export const threadsHelp = `
simulate [acts…]        what the bot would say, turn by turn and why: nothing is sent, asked of a bank, or kept
script <conversation>   what the user of a stored conversation did, as a script for simulate

Acts, one after the other:
  any words             what the user says
  tap:Buy               the youngest button with this label; tap:3/Buy is the one of the message with the number 3
  pick:Orders           an entry of the fixed menu
  bank:accepts          also declines and times_out, or any outcome: bank:found={"bills":[]}
  settle:succeeded      how an order ended that the bank had left open; or declined
  host:{"price":"12"}   what a host answers; or host:unreachable, late, refused, malformed
  wait:10m              time passes: s, m, h or d

  inthread threads simulate --tenant northern-rail "明天从成都到北京" tap:对

With --draft the settings, the menu and the words of a folder are tried that "apply" would bring in.
Exit code 0: as asked; 1: an act could not be carried out, or a plugin has failed; 2: bad input; 3: no platform.
`

type Flags = { readonly json: boolean }

/** `inthread threads …`: to try what a bot says. */
export function addThreadCommands(program: Command, { addJson, addPlatform, finish }: CommandParts): void {
  const command = program.command('threads').description('try what a bot says, without a phone and without a bank')
  addJson(addPlatform(command))
    .argument('<action>', 'simulate or script')
    .argument('[what...]', 'acts, or a conversation')
    .requiredOption('--tenant <id>', 'whose')
    .option('--bot <id>', 'which bot, when the tenant has several')
    .option('--script <file>', 'acts as JSON, before those that are named')
    .option('--draft <path>', 'a definition that is not applied yet, or its folder')
    .option('--locale <language>', 'the user’s language, like en; the tenant’s when left out')
    .option('--at <moment>', 'when it begins, like 2026-03-05T08:00:00Z; now when left out')
    .option('--sms', 'as a phone without 5G messaging shows it', false)
    .addHelpText('after', threadsHelp)
    .action((action: string, what: readonly string[], options: Flags & ThreadOptions) =>
      finish(options, (output) => runThreads({ action, what }, options, output)),
    )
}

export interface ThreadCall {
  readonly action: string
  readonly what: readonly string[]
}

export async function runThreads(call: ThreadCall, options: ThreadOptions, output: Output): Promise<number> {
  if (call.action === 'simulate') return simulate(call.what, options, output)
  if (call.action === 'script') return printScript(call.what, options, output)
  throw new CommandError(`There is no "threads ${call.action}": use simulate or script.`, exits.badInput)
}

async function simulate(what: readonly string[], options: ThreadOptions, output: Output): Promise<number> {
  const { tenant, locale, sms } = options
  const written = options.script === undefined ? undefined : readScriptFile(options.script)
  const acts = [...(written?.acts ?? []), ...what.map(readAct)]
  const startsAt = readTime('--at', options.at) ?? written?.startsAt
  const answer = await callPlatform(options, async (api) => {
    const bot = options.bot ?? (await findOnlyBot(api, tenant))
    const draft = options.draft === undefined ? {} : { draft: readDraft(options.draft, bot) }
    return api.threads.simulate.mutate({ tenant, bot, startsAt, acts, locale, sms, ...draft })
  })
  output.result(answer)
  for (const { path, message } of answer.problems) output.line(`${path}: ${message}`)
  if (!answer.thread) return exits.badInput
  for (const line of renderThread(answer.thread)) output.line(line)
  return answer.thread.cut !== null || answer.thread.turns.some(({ problem }) => problem) ? exits.failed : exits.ok
}

async function findOnlyBot(api: AdminApi, tenant: string): Promise<string> {
  const { definition } = await api.tenants.get.query({ tenant })
  const { bots = [] } = definition as { readonly bots?: readonly { readonly id: string }[] }
  const [only, ...others] = bots
  if (only && others.length === 0) return only.id
  throw new CommandError(`Name the bot with --bot: ${bots.map(({ id }) => id).join(', ')}.`, exits.badInput)
}

async function printScript([conversation]: readonly string[], options: ThreadOptions, output: Output): Promise<number> {
  if (conversation === undefined) throw new CommandError('Name the conversation.', exits.badInput)
  const { tenant } = options
  const script = await callPlatform(options, (api) => api.threads.script.query({ tenant, conversation }))
  output.result(script)
  output.line(JSON.stringify({ startsAt: script.startsAt, acts: script.acts }, null, 2))
  return exits.ok
}
