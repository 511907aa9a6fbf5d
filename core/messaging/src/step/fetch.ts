import type { FetchCommand } from '@inthread/sdk/engine'
import { addMs } from '@inthread/sdk/time'
import { deriveId } from '@inthread/store'
import { pluginIdOf, type DraftRun, type TurnDraft } from '../fold/draft.ts'
import { patienceMs } from './call.ts'

/** Asks a declared host, after the commit; the answer comes back as an item of the same run. */
export function fetchOutside(draft: TurnDraft, run: DraftRun, command: FetchCommand): void {
  const { conversation, now } = draft.input
  const { visit, from, request, deadlineMs } = command
  run.due = { at: addMs(now, patienceMs), kind: 'slow' }
  draft.effects.push({
    kind: 'fetch',
    id: deriveId(run.id, 'effect', visit),
    run,
    visit,
    request: { botId: conversation.bot_id, plugin: pluginIdOf(run), from, request, deadlineMs },
  })
}
