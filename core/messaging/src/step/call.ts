import { z } from '@inthread/sdk'
import type { Blocking, Need, OperationDeclaration, Program, RunEvent } from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { addMs } from '@inthread/sdk/time'
import { moneySchema } from '@inthread/sdk/money'
import { deriveId } from '@inthread/store'
import { openNewRun, pluginIdOf, sayAsPlatform, type DraftRun, type Entry, type TurnDraft } from '../fold/draft.ts'
import { ask, type Folding } from '../fold/need.ts'
import type { AllowedCall, NewOrder, OrderRef } from '../ports.ts'
import { rememberAsked } from '../letter/asked.ts'
import { isCallKilled, isDialogueKilled, targetOf } from '../halt/subject.ts'
import { platformTexts, type PlatformTexts } from '../text/platform-texts.ts'
import { ownOrder } from './own-order.ts'
import { refundIdOf } from './refund-id.ts'

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
  const call = { command, need, operation, input }
  if (operation.dialogue === false) return yield* giveBack(draft, run, call)
  if (need.capability.audience === 'scene')
    return yield* operation.class === 'commit' ? callProvider(draft, run, call) : askBank(draft, run, call)
  const order = ownOrder(draft, run, readOrder(input))
  run.due = { at: addMs(draft.input.now, patienceMs), kind: 'slow' }
  if (operation.class === 'commit') return yield* commitOrder(draft, run, { command, order })
  pushEffect(draft, run, { call, orderId: order.orderId, bankId: run.bankId ?? '' })
  return undefined
}

interface ProviderCall {
  readonly command: CallCommand
  readonly need: Need
  readonly operation: OperationDeclaration
  readonly input: unknown
}

interface AskedCall {
  readonly call: ProviderCall
  /** Empty for what a scene asks without an order. */
  readonly orderId: string
  readonly bankId: string
}

function pushEffect(draft: TurnDraft, run: DraftRun, { call, orderId, bankId }: AskedCall): void {
  const { command, need, operation, input } = call
  draft.effects.push({
    kind: 'call',
    id: deriveId(run.id, 'effect', command.visit),
    run,
    visit: command.visit,
    orderId,
    operation: command.operation,
    secretId: operation.confidential ? readSecret(input) : undefined,
    ...(operation.bank === undefined
      ? { request: operation.confidential ? undefined : { bankId, input } }
      : {
          request: {
            bankId,
            capability: need.capability.id,
            class: operation.class,
            route: operation.bank,
            input,
            locale: run.program.locale,
            subscriberId: draft.input.conversation.subscriber_id,
          },
        }),
  })
}

const refundSchema = z.object({
  receipt: z.string(),
  amount: moneySchema.optional(),
  reason: z.string(),
})

/**
 * Money goes back to where it came from: only what this plugin sold to this user. The bank asks nobody; its answer
 * comes through the inbox.
 */
function* giveBack(draft: TurnDraft, run: DraftRun, call: ProviderCall): Folding<Entry | undefined> {
  const { tenancy, conversation, bot, now } = draft.input
  const { command, need } = call
  const provider = tenancy.providers.get(need.capability.id)
  if (isCallKilled(draft, 'money', { run, capability: need.capability.id, provider: provider?.bankId }))
    return { run, event: refuse(draft, call, 'stopped') }
  const plugin = pluginIdOf(run)
  const { receipt, amount, reason } = refundSchema.parse(call.input)
  const opening = yield* ask({
    kind: 'refund',
    refund: {
      scope: tenancy.scope,
      refundId: refundIdOf(run.id, command.visit),
      order: receipt,
      amount,
      reason,
      by: { kind: 'platform', id: `${bot.id}/${plugin}` },
      scene: {
        botId: bot.id,
        plugin,
        subscriberId: conversation.subscriber_id,
        conversationId: conversation.id,
        runId: run.id,
      },
      now,
    },
  })
  if (opening.kind === 'opened') {
    rememberAsked(run, { need: command.need, id: refundIdOf(run.id, command.visit), is: 'refund' })
    run.due = { at: addMs(now, patienceMs), kind: 'slow' }
    return undefined
  }
  const data = { reason: opening.code === 'too_many' ? 'try_later' : 'declined' }
  return { run, event: { kind: 'outcome', visit: command.visit, outcome: 'declined', data, at: now } }
}

/** What a scene may know or keep at the bank without an order: allowed by its grants, asked after the commit. */
function* askBank(draft: TurnDraft, run: DraftRun, call: ProviderCall): Folding<Entry | undefined> {
  const { tenancy, now } = draft.input
  const { need, operation, command } = call
  const bankId = tenancy.providers.get(need.capability.id)?.bankId ?? tenancy.mainBank
  if (bankId === undefined || !operation.bank) return { run, event: refuse(draft, call, 'stopped') }
  const level = operation.class === 'hold' ? 'money' : 'runs'
  if (isCallKilled(draft, level, { run, capability: need.capability.id, provider: bankId }))
    return { run, event: refuse(draft, call, 'stopped') }
  const callId = deriveId(run.id, 'effect', command.visit)
  if (run.bankId !== bankId) {
    const opening = yield* ask({ kind: 'allow', call: { ...buildAllowed(draft, run, call), bankId, callId } })
    if (opening.kind === 'refused') return { run, event: refuse(draft, call, opening.reason) }
  }
  run.due = { at: addMs(now, patienceMs), kind: 'slow' }
  pushEffect(draft, run, { call, orderId: '', bankId })
  return undefined
}

function buildAllowed(
  draft: TurnDraft,
  run: DraftRun,
  { need, command }: ProviderCall,
): Omit<AllowedCall, 'bankId' | 'callId'> {
  const { tenancy, conversation, bot, now } = draft.input
  return {
    scope: tenancy.scope,
    capability: need.capability.id,
    botId: bot.id,
    plugin: pluginIdOf(run),
    need: command.need,
    ceiling: need.ceiling,
    subscriberId: conversation.subscriber_id,
    currency: tenancy.currency,
    timeZone: run.program.timeZone,
    now,
  }
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
  rememberAsked(parent, { need: command.need, id: orderId, is: 'order' })
  const program: Program = { flow, config: {}, locale, timeZone }
  const place = { id: order.runId, parentId: parent.id, rootId: parent.rootId }
  const run = openNewRun(draft, { ...place, orderId, bankId, plugin, program, causes: [], urgent: false })
  return { run, event: { kind: 'started', input: { order: orderId }, at } }
}

function buildOrder(
  draft: TurnDraft,
  parent: DraftRun,
  { command, need, operation, input, bankId }: ProviderCall & { readonly bankId: string },
): NewOrder {
  const { tenancy, conversation, bot, now } = draft.input
  const orderId = deriveId(parent.id, 'order', command.visit)
  return {
    scope: tenancy.scope,
    orderId,
    bankId,
    capability: need.capability.id,
    operation: command.operation,
    byBank: parent.bankId === bankId,
    ...(operation.bank === undefined ? {} : { route: operation.bank }),
    ...(operation.confirm === undefined ? {} : { confirm: operation.confirm }),
    ...(operation.book === undefined ? {} : { book: operation.book }),
    input,
    currency: tenancy.currency,
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
function refuse(
  draft: TurnDraft,
  { command, need }: Pick<ProviderCall, 'command' | 'need'>,
  why: keyof PlatformTexts['refused'],
): RunEvent {
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
