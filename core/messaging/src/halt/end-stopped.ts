import { advanceRun } from '../fold/advance.ts'
import { findDraftRun, sayAsPlatform, type TurnDraft } from '../fold/draft.ts'
import { ask, type Folding } from '../fold/need.ts'
import type { StoppedRun } from '../fold/turn.ts'
import { platformTexts } from '../text/platform-texts.ts'

/**
 * Ends the runs whose code may not run any more, from nothing but what the core itself keeps. What was ordered in a
 * dialogue is closed or goes on without it, the user is told how it stands, and the scene hears the outcome. A run
 * waits for what it called: a scene whose dialogue with the bank is still open is ended after that.
 */
export function* endStopped(draft: TurnDraft): Folding<void> {
  for (let next = findNext(draft); next; next = findNext(draft)) {
    draft.ended.push(next)
    const { parent_id: parentId, order_id: orderId } = next.row
    const above = parentId === null ? undefined : findRow(draft, parentId)
    if (orderId !== null && above?.order_id !== orderId) yield* closeOrder(draft, next, orderId)
    else if (parentId === null) endScene(draft, next)
  }
}

function findNext({ input, runs, ended }: TurnDraft): StoppedRun | undefined {
  const isOpenBelow = ({ row }: StoppedRun): boolean =>
    input.stopped.some((other) => other.row.parent_id === row.id && !ended.includes(other)) ||
    input.runs.some((other) => other.row.parent_id === row.id && runs.get(other.row.id)?.state.ended !== true)
  return input.stopped.find((run) => !ended.includes(run) && !isOpenBelow(run))
}

function findRow({ input }: TurnDraft, runId: string): StoppedRun['row'] | undefined {
  return [...input.stopped, ...input.runs].find(({ row }) => row.id === runId)?.row
}

function* closeOrder(draft: TurnDraft, { row }: StoppedRun, orderId: string): Folding<void> {
  const { now, tenancy } = draft.input
  const holder = row.root_id ?? row.parent_id ?? row.id
  const outcome = yield* ask({ kind: 'close', order: { scope: tenancy.scope, orderId }, now, holder })
  draft.outcomes.set(holder, outcome)
  yield* sayStanding(draft, orderId)
  const parent = row.parent_id === null ? undefined : findDraftRun(draft, row.parent_id)
  if (!parent) return
  const { name, data } = outcome
  yield* advanceRun(draft, parent, { kind: 'outcome', visit: parent.state.visit, outcome: name, data, at: now })
}

/** In the platform's words, how an order stands. */
export function* sayStanding(draft: TurnDraft, orderId: string): Folding<void> {
  const { tenancy } = draft.input
  const standing = yield* ask({ kind: 'standing', order: { scope: tenancy.scope, orderId } })
  if (standing) sayAsPlatform(draft, platformTexts(tenancy.locale).standing[standing.state](standing))
}

/** What is only held goes back; what was paid for is the user's, and a person has to hand it over. */
function endScene(draft: TurnDraft, { row }: StoppedRun): void {
  if (draft.outcomes.get(row.id)?.name === 'succeeded') {
    draft.settled.push({ runId: row.id, state: 'taken' })
    draft.cases.push('paid_without_scene')
  } else draft.releases.push(row.id)
  sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).serviceEnded)
}
