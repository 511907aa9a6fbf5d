import { applyEvent, startRun } from '../flow/fold.ts'
import type { Advance, Command, RunEvent } from '../flow/run-state.ts'
import type { Program } from '../flow/program.ts'
import { decodeJson, encodeJson } from '../json.ts'
import type { Plugin } from '../plugin/plugin.ts'
import type { Slots } from '../plugin/slots.ts'
import type { Entry } from '../testing/thread-run.ts'
import { describeError } from './check-stories.ts'
import { playStory, type Story } from './story.ts'

/** What happened in a story and what the plugin wanted then, to be held against later versions of the plugin. */
export interface RecordedJournal {
  readonly story: string
  readonly config: Slots
  readonly locale: string
  readonly timeZone: string
  readonly runs: readonly RecordedRun[]
}

export interface RecordedRun {
  readonly flow: string
  readonly revision: number
  readonly entries: readonly Entry[]
}

/**
 * Plays a story and keeps its journals.
 *
 *     writeFileSync('journals/buys-a-tea.json', writeJournal(await recordJournal(buysTea)))
 */
export async function recordJournal(story: Story): Promise<RecordedJournal> {
  const { thread } = await playStory(story)
  const { config, locale, timeZone } = thread
  const runs = thread.runs.map(({ program, journal }) => ({
    flow: program.flow.id,
    revision: program.flow.revision,
    entries: journal,
  }))
  return { story: story.name, config, locale, timeZone, runs }
}

/** As JSON, an entry a line, so that a change is seen where it is. */
export function writeJournal({ runs, ...rest }: RecordedJournal): string {
  const written = runs.map(({ entries, ...run }) => {
    const lines = entries.map((entry) => `        ${encodeJson(entry)}`).join(',\n')
    return `    { "run": ${encodeJson(run)},\n      "entries": [\n${lines}\n      ] }`
  })
  return `{ "of": ${encodeJson(rest)},\n  "runs": [\n${written.join(',\n')}\n  ] }\n`
}

export function readJournal(text: string): RecordedJournal {
  const { of, runs } = decodeJson(text) as {
    readonly of: Omit<RecordedJournal, 'runs'>
    readonly runs: readonly { readonly run: Omit<RecordedRun, 'entries'>; readonly entries: readonly Entry[] }[]
  }
  return { ...of, runs: runs.map(({ run, entries }) => ({ ...run, entries })) }
}

/**
 * Folds a recorded journal with the plugin as it is now. Each difference names the entry, and the command before and
 * now; nothing when the plugin still does what it did.
 *
 *     compareJournal(plugin, readJournal(readFileSync('journals/buys-a-tea.json', 'utf8')))
 *     // ['buys a tea, run 1 (order), entry 2 (answered), command 1:\n  before say {…}\n  now    say {…}']
 */
export function compareJournal(plugin: Plugin, recorded: RecordedJournal): readonly string[] {
  return recorded.runs.flatMap((run, index) => {
    const place = `${recorded.story}, run ${index + 1} (${run.flow})`
    const flow = Object.hasOwn(plugin.flows, run.flow)
      ? plugin.flows[run.flow]
      : Object.values(plugin.dialogues).find(({ id }) => id === run.flow)
    if (!flow) return [`${place}: the flow is gone`]
    if (flow.revision !== run.revision)
      return [`${place}: recorded with revision ${run.revision}, now it is ${flow.revision}: record it anew`]
    const { config, locale, timeZone } = recorded
    return compareRun({ flow, config, locale, timeZone }, run, place)
  })
}

function compareRun(program: Program, { entries }: RecordedRun, place: string): readonly string[] {
  let last: Advance | undefined
  for (const [index, { event, commands }] of entries.entries()) {
    const where = `${place}, entry ${index + 1} (${event.kind})`
    try {
      last = fold(program, last, event)
    } catch (error) {
      return [`${where}: ${describeError(error)}`]
    }
    const different = compareCommands(commands, last.commands)
    // What follows from a difference differs as well and says nothing new.
    if (different.length > 0) return different.map((text) => `${where}, ${text}`)
  }
  return []
}

function fold(program: Program, last: Advance | undefined, event: RunEvent): Advance {
  if (event.kind === 'started' || !last) return startRun(program, event as Extract<RunEvent, { kind: 'started' }>)
  return applyEvent(program, last.state, event)
}

function compareCommands(before: readonly Command[], now: readonly Command[]): readonly string[] {
  const length = Math.max(before.length, now.length)
  return Array.from({ length }, (_, index) => {
    const [was, is] = [write(before[index]), write(now[index])]
    return was === is ? [] : [`command ${index + 1}:\n  before ${was}\n  now    ${is}`]
  }).flat()
}

function write(command: Command | undefined): string {
  if (!command) return 'nothing'
  const { kind, ...rest } = command
  return `${kind} ${encodeJson(rest)}`
}
