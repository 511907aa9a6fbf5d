import { advanceRun } from '../fold/advance.ts'
import { findDraftRun, isSceneStopped, sayAsPlatform, type EndedRun, type TurnDraft } from '../fold/draft.ts'
import { ask, type Folding } from '../fold/need.ts'
import type { StoppedRun } from '../fold/turn.ts'
import { forgetEnded } from '../letter/asked.ts'
import { rootOf } from '../letter/letter.ts'
import { closeOrder } from '../step/end.ts'
import { keepPaid } from '../step/keep-paid.ts'
import { readOutcome } from '../step/read-outcome.ts'
import { platformTexts } from '../text/platform-texts.ts'

/**
 * Ends the runs whose code may not run any more, from nothing but what the core itself keeps. What was ordered in a
 * dialogue is closed or goes on without it, the user is told how it stands, and the scene hears the outcome. A run
 * waits for what it called: a scene whose dialogue with the bank is still open is ended after that.
 */
export function* endStopped(draft: TurnDraft): Folding<void> {
  for (let next = findNext(draft); next; next = findNext(draft)) {
    const ended: EndedRun = { ...next, told: next.row.told }
    draft.ended.push(ended)
    const { parent_id: parentId, order_id: orderId } = next.row
    const above = parentId === null ? undefined : findRow(draft, parentId)
    if (orderId !== null && above?.order_id !== orderId) yield* endDialogue(draft, ended, orderId)
    else if (parentId === null) yield* endScene(draft, next)
  }
}

function findNext({ input, runs, ended }: TurnDraft): StoppedRun | undefined {
  const isEnded = ({ row }: StoppedRun): boolean => ended.some((other) => other.row.id === row.id)
  const isOpenBelow = ({ row }: StoppedRun): boolean =>
    input.stopped.some((other) => other.row.parent_id === row.id && !isEnded(other)) ||
    input.runs.some((other) => other.row.parent_id === row.id && runs.get(other.row.id)?.state.ended !== true)
  return input.stopped.find((run) => !isEnded(run) && !isOpenBelow(run))
}

function findRow({ input }: TurnDraft, runId: string): StoppedRun['row'] | undefined {
  return [...input.stopped, ...input.runs].find(({ row }) => row.id === runId)?.row
}

function* endDialogue(draft: TurnDraft, ended: EndedRun, orderId: string): Folding<void> {
  const { row } = ended
  const { now } = draft.input
  const holder = rootOf(row)
  const outcome = yield* closeOrder(draft, { holder, orderId })
  draft.outcomes.set(holder, outcome)
  yield* sayStanding(draft, orderId)
  const parent = row.parent_id === null ? undefined : findDraftRun(draft, row.parent_id)
  const { name, data } = parent ? readOutcome(parent, outcome) : outcome
  if (parent || isSceneStopped(draft, holder)) ended.told = name
  if (!parent) return
  forgetEnded(parent, orderId, name)
  yield* advanceRun(draft, parent, { kind: 'outcome', visit: parent.state.visit, outcome: name, data, at: now })
}

/** In the platform's words, how an order stands. */
export function* sayStanding(draft: TurnDraft, orderId: string): Folding<void> {
  const { tenancy } = draft.input
  const standing = yield* ask({ kind: 'standing', order: { scope: tenancy.scope, orderId } })
  if (standing) sayAsPlatform(draft, platformTexts(tenancy.locale).standing[standing.state](standing))
}

/** What is only held goes back; what was paid for is the user's, and a person has to hand it over. */
function* endScene(draft: TurnDraft, { row }: StoppedRun): Folding<void> {
  const { serviceEnded, paidNotDone, gap } = platformTexts(draft.input.tenancy.locale)
  const paidNow = isPaid(draft, row.id)
  if (paidNow) {
    draft.settled.push({ runId: row.id, state: 'taken' })
    draft.cases.push('paid_without_scene')
  } else draft.releases.push(row.id)
  const paid = paidNow || (yield* keepPaid(draft, row.id))
  sayAsPlatform(draft, paid ? [serviceEnded, paidNotDone].join(gap) : serviceEnded)
}

/** As this turn has heard it, or the one before, which had to leave it to this one because the scene is a guest. */
function isPaid({ input, outcomes }: TurnDraft, sceneId: string): boolean {
  if (outcomes.get(sceneId)?.name === 'succeeded') return true
  const own = input.stopped.filter(({ row }) => (row.root_id ?? row.id) === sceneId).map(({ row }) => row.id)
  const entries = input.body?.kind === 'entry' ? input.body.entries : []
  return entries.some(
    ({ run, event }) => own.includes(run) && event.kind === 'outcome' && event.outcome === 'succeeded',
  )
}
