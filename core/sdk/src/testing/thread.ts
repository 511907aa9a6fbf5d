import type { Blocking, Command, RunEvent } from '../flow/run-state.ts'
import { applyEvent, foldJournal } from '../flow/fold.ts'
import { getStep, type Program } from '../flow/program.ts'
import { confirmLabels } from '../confirm.ts'
import { decodeJson, encodeJson } from '../json.ts'
import type { Content } from '../message/content.ts'
import type { Flow } from '../plugin/erased.ts'
import { findDialogueOperation, type Plugin } from '../plugin/plugin.ts'
import type { Slots } from '../plugin/slots.ts'
import { addMs, hours, minutes, type Instant } from '../time.ts'
import type { Disturbance } from './act.ts'
import { Shelf } from './shelf.ts'
import { showContent } from './show.ts'
import { assertStory, describeIssue, StoryFailure } from './story-failure.ts'
import { rootOf, type BankCall, type Due, type SeenMessage, type ShownButton, type ThreadRun } from './thread-run.ts'

/** Ten in the morning of 5 March 2026 in Shanghai, a Thursday: when a story begins unless it says otherwise. */
export const storyBegins: Instant = 1_772_676_000_000_000

/** Who uses the plugin, where and when; all of it may be left out. */
export interface ThreadOptions {
  readonly now?: Instant
  /** The first locale of the contract when left out. */
  readonly locale?: string
  /** Asia/Shanghai when left out. */
  readonly timeZone?: string
  /** What the tenant has set; the rest are the defaults of the contract's `config`. */
  readonly config?: Slots
  /** Rows of each collection, as a tenant imports them. */
  readonly documents?: Readonly<Record<string, readonly Slots[]>>
}

export interface Beginning {
  readonly flow: Flow
  readonly input: unknown
  readonly parent?: ThreadRun
  readonly urgent?: boolean
}

const entriesPerAct = 100
const buttonsLiveMs = 86_400_000
/** An order that nobody confirms is over after this time, or earlier where the plugin says so. */
const ordersLiveMs = minutes(15)

/** One user's thread with one plugin: its runs, what is on the screen, and what was asked of the outside. */
export class Thread {
  readonly plugin: Plugin
  readonly locale: string
  readonly timeZone: string
  readonly config: Slots
  readonly shelf: Shelf
  readonly disturbance: Disturbance
  readonly runs: ThreadRun[] = []
  readonly calls: BankCall[] = []
  /** Orders asked for while it was open how one before had ended. */
  readonly doubled: BankCall[] = []
  /** Told while somebody was in the middle of something else. */
  readonly parked: Beginning[] = []
  readonly buttons: ShownButton[] = []
  /** Everything that anybody outside could see, in order: two plays of a story are alike when these are. */
  readonly record: string[] = []
  /** What left the plugin: writes, fetches, events, calls. */
  readonly sent: unknown[] = []
  /** What the user told the bank alone. */
  readonly confided: string[] = []
  /** The plugin's messages since the user, the bank or time last did something. */
  screen: SeenMessage[] = []
  /** The platform's own lines since then, by name, like `menu` or `usedButton`. */
  platform: string[] = []
  now: Instant
  #asked = 0

  constructor(plugin: Plugin, options: ThreadOptions, disturbance: Disturbance = {}) {
    const { declaration } = plugin.contract
    this.plugin = plugin
    this.now = options.now ?? storyBegins
    this.locale = options.locale ?? declaration.locales[0] ?? 'en'
    this.timeZone = options.timeZone ?? 'Asia/Shanghai'
    this.disturbance = disturbance
    const config = declaration.config.safeParse(options.config ?? {})
    if (!config.success) throw new StoryFailure(`the config does not fit: ${describeIssue(config.error)}`)
    this.config = config.data
    this.shelf = new Shelf(plugin, options.documents ?? {}, this.now)
  }

