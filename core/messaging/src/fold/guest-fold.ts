import {
  type Advance,
  applyEvent,
  type AnyAsk,
  buildContext,
  type Plugin,
  type Program,
  type Reaction,
  type RunEvent,
  startRun,
} from '@inthread/sdk/engine'
import type { ItemBody } from '../inbox/item.ts'
import type { Guest, GuestSetup } from '../tenancy/guest.ts'
import type { Installation } from '../tenancy/tenancy.ts'
import type { DraftRun, TurnDraft } from './draft.ts'
import { ask, type Folding } from './need.ts'
import type { LoadedRun, TurnInput } from './turn.ts'

/**
 * One journal entry further: at once for a plugin of this process, as a need for a guest. `later` when a transaction
 * is open, in which no guest is asked.
 */
export function* foldEntry(draft: TurnDraft, run: DraftRun, event: RunEvent): Folding<Advance | 'later'> {
  const guest = findGuest(draft.input, run.plugin)
  if (guest && needsPlugin(run, event)) {
    const state = event.kind === 'started' ? undefined : run.state
    const { tenantId } = draft.input.tenancy.scope
    return yield* ask({ kind: 'advance', guest, call: { tenantId, setup: setupOf(run.program), state, event } })
  }
  return event.kind === 'started' ? startRun(run.program, event) : applyEvent(run.program, run.state, event)
}

/** What came too late or cancels the run asks no function of the plugin: a user gets out of a guest that is broken. */
function needsPlugin(run: DraftRun, event: RunEvent): boolean {
  if (event.kind === 'started') return true
  return event.kind !== 'cancelled' && !run.state.ended && event.visit === run.state.visit
}

/** What the open question's own reader makes of typed words. */
export function* readWith(
  input: TurnInput,
  run: LoadedRun,
  { step, text }: { readonly step: AnyAsk; readonly text: string },
): Folding<unknown> {
  if (!step.read) return undefined
  const guest = findGuest(input, run.plugin)
  if (!guest) return step.read(text, buildContext(run.program, run.state, input.now))
  const { tenantId } = input.tenancy.scope
  const call = { tenantId, setup: setupOf(run.program), state: run.state, words: text, now: input.now }
  return (yield* ask({ kind: 'words', guest, call })).value
}

interface Reacting {
  readonly installation: Installation
  readonly reaction: Reaction
  readonly body: Extract<ItemBody, { kind: 'event' }>
}

/** The input of the flow that an event of another plugin starts. */
export function* reactWith(
  { tenancy, now }: TurnInput,
  { installation, reaction, body: { alias, data } }: Reacting,
): Folding<{ readonly value: unknown } | 'later'> {
  const { guest, config } = installation
  const { locale, timeZone } = tenancy
  if (!guest) return { value: reaction.input(data, { now, locale, timeZone, config }) }
  const call = { tenantId: tenancy.scope.tenantId, alias, data, config, locale, timeZone, now }
  return yield* ask({ kind: 'reaction', guest, call })
}

function setupOf({ flow, config, locale, timeZone }: Program): GuestSetup {
  return { flow: flow.id, config, locale, timeZone }
}

/** undefined for a plugin that runs in this process. */
export function findGuest({ tenancy, bot, hosted }: TurnInput, plugin: Plugin): Guest | undefined {
  const known = [...bot.installations, ...tenancy.providers.values(), ...hosted.values()]
  return known.find((each) => each.plugin === plugin)?.guest
}
