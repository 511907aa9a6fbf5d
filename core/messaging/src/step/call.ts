import type { Blocking, Need, Program, RunEvent } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { addMs } from '@inthread/sdk/time'
import { deriveId } from '@inthread/store'
import { openNewRun, pluginIdOf, sayAsPlatform, type DraftRun, type Entry, type TurnDraft } from '../fold/draft.ts'
import { ask, type Folding } from '../fold/need.ts'
import type { NewOrder, OrderRef } from '../ports.ts'
import { isCallKilled, isDialogueKilled, targetOf } from '../halt/subject.ts'
import { platformTexts, type PlatformTexts } from '../text/platform-texts.ts'
import { ownOrder } from './own-order.ts'

/** A user who has heard nothing for this long is told that we are at it. */
export const patienceMs = 1500

type CallCommand = Extract<Blocking, { kind: 'call' }>

/**
 * A scene's call pushes the bank's dialogue; a dialogue's call goes to the bank, its commit through the order alone.
 */
export function* callCapability(draft: TurnDraft, run: DraftRun, command: CallCommand): Folding<Entry | undefined> {
  const need = run.plugin.contract.declaration.needs[command.need]
  const operation = need?.capability.operations[command.operation]
  if (!need || !operation)
    throw new Fault('flow.step_unknown', { data: { step: `${command.need}.${command.operation}` } })
  const input = operation.input.parse(command.input)
  if (need.capability.audience === 'scene') return yield* callProvider(draft, run, { command, need, input })
  const order = ownOrder(draft, run, readOrder(input))
  run.due = { at: addMs(draft.input.now, patienceMs), kind: 'slow' }
  if (operation.class === 'commit') return yield* commitOrder(draft, run, { command, order })
  draft.effects.push({
    kind: 'call',
    id: deriveId(run.id, 'effect', command.visit),
    run,
    visit: command.visit,
    orderId: order.orderId,
    operation: command.operation,
    secretId: operation.confidential ? readSecret(input) : undefined,
  })
  return undefined
}

interface ProviderCall {
  readonly command: CallCommand
  readonly need: Need
  readonly input: unknown
}

function* callProvider(draft: TurnDraft, parent: DraftRun, call: ProviderCall): Folding<Entry> {
  const { tenancy, now: at } = draft.input
  const { command, need } = call
  const provider = tenancy.providers.get(need.capability.id)
  const flow = provider?.plugin.dialogues[command.operation]
  // Its bank no longer takes whoever provided it: to the user and the scene that is a stop like any other.
  if (!provider || !flow) return { run: parent, event: refuse(draft, call, 'stopped') }
  if (isDialogueKilled(draft, parent, { provider, capability: need.capability.id }))
    return { run: parent, event: refuse(draft, call, 'stopped') }
  const { plugin, bankId } = provider
  const order = buildOrder(draft, parent, { ...call, bankId })
  const { orderId, locale, timeZone } = order
  const opening = yield* ask({ kind: 'open', order })
  if (opening.kind === 'refused') return { run: parent, event: refuse(draft, call, opening.reason) }
  const program: Program = { flow, config: {}, locale, timeZone }
  const place = { id: order.runId, parentId: parent.id, rootId: parent.rootId }
  const run = openNewRun(draft, { ...place, orderId, bankId, plugin, program, causes: [] })
  return { run, event: { kind: 'started', input: { order: orderId }, at } }
}

function buildOrder(
  draft: TurnDraft,
  parent: DraftRun,
  { command, need, input, bankId }: ProviderCall & { readonly bankId: string },
): NewOrder {
  const { tenancy, conversation, bot, now } = draft.input
  const orderId = deriveId(parent.id, 'order', command.visit)
  return {
    scope: tenancy.scope,
    orderId,
    bankId,
    capability: need.capability.id,
    operation: command.operation,
    input,
    botId: bot.id,
    plugin: pluginIdOf(parent),
    need: command.need,
    ceiling: need.ceiling,
    conversationId: conversation.id,
    subscriberId: conversation.subscriber_id,
    runId: deriveId(parent.id, 'dialogue', orderId),
    locale: parent.program.locale,
    timeZone: parent.program.timeZone,
    now,
  }
}

/**
 * The grants do not allow the call, or a switch is thrown: no dialogue is pushed and the scene goes its own way. Where
 * it can only treat it as a decline, the platform says so first, because no bank will.
 */
function refuse(draft: TurnDraft, { command, need }: ProviderCall, why: keyof PlatformTexts['refused']): RunEvent {
  const at = draft.input.now
  const declines = 'declined' in (need.capability.operations[command.operation]?.outcomes ?? {})
  if (need.optional || !declines) return { kind: 'outcome', visit: command.visit, outcome: 'unavailable', data: {}, at }
  sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).refused[why])
  const reason = why === 'stopped' ? 'try_later' : why
  return { kind: 'outcome', visit: command.visit, outcome: 'declined', data: { reason }, at }
}

function* commitOrder(
  draft: TurnDraft,
  run: DraftRun,
  { command, order }: { readonly command: CallCommand; readonly order: OrderRef },
): Folding<Entry | undefined> {
  const { now } = draft.input
  if (isCallKilled(draft, 'money', targetOf(run))) {
    const { name, data } = yield* ask({ kind: 'refuse', order, now })
    return { run, event: { kind: 'outcome', visit: command.visit, outcome: name, data, at: now } }
  }
  const answer = yield* ask({ kind: 'commit', order, now, holder: run.rootId })
  if (answer.kind === 'accepted') return undefined
  const { name, data } = answer.outcome
  return { run, event: { kind: 'outcome', visit: command.visit, outcome: name, data, at: now } }
}

function readOrder(input: unknown): string {
  return typeof input === 'object' && input !== null && 'order' in input && typeof input.order === 'string'
    ? input.order
    : ''
}

function readSecret(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  for (const value of Object.values(input)) {
    if (typeof value === 'object' && value !== null && 'secret' in value && typeof value.secret === 'string')
      return value.secret
  }
  return undefined
}
