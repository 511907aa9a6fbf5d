import type { DraftRun, TurnDraft } from '../fold/draft.ts'
import type { Asked, LoadedRun } from '../fold/turn.ts'
import { rootOf } from './letter.ts'

interface Asking {
  asked: readonly Asked[]
}

/** After these nothing more comes of what was asked; with any other outcome the end is still to come. */
const ends: ReadonlySet<string> = new Set(['succeeded', 'declined', 'cancelled', 'expired'])

/** Whether a scene has heard that the bank has it and does it later, under whatever name. */
export function wasAccepted(told: string): boolean {
  return told !== '' && told !== 'unknown' && !ends.has(told)
}

export function rememberAsked(run: Asking, asked: Asked): void {
  run.asked = [...run.asked.filter(({ id }) => id !== asked.id), asked]
}

/** The run has heard this outcome of an order or a refund. */
export function forgetEnded(run: Asking, id: string | undefined, outcome: string): void {
  if (ends.has(outcome) && run.asked.some((each) => each.id === id))
    run.asked = run.asked.filter((each) => each.id !== id)
}

/** What a flow below has left open is its caller's to wait for. */
export function inheritAsked(run: Asking, below: Asking): void {
  for (const asked of below.asked) rememberAsked(run, asked)
}

/** A run as this turn has it so far. */
export type Present = Pick<DraftRun, 'id' | 'program' | 'state' | 'bankId' | 'asked'>

export function presentOf(draft: TurnDraft, run: LoadedRun): Present {
  return draft.runs.get(run.row.id) ?? { ...run, id: run.row.id, bankId: run.row.bank_id ?? undefined }
}

/**
 * Whether the end of anything that a scene has ordered is still to come, also of what the core ends in this turn. What
 * the scene holds then waits for the bank.
 */
export function hasOpenOrder(draft: TurnDraft, sceneId: string): boolean {
  const { runs, stopped } = draft.input
  const known = [...runs.map((run) => ({ row: run.row, ...presentOf(draft, run) })), ...stopped]
  const scene = known.filter(({ row }) => rootOf(row) === sceneId)
  const closed = [...draft.ended.map(({ row, told }) => ({ orderId: row.order_id, told })), ...draft.runs.values()]
  const over = new Set(closed.flatMap(({ orderId, told }) => (ends.has(told) ? [orderId] : [])))
  return scene.some(({ asked = [] }) => asked.some(({ is, id }) => is === 'order' && !over.has(id)))
}

/** Whether nothing else that a scene has ordered is still open: what it holds then follows this order. */
export function isOnlyOrder(draft: TurnDraft, sceneId: string, orderId: string): boolean {
  const stored = draft.input.runs.filter(({ row }) => rootOf(row) === sceneId)
  const begun = [...draft.runs.values()].filter(({ rootId, stored: known }) => rootId === sceneId && !known)
  const scene = [...stored.map((run) => presentOf(draft, run)), ...begun]
  return scene.every(({ asked }) => asked.every(({ is, id }) => is !== 'order' || id === orderId))
}
