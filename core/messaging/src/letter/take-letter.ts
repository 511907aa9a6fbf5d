import { advanceRun } from '../fold/advance.ts'
import { findDraftRun, sayAsPlatform, touchRun, type TurnDraft } from '../fold/draft.ts'
import { ask, type Folding } from '../fold/need.ts'
import { sayStanding } from '../halt/end-stopped.ts'
import type { ItemBody } from '../inbox/item.ts'
import { forgetEnded, isOnlyOrder, presentOf, wasAccepted } from './asked.ts'
import { findListener, isAsking, isTakenLate } from './find-listener.ts'
import { lateTexts } from './late-texts.ts'
import { isAboutOrder, readLetter, rootOf, type Letter } from './letter.ts'
import { tellDelayed } from './tell-delayed.ts'

/**
 * The bank's last word reaches the run that waits for it, whether it waits for the answer or, after an unknown, for
 * the event.
 */
export function* takeLetter(draft: TurnDraft, body: Extract<ItemBody, { kind: 'order' }>): Folding<void> {
  const letter = readLetter(draft.input.item, body)
  const stored = findListener(draft, letter)
  if (!stored) return yield* settleAfterwards(draft, letter)
  const run = touchRun(draft, stored)
  const { outcome, event } = letter
  const at = draft.input.now
  const { visit } = run.state
  if (isTakenLate(run, letter)) return yield* advanceRun(draft, run, { kind: 'timed_out', visit, at })
  const asked = isAsking(run, letter)
  if (outcome) forgetEnded(run, letter.id, outcome.name)
  if (outcome && asked)
    return yield* advanceRun(draft, run, { kind: 'outcome', visit, outcome: outcome.name, data: outcome.data, at })
  const failed = run.bankId === undefined && outcome !== null && outcome.name !== 'succeeded'
  if (failed && decidesHolds(draft, letter))
    yield* ask({ kind: 'unlock', tenantId: draft.input.tenancy.scope.tenantId, holder: run.rootId })
  yield* advanceRun(draft, run, { kind: 'happened', visit, data: event?.data, at })
}

/** Whether what the scene holds follows this order: a refund touches nothing, and another order may still need it. */
function decidesHolds(draft: TurnDraft, letter: Letter): boolean {
  const { tapped } = draft.input
  return tapped !== undefined && isAboutOrder(letter, tapped) && isOnlyOrder(draft, rootOf(tapped), letter.id)
}

/**
 * Nobody waits for it: the scene is over or at something else, and the money has moved after all, or surely has not.
 * Its holds follow, the user hears how it stands, and a person looks at it.
 */
function* settleAfterwards(draft: TurnDraft, letter: Letter): Folding<void> {
  const { tapped, runs } = draft.input
  const { event, outcome } = letter
  if (!tapped || !event || !outcome) return
  if (!isAboutOrder(letter, tapped)) return settleRefund(draft, letter)
  const isOpen = runs.some(({ row }) => row.id === tapped.id)
  // A dialogue tells it when it ends; one that ended when the bank had decided, and before we came to tell it, has.
  if (tapped.parent_id === null || isOpen || tapped.told === outcome.name) return
  const isDelayed = wasAccepted(tapped.told) && (yield* tellDelayed(draft, tapped, letter))
  if (!isDelayed) yield* sayStanding(draft, letter.id)
  if (decidesHolds(draft, letter))
    draft.settled.push({ runId: rootOf(tapped), state: outcome.name === 'succeeded' ? 'taken' : 'released' })
  if (!isDelayed) draft.cases.push('order_settled_late')
  forgetInScene(draft, letter)
}

function settleRefund(draft: TurnDraft, letter: Letter): void {
  const { receipt } = { ...(letter.event?.data as { readonly receipt?: unknown } | undefined) }
  const texts = lateTexts(draft.input.tenancy.locale)
  const say = letter.outcome?.name === 'succeeded' ? texts.refunded : texts.notRefunded
  if (typeof receipt === 'string') sayAsPlatform(draft, say(receipt))
  draft.cases.push('refund_settled_late')
  forgetInScene(draft, letter)
}

/** Whoever goes on need not wait for it any more. */
function forgetInScene(draft: TurnDraft, { id, outcome }: Letter): void {
  const knows = draft.input.runs.filter((run) => presentOf(draft, run).asked.some((each) => each.id === id))
  for (const { row } of knows) {
    const run = findDraftRun(draft, row.id)
    if (run) forgetEnded(run, id, outcome?.name ?? '')
  }
}
