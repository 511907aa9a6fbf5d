import { normalize } from '../message/clean.ts'
import { findPlatformWord, isGreeting, type PlatformWord } from '../message/platform-words.ts'
import { buildContext } from '../flow/program.ts'
import type { RunEvent } from '../flow/run-state.ts'
import type { AnyAsk, Flow } from '../plugin/erased.ts'
import { addMs, hours } from '../time.ts'
import { isOver, takeOutcome } from './bank-answers.ts'
import { deliver } from './deliver.ts'
import { StoryFailure } from './story-failure.ts'
import type { Thread } from './thread.ts'
import { rootOf, type BankCall, type ShownButton, type ThreadRun } from './thread-run.ts'

const suspendedAtMost = 3

/** A tap on the youngest button with this label; one whose question is over does nothing but say so. */
export function takeTap(thread: Thread, label: string): void {
  const button = thread.buttons.findLast((candidate) => candidate.label === label)
  const shown = [...new Set(thread.buttons.slice(-12).map((candidate) => `"${candidate.label}"`))].join(', ')
  if (!button) throw new StoryFailure(`there is no button "${label}"; there are ${shown || 'none'}`)
  if (button.option === undefined)
    throw new StoryFailure(`the button "${label}" opens something: nobody hears of a tap on it`)
  tapButton(thread, button)
}

/** What the button does now: nothing, when its question is over. */
export function tapButton(thread: Thread, { run, visit, option = 0, expiresAt }: ShownButton): void {
  const open = !run.state.ended && run.state.visit === visit && expiresAt >= thread.now
  const event = open ? answerByOption(thread, run, option) : undefined
  if (!event) return void thread.platform.push('usedButton')
  deliver(thread, run, event)
}

function answerByOption(thread: Thread, run: ThreadRun, option: number): RunEvent | undefined {
  const { visit, options } = run.state
  const step = thread.stepOf(run)
  const at = thread.now
  if (step.kind === 'confirm') return { kind: 'decided', visit, answer: option === 0 ? 'confirmed' : 'cancelled', at }
  const chosen = options[option]
  return step.kind === 'ask' && chosen ? { kind: 'answered', visit, value: chosen.value, at } : undefined
}

/**
 * Who gets what the user says: the bank while it asks, then the label of an open question, the platform's words, the
 * question itself, the plugin's intents, a greeting, and the menu. The same order as on the platform.
 */
export function takeWords(thread: Thread, words: string): void {
  const call = thread.openCall
  if (call && !thread.focus) return tellBank(thread, call, words)
  const { focus } = thread
  const event = focus && (answerByLabel(thread, focus, words) ?? undefined)
  if (focus && event) return deliver(thread, focus, event)
  const word = findPlatformWord(words)
  if (word) return answerWord(thread, word)
  const answer = focus && answerByWords(thread, focus, words)
  if (focus && answer) return deliver(thread, focus, answer)
  if (focus && isConfidential(thread, focus)) return askAgain(thread, focus)
  const found = findIntent(thread, words)
  if (found) return startWish(thread, found)
  if (isGreeting(words)) return void thread.platform.push('greeting')
  if (focus) return askAgain(thread, focus)
  thread.platform.push('menu')
}

function tellBank(thread: Thread, call: BankCall, words: string): void {
  const need = thread.plugin.contract.declaration.needs[call.need]
  const outcomes = need?.capability.operations[call.operation]?.outcomes ?? {}
  if (findPlatformWord(words) === 'cancel' && 'cancelled' in outcomes)
    return takeOutcome(thread, {
      kind: 'answers',
      outcome: isOver(call, thread.now) ? 'expired' : 'cancelled',
      data: {},
    })
  thread.confided.push(words)
}

function answerByLabel(thread: Thread, run: ThreadRun, words: string): RunEvent | undefined {
  const typed = normalize(words)
  const { visit } = run.state
  const own = thread.buttons.filter((button) => button.run === run && button.visit === visit)
  const button = own.find(({ label, option }) => option !== undefined && normalize(label) === typed)
  return typed === '' || button?.option === undefined ? undefined : answerByOption(thread, run, button.option)
}

