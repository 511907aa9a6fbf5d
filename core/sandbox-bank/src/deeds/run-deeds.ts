import type { Bank } from '../app/bank.ts'
import { Problem } from '../transport/problem.ts'
import { commitDeedChange } from './change-deed.ts'
import type { DeedKind } from './deed-kind.ts'
import { commitDueAt, findDeedRow, findNextDueAt, getDeedRow, listDueDeeds, type Deed } from './deeds.store.ts'

/**
 * Takes every deed that is due one step further, until nothing is; returns when the next one is, in business time. A
 * step that makes something due at once is taken in the same run.
 */
export function runDeeds(bank: Bank, kinds: readonly DeedKind[]): number | undefined {
  const rounds = 50
  for (let round = 0; round < rounds; round += 1) {
    const due = listDueDeeds(bank, bank.clock.now())
    if (due.length === 0) break
    for (const { id, kind: thing } of due) commitStep(bank, getKind(kinds, thing), id)
  }
  return findNextDueAt(bank)
}

/** A deed that was changed since it was listed is judged as it is now. */
function commitStep(bank: Bank, kind: DeedKind, id: string): void {
  bank.db.transaction(() => {
    const deed = getDeedRow(bank, id)
    if (deed.dueAt === undefined || deed.dueAt > bank.clock.now()) return
    const change = kind.step?.(bank, deed) ?? {}
    // Only put off: nobody is told.
    if (change.dueAt !== undefined && Object.keys(change).length === 1) return commitDueAt(bank, id, change.dueAt)
    commitDeedChange(bank, kind, { deed, change })
  })
}

export function getKind(kinds: readonly DeedKind[], thing: string): DeedKind {
  const kind = kinds.find((candidate) => candidate.thing === thing)
  if (!kind) throw new Error('a deed of a kind that nobody knows')
  return kind
}

/** Lets something happen to a deed, by the name of one of its kind's controls. For the sandbox. */
export function commitControl(bank: Bank, kinds: readonly DeedKind[], wish: { id: string; event: string }): Deed {
  return bank.db.transaction(() => {
    const deed = findDeedRow(bank, wish.id)
    if (!deed) throw new Problem('not_found', 'There is nothing with this id.')
    const kind = getKind(kinds, deed.kind)
    const control = kind.controls?.[wish.event]
    if (!control) {
      const known = Object.keys(kind.controls ?? {}).join(', ') || 'nothing'
      throw new Problem('malformed', `What can be let happen to a ${deed.kind}: ${known}.`)
    }
    return commitDeedChange(bank, kind, { deed, change: control(bank, deed) })
  })
}
