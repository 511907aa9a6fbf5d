import { isFault } from '@inthread/sdk/fault'
import type { StoppedRun, TurnInput } from '../fold/turn.ts'

/** What the database says of itself, or another try may mend: nobody's doing. */
export function isPassing(error: unknown): boolean {
  return isFault(error) && (error.code.startsWith('store.') || error.retryable)
}

/**
 * What the bank or time says has to be heard, whatever a plugin does: a run that throws at it goes no further, with all
 * of its plugin's in the same stack, and the core ends them. A user can try again, so a run that throws at words stays.
 */
export function stopRun(input: TurnInput, error: unknown): TurnInput | undefined {
  const broken = isFault(error) ? input.runs.find(({ row }) => row.id === error.data['run']) : undefined
  if (!broken || input.body?.kind === 'message') return undefined
  const rootOf = ({ id, root_id, parent_id }: StoppedRun['row']): string => root_id ?? parent_id ?? id
  const isBroken = ({ row }: Pick<StoppedRun, 'row'>): boolean =>
    rootOf(row) === rootOf(broken.row) && row.plugin === broken.row.plugin
  const stopped = input.runs.filter(isBroken).map(({ row, state, program: { flow: _flow, ...setup }, askedAt }) => ({
    row,
    state,
    setup,
    askedAt,
  }))
  return {
    ...input,
    runs: input.runs.filter((run) => !isBroken(run)),
    stopped: [...input.stopped, ...stopped],
  }
}
