import type { Blocking, Program } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { deriveId } from '@inthread/store'
import { openNewRun, type DraftRun, type Entry, type TurnDraft } from '../fold/draft.ts'

/** Another flow of the same plugin, in the same voice, for the same order and with the same holds. */
export function startSubFlow(draft: TurnDraft, parent: DraftRun, command: Extract<Blocking, { kind: 'run' }>): Entry {
  const flow = Object.hasOwn(parent.plugin.flows, command.flow) ? parent.plugin.flows[command.flow] : undefined
  if (!flow) throw new Fault('flow.step_unknown', { data: { flow: command.flow, step: parent.state.step } })
  const { rootId, orderId, bankId, plugin, causes, urgent } = parent
  const program: Program = { ...parent.program, flow }
  const id = deriveId(parent.id, 'sub', command.visit)
  const place = { id, parentId: parent.id, rootId, orderId, bankId }
  const run = openNewRun(draft, { ...place, plugin, program, causes, urgent })
  const input: unknown = flow.input.parse(command.input)
  return { run, event: { kind: 'started', input, at: draft.input.now } }
}