  get open(): readonly ThreadRun[] {
    return this.runs.filter(({ state }) => !state.ended)
  }

  /** The youngest run that waits for an answer of the user. */
  get focus(): ThreadRun | undefined {
    const asking = this.open.filter((run) => !run.suspended && ['ask', 'confirm'].includes(this.stepOf(run).kind))
    return asking.toSorted((left, right) => left.asked - right.asked).at(-1)
  }

  /** The call that the bank has to answer. */
  get openCall(): BankCall | undefined {
    return this.calls.findLast(({ run, visit }) => !run.state.ended && run.state.visit === visit)
  }

  stepOf(run: ThreadRun) {
    return getStep(run.program, run.state.step)
  }

  start({ flow, input, parent, urgent = false }: Beginning): void {
    const parsed = flow.input.safeParse(input)
    assertStory(parsed.success, () => `the flow "${flow.id}" does not take the input ${encodeJson(input)}`)
    const program: Program = { flow, config: this.config, locale: this.locale, timeZone: this.timeZone }
    const { run, event } = this.#open(program, { input: parsed.data, parent, urgent })
    this.advance(run, event)
  }

  /** One entry into a run's journal, and all that follows from it at once. */
  advance(run: ThreadRun, event: RunEvent): void {
    let next: { run: ThreadRun; event: RunEvent } | undefined = { run, event }
    for (let count = 0; next; count += 1) {
      if (count >= entriesPerAct) throw new StoryFailure(`the flow goes round in circles at "${next.run.state.step}"`)
      const entry: { run: ThreadRun; event: RunEvent } = next
      next = undefined
      for (const command of this.#addEntry(entry.run, entry.event)) next = this.#carryOut(entry, command)
    }
  }

  cancel(run: ThreadRun): void {
    const below = this.open.find(({ parent }) => parent === run)
    if (below) return this.cancel(below)
    this.advance(run, { kind: 'cancelled', at: this.now })
  }

  /** All that another act could change, as text. */
  print(): string {
    const runs = this.runs.map(({ state, due, suspended }) => ({ state, due, suspended }))
    return encodeJson([runs, this.record, this.sent, this.shelf.print(this.now)])
  }

  #open(
    program: Program,
    { input, parent, urgent }: { readonly input: unknown } & Pick<ThreadRun, 'parent' | 'urgent'>,
  ) {
    const id = `run-${this.runs.length + 1}`
    const state = { step: program.flow.start, visit: 0, slots: {}, input, unread: 0, options: [], ended: false }
    const run: ThreadRun = {
      id,
      parent,
      program,
      journal: [],
      state,
      due: undefined,
      asked: 0,
      suspended: false,
      urgent,
    }
    this.runs.push(run)
    return { run, event: { kind: 'started', input, at: this.now } as const }
  }