function answerByWords(thread: Thread, run: ThreadRun, words: string): RunEvent | undefined {
  const step = thread.stepOf(run)
  if (step.kind !== 'ask') return undefined
  const { visit } = run.state
  const at = thread.now
  if (step.confidential) return answerInConfidence(thread, step, { words, visit })
  const value = step.read?.(words, buildContext(run.program, run.state, at)) ?? readOrdinal(run, words)
  return value === undefined || value === null ? undefined : { kind: 'answered', visit, value, at }
}

/** Nothing of the words goes further than a reference to them. */
function answerInConfidence(
  thread: Thread,
  { shape }: AnyAsk,
  { words, visit }: { readonly words: string; readonly visit: number },
): RunEvent | undefined {
  const digits = words.normalize('NFKC').replace(/[\s-]/gu, '')
  const fits =
    /^[0-9]+$/.test(digits) && digits.length >= (shape?.digits ?? 1) && digits.length <= (shape?.digits ?? 12)
  if (!fits) return undefined
  thread.confided.push(words)
  return { kind: 'answered_in_confidence', visit, secret: `secret-${visit}`, at: thread.now }
}

function readOrdinal({ state }: ThreadRun, words: string): unknown {
  const typed = words.trim().normalize('NFKC')
  return /^[0-9]{1,2}$/.test(typed) ? state.options[Number(typed) - 1]?.value : undefined
}

function isConfidential(thread: Thread, run: ThreadRun): boolean {
  const step = thread.stepOf(run)
  return step.kind === 'ask' && step.confidential === true
}

function askAgain(thread: Thread, run: ThreadRun): void {
  if (thread.stepOf(run).kind === 'confirm') return void thread.platform.push('confirmOrCancel')
  deliver(thread, run, { kind: 'not_read', visit: run.state.visit, at: thread.now })
}

interface Wish {
  readonly flow: Flow
  readonly input: unknown
}

function findIntent(thread: Thread, words: string): Wish | undefined {
  const { now, locale, timeZone, config, plugin } = thread
  const said = normalize(words)
  const intents = Object.values(plugin.intents)
  const named = intents.find((intent) =>
    Object.values(intent.words)
      .flat()
      .some((known) => normalize(known) === said),
  )
  if (named && said !== '') return { flow: named.flow, input: named.input }
  for (const { flow, understand } of intents) {
    const input = understand?.(words, { now, locale, timeZone, config })
    if (input !== undefined) return { flow, input }
  }
  return undefined
}

/** A new wish takes the place of what is open of the same flow; another flow's question waits until it is over. */
function startWish(thread: Thread, { flow, input }: Wish): void {
  const { focus } = thread
  for (const run of thread.open)
    if ((run === focus || run.suspended) && rootOf(run).program.flow.id === flow.id) thread.cancel(run)
  if (focus && !focus.state.ended) suspend(thread, focus)
  thread.start({ flow, input })
}

/** A question that waits for something else has twelve hours, and three of them wait at most. */
function suspend(thread: Thread, run: ThreadRun): void {
  run.suspended = true
  run.due = { at: addMs(thread.now, hours(12)), kind: 'timeout' }
  const waiting = thread.open.filter(({ suspended }) => suspended).toSorted((one, two) => one.asked - two.asked)
  for (const left of waiting.slice(0, Math.max(0, waiting.length - suspendedAtMost))) thread.cancel(left)
}

function answerWord(thread: Thread, word: PlatformWord): void {
  const { focus } = thread
  // What was said to the bank is neither taken back nor begun anew.
  const dialogue = thread.plugin.contract.declaration.provides !== undefined
  if (focus && dialogue && (word === 'correct' || word === 'again')) return askAgain(thread, focus)
  if (!focus)
    return void thread.platform.push(word === 'help' ? 'help' : word === 'cancel' ? 'nothingToCancel' : 'menu')
  switch (word) {
    case 'correct':
      return deliver(thread, focus, { kind: 'corrected', visit: focus.state.visit, at: thread.now })
    case 'cancel':
    case 'stop':
      thread.platform.push(word === 'stop' ? 'stopped' : 'cancelled')
      return thread.cancel(focus)
    case 'again': {
      const { program, state } = rootOf(focus)
      thread.cancel(focus)
      return thread.start({ flow: program.flow, input: state.input })
    }
    default:
      thread.platform.push(word)
  }
}
