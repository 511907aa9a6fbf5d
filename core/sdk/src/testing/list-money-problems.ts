import type { Thread } from './thread.ts'
import { rootOf, type BankCall } from './thread-run.ts'

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