  #addEntry(run: ThreadRun, event: RunEvent): readonly Command[] {
    const { commands, state } = applyEvent(run.program, run.state, event)
    run.journal.push({ event, commands })
    run.state = state
    if (commands.length > 0) {
      run.due = undefined
      run.suspended = false
    }
    this.#assertSlots(run)
    if (this.disturbance.restarts) this.#restart(run)
    return commands
  }

  /** Whatever a function of the plugin puts into a slot has to be there again when it comes out of storage. */
  #assertSlots({ program, state }: ThreadRun): void {
    const { flow } = program
    const checked = flow.state.safeParse(decodeJson(encodeJson(state.slots)))
    if (checked.success) return
    const place = `before step "${state.step}" of "${flow.id}"`
    throw new StoryFailure(`${place} a slot does not fit: ${describeIssue(checked.error)}`)
  }

  #restart(run: ThreadRun): void {
    const journal = decodeJson(encodeJson(run.journal.map(({ event }) => event))) as RunEvent[]
    const again = foldJournal(run.program, journal).at(-1)
    const place = `entry ${run.journal.length} of "${run.program.flow.id}"`
    assertStory(
      encodeJson(again?.commands) === encodeJson(run.journal.at(-1)?.commands),
      () => `after a restart ${place} asks for something else`,
    )
    assertStory(
      encodeJson(again?.state) === encodeJson(run.state),
      () => `after a restart the run stands elsewhere at ${place}`,
    )
    run.state = decodeJson(encodeJson(run.state)) as ThreadRun['state']
  }

  #carryOut(entry: { readonly run: ThreadRun; readonly event: RunEvent }, command: Command) {
    const { run } = entry
    const { visit } = command
    const at = this.now
    switch (command.kind) {
      case 'say':
        return this.#show(run, command.content, { visit, until: addMs(at, buttonsLiveMs) })
      case 'remind':
        run.due = { at: command.timeoutAt, kind: 'timeout' }
        return this.#show(run, command.content, { visit, until: command.timeoutAt })
      case 'ask':
        return this.#ask(run, command)
      case 'call':
        return this.#call(run, command)
      case 'confirm':
        return this.#confirm(run, command)
      case 'emit':
        return this.#send({ emit: command.event, data: command.data })
      case 'fetch':
        return this.#send({ fetch: command.from, request: command.request })
      case 'read':
        return { run, event: { kind: 'read', visit, documents: this.shelf.read(command, at), at } as const }
      case 'write':
        this.#send({
          write: command.to,
          ...(command.act === 'remove' ? { remove: command.key } : { [command.act]: command.document }),
        })
        return { run, event: { kind: 'written', visit, written: this.shelf.write(command, at), at } as const }
      case 'run':
        return this.#runSubFlow(run, command)
      case 'reserve':
      case 'take':
      case 'release':
        return this.#hold(run, command)
      case 'wait':
        return void (run.due = { at: command.until, kind: 'timeout' })
      case 'end':
        return this.#end(entry, command)
    }
  }

  #ask(run: ThreadRun, { visit, content, timeoutAt, remindAt, again }: Extract<Blocking, { kind: 'ask' }>): undefined {
    const due: Due =
      remindAt !== undefined && remindAt < timeoutAt
        ? { at: remindAt, kind: 'reminder' }
        : { at: timeoutAt, kind: 'timeout' }
    if (run.urgent) this.#makeWay(run)
    run.due = due
    run.asked = this.#asked += 1
    if (again) this.platform.push('notRead')
    return this.#show(run, content, { visit, until: timeoutAt })
  }

  /** What another flow asks waits for something urgent. */
  #makeWay(urgent: ThreadRun): void {
    for (const run of this.open) {
      if (run === urgent || run.suspended || this.stepOf(run).kind !== 'ask') continue
      run.suspended = true
      run.due = { at: addMs(this.now, hours(12)), kind: 'timeout' }
    }
  }

  /** The core's own question: what it shows is the stored order, of which a story sees the buttons. */
  #confirm(run: ThreadRun, { visit, order, method }: Extract<Blocking, { kind: 'confirm' }>): undefined {
    run.asked = this.#asked += 1
    const title = findDialogueOperation(this.plugin, run.program.flow)?.confirm?.title
    const labels = confirmLabels(run.program.locale, title)
    const expiresAt = addMs(this.now, buttonsLiveMs)
    this.buttons.push(...labels.map((label, option) => ({ run, visit, option, label, expiresAt })))
    this.platform.push('confirm')
    return this.#send({ confirm: order, method })
  }

  #show(
    run: ThreadRun,
    content: Content<unknown>,
    { visit, until }: { readonly visit: number; readonly until: Instant },
  ): undefined {
    const { text, buttons } = showContent(this.plugin, content, run.program)
    this.buttons.push(...buttons.map(({ label, option }) => ({ run, visit, option, label, expiresAt: until })))
    const labels = buttons.map(({ label }) => label)
    this.screen.push({ text, labels })
    this.record.push(`bot: ${[text, ...labels.map((label) => `[${label}]`)].join(' ')}`)
    return undefined
  }

  #call(
    run: ThreadRun,
    { need: alias, operation: name, input, visit }: Extract<Blocking, { kind: 'call' }>,
  ): undefined {
    const operation = this.plugin.contract.declaration.needs[alias]?.capability.operations[name]
    assertStory(operation !== undefined, () => `the contract has no need ${alias}.${name}`)
    const parsed = operation.input.safeParse(input)
    assertStory(
      parsed.success,
      () => `${alias}.${name} does not take the input of step "${run.state.step}": ${encodeJson(input)}`,
    )
    const commits = operation.class === 'commit'
    const moves = commits && (operation.confirm?.payer !== false || hasAmount(parsed.data))
    const call: BankCall = {
      ...{ run, visit, need: alias, operation: name, input: parsed.data, commits, moves },
      expiresAt:
        'expired' in operation.outcomes ? findExpiry(parsed.data, this.now, operation.confirm?.livesMs) : undefined,
      outcome: undefined,
      settled: false,
    }
    const waits = this.calls.some(
      (before) =>
        before.commits && !before.settled && before.outcome === 'unknown' && rootOf(before.run) === rootOf(run),
    )
    if (commits && waits) this.doubled.push(call)
    this.calls.push(call)
    return this.#send({ call: `${alias}.${name}`, input: parsed.data })
  }

  #send(what: object): undefined {
    this.sent.push(what)
    this.record.push(`sent: ${encodeJson(what)}`)
    return undefined
  }

  #runSubFlow(parent: ThreadRun, command: Extract<Blocking, { kind: 'run' }>) {
    const flow = Object.hasOwn(this.plugin.flows, command.flow) ? this.plugin.flows[command.flow] : undefined
    assertStory(flow !== undefined, () => `the plugin has no flow "${command.flow}"`)
    const parsed = flow.input.safeParse(command.input)
    assertStory(parsed.success, () => `the flow "${flow.id}" does not take the input ${encodeJson(command.input)}`)
    return this.#open({ ...parent.program, flow }, { input: parsed.data, parent, urgent: parent.urgent })
  }

  #hold(run: ThreadRun, command: Extract<Blocking, { kind: 'reserve' | 'take' | 'release' }>) {
    const { visit } = command
    const at = this.now
    if (command.kind === 'reserve') {
      const holder = { id: `${run.id}-hold-${visit}`, root: rootOf(run).id, now: at }
      return { run, event: { kind: 'held', visit, hold: this.shelf.reserve(command, holder), at } as const }
    }
    if (command.kind === 'take')
      return { run, event: { kind: 'taken', visit, taken: this.shelf.take(command.hold.id, at), at } as const }
    this.shelf.release(command.hold.id)
    return { run, event: { kind: 'released', visit, at } as const }
  }

  #end(
    { run, event }: { readonly run: ThreadRun; readonly event: RunEvent },
    command: Extract<Blocking, { kind: 'end' }>,
  ) {
    const { parent } = run
    const at = this.now
    if (!parent) return void this.shelf.releaseAll(run.id)
    if (event.kind === 'cancelled') return { run: parent, event: { kind: 'cancelled', at } as const }
    const result = run.program.flow.result?.safeParse(command.result)
    assertStory(result?.success !== false, () => `the result of "${run.program.flow.id}" does not fit`)
    return {
      run: parent,
      event: { kind: 'returned', visit: parent.state.visit, result: result?.data ?? null, at } as const,
    }
  }
}

function findExpiry(input: unknown, now: Instant, livesMs = ordersLiveMs): Instant {
  const latest = addMs(now, livesMs)
  const wished = typeof input === 'object' && input !== null && 'expiresAt' in input ? input.expiresAt : undefined
  return typeof wished === 'number' ? Math.min(wished, latest) : latest
}

function hasAmount(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'amount' in input && input.amount !== undefined
}
