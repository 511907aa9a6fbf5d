import type { ListenDeclarations, PassingCommand, Slots } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { deriveId } from '@inthread/store'
import { pluginIdOf, type DraftRun, type TurnDraft } from '../fold/draft.ts'
import type { Installation } from '../tenancy/tenancy.ts'

/** So many events may one turn tell: a flow that wants more goes round in a circle. */
const eventsPerTurn = 5

/**
 * Tells an event to the plugins of the bot that listen, after this turn is committed. What an event has started may not
 * tell the same event again, so that two plugins cannot keep one another going.
 */
export function emitEvent(draft: TurnDraft, run: DraftRun, command: Extract<PassingCommand, { kind: 'emit' }>): void {
  const plugin = pluginIdOf(run)
  const schema = run.plugin.contract.declaration.emits?.[command.event]
  if (!schema) throw new Fault('flow.event_unknown', { data: { plugin, event: command.event } })
  const name = `${plugin}/${command.event}`
  if (run.causes.includes(name)) return
  draft.told += 1
  if (draft.told > eventsPerTurn) throw new Fault('flow.loop', { data: { flow: run.program.flow.id, event: name } })
  const data = schema.parse(command.data)
  const key = deriveId(run.id, 'event', command.visit)
  for (const { installation, alias } of listListeners(draft, plugin, { event: command.event, data })) {
    const listener = installation.plugin.contract.declaration.id
    const body = { kind: 'event', plugin: listener, alias, data, causes: [...run.causes, name] } as const
    draft.events.push({ key: `${key}:${listener}:${alias}`, body })
  }
}

interface Listener {
  readonly installation: Installation
  readonly alias: string
}

/** Only those that the data fits: a listener of another version of the event is left alone. */
function listListeners(
  draft: TurnDraft,
  emitter: string,
  { event, data }: { readonly event: string; readonly data: Slots },
): readonly Listener[] {
  return draft.input.bot.installations.flatMap((installation) => {
    const listens: ListenDeclarations = installation.plugin.contract.declaration.listens ?? {}
    const fitting = Object.entries(listens).filter(
      ([, heard]) => heard.plugin === emitter && heard.event === event && heard.data.safeParse(data).success,
    )
    return fitting.map(([alias]) => ({ installation, alias }))
  })
}
