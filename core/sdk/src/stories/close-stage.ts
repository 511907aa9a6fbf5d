import { days } from '../time.ts'
import type { Act } from '../testing/act.ts'
import { listMoneyProblems } from '../testing/inspect-thread.ts'
import { performAct } from '../testing/perform.ts'
import type { OpenStage } from '../testing/stage.ts'
import type { Thread } from '../testing/thread.ts'

const actsAtMost = 50
/** How a call ends that nobody answers any more, in the order of preference. */
const lastOutcomes = ['expired', 'cancelled', 'unknown']

/** Plays these acts and then lets the user leave: nobody answers, time passes, the bank decides. */
export function closeStage({ thread }: OpenStage, acts: readonly Act[]): readonly string[] {
  for (const act of acts) performAct(thread, act)
  for (let count = 0; count < actsAtMost; count += 1) {
    const act = findLastAct(thread)
    if (!act) break
    performAct(thread, act)
  }
  return listMoneyProblems(thread)
}

function findLastAct(thread: Thread): Act | undefined {
  if (thread.openCall) return endCall(thread)
  if (thread.open.some((run) => thread.stepOf(run).kind === 'fetch'))
    return { kind: 'fetches', answer: { kind: 'failed', reason: 'late' } }
  if (thread.open.some(({ due }) => due !== undefined)) return { kind: 'advances', ms: days(40) }
  const undecided = thread.calls.some(({ commits, outcome, settled }) => commits && outcome === 'unknown' && !settled)
  return undecided ? { kind: 'settles', data: {} } : undefined
}

function endCall({ openCall: call, plugin }: Thread): Act | undefined {
  const outcomes =
    plugin.contract.declaration.needs[call?.need ?? '']?.capability.operations[call?.operation ?? '']?.outcomes
  const outcome = lastOutcomes.find((name) => outcomes?.[name]?.safeParse({}).success)
  return outcome === undefined ? undefined : { kind: 'answers', outcome, data: {} }
}
