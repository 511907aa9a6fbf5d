import { foldJournal } from '../flow/fold.ts'
import { encodeJson } from '../json.ts'
import type { Thread } from '../testing/thread.ts'

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

/** What was told to the bank alone and is found in slots, journals, documents, or in what the plugin sent. */
export function findConfidences(thread: Thread): readonly string[] {
  const { runs, sent, record, now, confided } = thread
  const seen = encodeJson([runs.map(({ state, journal }) => [state, journal]), sent, record, thread.shelf.print(now)])
  const leaked = confided.filter((words) => words.length >= leastMarked && seen.includes(words))
  return leaked.map((_, index) => `the plugin saw what was told to the bank alone (confidence ${index + 1})`)
}
