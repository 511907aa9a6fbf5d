import { foldJournal } from '../flow/fold.ts'
import { encodeJson } from '../json.ts'
import type { Thread } from './thread.ts'
import { rootOf, type BankCall } from './thread-run.ts'

/** Shorter words would be found anywhere. */
const leastMarked = 4

/** Journals that give other commands when they are folded once more. */
export function findReplayProblems({ runs }: Thread): readonly string[] {
  return runs.flatMap(({ journal, program }) => {
    const again = foldJournal(
      program,
      journal.map(({ event }) => event),
    )
    const index = again.findIndex(({ commands }, at) => encodeJson(commands) !== encodeJson(journal[at]?.commands))
    return index < 0 ? [] : [`entry ${index + 1} of "${program.flow.id}" gives other commands when it is replayed`]
  })
}

/** All that reached the plugin and its tenant, as text. */
export function printPartnersView(thread: Thread): string {
  const { runs, sent, record, now } = thread
  return encodeJson([runs.map(({ state, journal }) => [state, journal]), sent, record, thread.shelf.print(now)])
}

/** What was told to the bank alone and is found in slots, journals, documents, or in what the plugin sent. */
export function findConfidences(thread: Thread): readonly string[] {
  const seen = printPartnersView(thread)
  const leaked = thread.confided.filter((words) => words.length >= leastMarked && seen.includes(words))
  return leaked.map((_, index) => `the plugin saw what was told to the bank alone (confidence ${index + 1})`)
}

/**
 * What does not add up: a unit that is neither taken nor free although its run is over, an order that was asked again
 * while the bank had not said what became of the first.
 */
export function listMoneyProblems(thread: Thread): readonly string[] {
  const open = new Set(thread.open.map((run) => rootOf(run).id))
  const undecided = new Set(thread.calls.filter(isUndecided).map(({ run }) => rootOf(run).id))
  const left = thread.shelf.holdsAt(thread.now).filter(({ root, state }) => {
    const waits = root !== undefined && (open.has(root) || undecided.has(root))
    return state !== 'taken' && !waits
  })
  return [
    ...left.map(({ counter, unit }) => `unit ${unit} of ${counter} is neither taken nor released`),
    ...listDoubled(thread),
  ]
}

function isUndecided({ commits, outcome, settled }: BankCall): boolean {
  return commits && outcome === 'unknown' && !settled
}

function listDoubled({ doubled }: Thread): readonly string[] {
  return doubled.map(
    ({ need, operation }) => `${need}.${operation} was asked once more while the bank had not said how it ended`,
  )
}
