import type { RunEvent } from '../flow/run-state.ts'
import { assertStory } from './story-failure.ts'
import type { Thread } from './thread.ts'
import type { ThreadRun } from './thread-run.ts'

/** Brings a run what came from outside; where the story is disturbed so, twice. */
export function deliver(thread: Thread, run: ThreadRun, event: RunEvent): void {
  thread.advance(run, event)
  // A reminder leaves its question open: that it is sent once is the timer's business and not the journal's.
  if (!thread.disturbance.doubles || event.kind === 'reminded') return
  assertNothingChanges(thread, () => thread.advance(run, event), `a second ${event.kind}`)
}

/** Everything that ever came in comes once more, as a network that is late or confused brings it. */
export function repeatAll(thread: Thread): void {
  for (const run of [...thread.runs]) {
    const passed = run.journal.filter(({ event }) => 'visit' in event && event.visit < run.state.visit)
    for (const { event } of passed)
      assertNothingChanges(thread, () => thread.advance(run, event), `a late ${event.kind}`)
  }
}

/** Throws when the act changes anything that somebody could see, or that a run remembers. */
export function assertNothingChanges(thread: Thread, act: () => void, what: string): void {
  const before = thread.print()
  const journals = thread.runs.map(({ journal }) => journal.length)
  act()
  assertStory(thread.print() === before, () => `${what} changes something`)
  // What came too late is no part of the story.
  for (const [index, run] of thread.runs.entries()) run.journal.splice(journals[index] ?? run.journal.length)
}
