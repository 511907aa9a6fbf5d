import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createAdminClient } from '@inthread/client'
import {
  openWorld,
  playStory,
  readStory,
  renderEnd,
  renderTurn,
  StoryError,
  type PlayOptions,
  type Story,
} from '../story.ts'
import { readDefinition } from './definition.ts'
import { CommandError, exits, type Output } from './output.ts'
import { readRunning, type PlatformOptions } from './platform.ts'

export interface StoryOptions extends PlatformOptions {
  readonly operator?: string
  readonly bank?: string
  readonly twice: boolean
  readonly patience: number
}

export const storyHelp = `
A story is JSON: { id, title, given, turns, final }. "inthread schema story" prints its JSON Schema.

  given   { locale, tenants: [id or path of a definition], clock?: "now" | "09:00", phone?, bot?, bank? }
  turns   each does one thing:
            user    a text; {{code}} is the code the bank has just sent, {{wrongCode}} another one
            tap     the label of a button, { label, of: words of its message } or { menu: label }
            clock   moves time forward: "PT15M"
            fault   { at: "bank" or "operator", match, do, times? }, as POST /sandbox/faults takes it;
                    { at, do: "behave" } ends them
            notice  { at: "bank", account, state } or { at: "operator", status, of? }
          and says what follows: expectBot (messages in their order: words, or { speaker, text, without, cards,
          buttons }), expectBank (payments, payment, transfers, account), expectState (order, book)
  final   { debits, orders?, undecided?, breaks? }; that the bank's books add up is checked in every story

What the bot says and no turn expects is a failure; only the platform's own words may come in between.
Exit code 0: all as written; 1: something else was seen; 2: the file is wrong; 3: no sandbox, or not as given.
`

/** What a command has of the outside world. */
export type StoryPorts = Pick<PlayOptions, 'pause' | 'elapsedMs'> & { readonly fetch: typeof fetch }

/** Plays a story against a running sandbox and prints every turn as it goes. */
export function createStoryRunner(ports: StoryPorts) {
  return async (file: string, options: StoryOptions, output: Output): Promise<number> => {
    const story = readStoryFile(file, output)
    if (!story) return exits.badInput
    const world = openWorld({ ...findParties(options), fetch: ports.fetch, readDefinition })
    output.line(`${story.id}: ${story.title}${options.twice ? ' (every button tapped twice)' : ''}`)
    const report = await playStory(story, {
      world,
      folder: dirname(resolve(file)),
      options: { ...ports, twice: options.twice, patienceMs: options.patience * 1000 },
      onTurn: (turn) => renderTurn(turn).forEach((line) => output.line(line)),
    }).catch((error: unknown) => {
      throw error instanceof StoryError ? new CommandError(error.message, exits.environment) : error
    })
    for (const line of renderEnd(report)) output.line(line)
    output.result(report)
    return report.passed ? exits.ok : exits.failed
  }
}

/** Undefined when something is wrong with it: then everything that is wrong has been said. */
function readStoryFile(file: string, output: Output): Story | undefined {
  const read = readStory(readText(file))
  if ('story' in read) return read.story
  output.result({ problems: read.problems })
  for (const { path, message } of read.problems) output.line(`${path}: ${message}`)
  output.line(`${read.problems.length} problem${read.problems.length === 1 ? '' : 's'} in ${file}; nothing was played.`)
  return undefined
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new CommandError(`There is no story at ${file}.`, exits.badInput)
  }
}

function findParties(options: StoryOptions) {
  const running = readRunning(options.home)
  const parties = {
    platformUrl: options.url ?? running?.platform,
    apiKey: options.key ?? running?.adminKey,
    bankUrl: options.bank ?? running?.bank,
    operatorUrl: options.operator ?? running?.operator,
  }
  const { platformUrl, apiKey, bankUrl, operatorUrl } = parties
  if (platformUrl === undefined || apiKey === undefined) throw notRunning(options.home, 'platform', '--url and --key')
  if (bankUrl === undefined) throw notRunning(options.home, 'sandbox bank', '--bank')
  if (operatorUrl === undefined) throw notRunning(options.home, 'sandbox operator', '--operator')
  return { platformUrl, bankUrl, operatorUrl, api: createAdminClient({ url: platformUrl, apiKey }) }
}

function notRunning(home: string, what: string, options: string): CommandError {
  return new CommandError(
    `No ${what} is running in ${home}: start the sandbox with "npm start", or name one with ${options}.`,
    exits.environment,
  )
}
