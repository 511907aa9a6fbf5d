import type { FetchAnswer, RunEvent } from '../flow/run-state.ts'
import { addMs, type Instant } from '../time.ts'
import type { Act } from './act.ts'
import { takeTap, takeWords, tapButton } from './arbitrate.ts'
import { takeOutcome, takeSettlement } from './bank-answers.ts'
import { assertNothingChanges, deliver, repeatAll } from './deliver.ts'
import { StoryFailure } from './story-failure.ts'
import type { Thread } from './thread.ts'
import type { ThreadRun } from './thread-run.ts'

type ActOf<K extends Act['kind']> = Extract<Act, { kind: K }>

/** Lets one act happen, and everything that follows from it. */
export function performAct(thread: Thread, act: Act): void {
  if (thread.disturbance.repeats) repeatEverything(thread)
  if (thread.disturbance.confides && act.kind === 'answers') confide(thread)
  thread.screen = []
  thread.platform = []
  thread.record.push(`act: ${describeAct(act)}`)
  takeAct(thread, act)
  resumeSuspended(thread)
}

/** Every button whose question is over is tapped once more, and every answer comes once more. */
function repeatEverything(thread: Thread): void {
  const over = thread.buttons.filter(({ run, visit }) => run.state.ended || run.state.visit !== visit)
  for (const button of over)
    assertNothingChanges(thread, () => tapButton(thread, button), `a late tap on ${button.label}`)
  repeatAll(thread)
}

/** A code, a name, an account: said while the bank asks, and meant for nobody else. */
function confide(thread: Thread): void {
  if (thread.openCall && !thread.focus)
    takeWords(thread, `between the bank and me: ${8_000_000 + thread.confided.length}`)
}

function takeAct(thread: Thread, act: Act): void {
  switch (act.kind) {
    case 'says':
      return takeWords(thread, act.words)
    case 'taps':
      return takeTap(thread, act.label)
    case 'starts':
      return startNamed(thread, act)
    case 'answers':
      return takeOutcome(thread, act)
    case 'settles':
      return takeSettlement(thread, act.data)
    case 'fetches':
      return takeFetched(thread, act.answer)
    case 'tells':
      return takeEvent(thread, act)
    case 'advances':
      return advanceTo(thread, addMs(thread.now, act.ms))
    case 'reserves':
      return reserveElsewhere(thread, act)
    case 'lapses':
      return thread.shelf.lapse()
  }
}

/** Words said to the bank are nobody's business but the bank's: not even the record of a story has them. */
function describeAct(act: Act): string {
  switch (act.kind) {
    case 'says':
      return 'the user says something'
    case 'taps':
      return `the user taps ${act.label}`
    case 'advances':
      return `${act.ms} ms pass`
    case 'answers':
      return `the outcome is ${act.outcome}`
    default:
      return act.kind
  }
}

function startNamed(thread: Thread, { flow: id, input }: ActOf<'starts'>): void {
  const flow = Object.hasOwn(thread.plugin.flows, id) ? thread.plugin.flows[id] : undefined
  const known = Object.keys(thread.plugin.flows).join(', ')
  if (!flow) throw new StoryFailure(`the plugin has no flow "${id}", only ${known}`)
  thread.start({ flow, input })
}

function takeFetched(thread: Thread, answer: FetchAnswer): void {
  const run = thread.open.findLast((candidate) => thread.stepOf(candidate).kind === 'fetch')
  if (!run) throw new StoryFailure('no host was asked anything')
  const step = thread.stepOf(run)
  const host = step.kind === 'fetch' ? thread.plugin.contract.declaration.egress?.[step.from] : undefined
  const read = answer.kind === 'answered' ? host?.answer.safeParse(answer.data) : undefined
  // What is not as declared never reaches the plugin.
  const taken: FetchAnswer = read?.success === false ? { kind: 'failed', reason: 'malformed' } : answer
  const parsed: FetchAnswer = read?.success ? { kind: 'answered', data: read.data } : taken
  deliver(thread, run, { kind: 'fetched', visit: run.state.visit, answer: parsed, at: thread.now })
}

function takeEvent(thread: Thread, { event, data }: ActOf<'tells'>): void {
  const heard = thread.plugin.contract.declaration.listens?.[event]
  const reaction = thread.plugin.reactions[event]
  if (!heard || !reaction) throw new StoryFailure(`the plugin does not listen to "${event}"`)
  const { now, locale, timeZone, config } = thread
  const input = reaction.input(heard.data.parse(data), { now, locale, timeZone, config })
  const wish = { flow: reaction.flow, input, urgent: heard.urgent === true }
  if (!wish.urgent && isBusy(thread)) return void thread.parked.push(wish)
  thread.start(wish)
}

/** Time passes from one thing that is due to the next. */
function advanceTo(thread: Thread, until: Instant): void {
  for (let run = findDue(thread, until); run; run = findDue(thread, until)) {
    const { at, kind } = run.due ?? { at: until, kind: 'timeout' }
    thread.now = at > thread.now ? at : thread.now
    run.due = undefined
    const event = {
      kind: kind === 'reminder' ? 'reminded' : 'timed_out',
      visit: run.state.visit,
      at: thread.now,
    } as const
    deliver(thread, run, event satisfies RunEvent)
    resumeSuspended(thread)
  }
  thread.now = until
}

function findDue(thread: Thread, until: Instant): ThreadRun | undefined {
  const due = thread.open.filter((run) => run.due && run.due.at <= until)
  return due.toSorted((left, right) => (left.due?.at ?? 0) - (right.due?.at ?? 0))[0]
}

function reserveElsewhere(thread: Thread, { from, counter, key, part }: ActOf<'reserves'>): void {
  const { now, shelf } = thread
  const command = { kind: 'reserve', visit: 0, from, counter, key, part, until: now } as const
  const id = `elsewhere-${shelf.holdsAt(now).length + 1}`
  if (!shelf.reserve(command, { id, root: undefined, now }))
    throw new StoryFailure(`no unit of ${[from, counter, key, part].join('/')} is left for anybody else`)
}

function isBusy(thread: Thread): boolean {
  return thread.open.some(
    (run) => !run.suspended && ['ask', 'confirm', 'call', 'fetch'].includes(thread.stepOf(run).kind),
  )
}

/**
 * When nobody is in the middle of anything any more, the question that was left last is asked again; without one, what
 * was told meanwhile begins.
 */
function resumeSuspended(thread: Thread): void {
  const left = thread.open
    .filter(({ suspended }) => suspended)
    .toSorted((one, two) => one.asked - two.asked)
    .at(-1)
  if (isBusy(thread)) return
  if (!left) return startParked(thread)
  left.suspended = false
  thread.advance(left, { kind: 'resumed', visit: left.state.visit, at: thread.now })
}

function startParked(thread: Thread): void {
  while (!isBusy(thread)) {
    const next = thread.parked.shift()
    if (!next) return
    thread.start(next)
  }
}
