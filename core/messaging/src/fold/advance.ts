import {
  type Advance,
  type Blocking,
  type Command,
  type Content,
  type HoldCommand,
  type Need,
  type Program,
  type RunEvent,
} from '@inthread/sdk/engine'
import { Fault } from '@inthread/sdk/fault'
import { addMs } from '@inthread/sdk/time'
import { deriveId } from '@inthread/store'
import { writeToken } from '../conversation/token.ts'
import type { NewOrder } from '../ports.ts'
import type { Provider } from '../tenancy/tenancy.ts'
import { foldEntry } from './guest-fold.ts'
import { sayAsPlatform, speakerOf, touchRun, type DraftRun, type TurnDraft } from './draft.ts'
import { ask, type Folding, type Holder } from './need.ts'
import { sign, writeContent } from './speak.ts'
import { platformTexts } from '../text/platform-texts.ts'

/** A user who has heard nothing for this long is told that we are at it. */
const patienceMs = 1500
/** A late code is recognised and destroyed for this long after the bank's question. */
const lateCodeMs = 10 * 60_000
/** A run that reads and reserves so often without waiting for anybody goes round in a circle. */
const entriesPerTurn = 100

/** Puts an entry into a run's journal and carries out what the run then wants, until it waits for somebody else. */
export function* advanceRun(draft: TurnDraft, run: DraftRun, event: RunEvent): Folding<void> {
  let next: RunEvent | undefined = event
  for (let entries = 0; next; entries += 1) {
    if (entries >= entriesPerTurn)
      throw new Fault('flow.loop', { data: { flow: run.program.flow.id, step: run.state.step } })
    const advance: Advance | 'later' = yield* foldEntry(draft, run, next)
    if (advance === 'later') return void draft.deferred.push({ run: run.id, event: next })
    draft.journal.push({ run, seq: run.seq, event: next })
    run.seq += 1
    run.state = advance.state
    // An entry that came too late wants nothing, and what the run waits for still has its limit.
    if (advance.commands.length > 0) run.due = undefined
    next = undefined
    for (const command of advance.commands) next = yield* carryOut(draft, run, command)
  }
}

/** Carries out one command; the entry that follows from it at once, if any. */
function* carryOut(draft: TurnDraft, run: DraftRun, command: Command): Folding<RunEvent | undefined> {
  const at = draft.input.now
  switch (command.kind) {
    case 'say':
      return void say(draft, run, command)
    case 'ask':
      return void askUser(draft, run, command)
    case 'confirm':
      return yield* confirm(draft, run, command)
    case 'call':
      return yield* call(draft, run, command)
    case 'read': {
      const documents = yield* ask({
        kind: 'documents',
        tenantId: draft.input.tenancy.scope.tenantId,
        plugin: pluginIdOf(run),
        command,
      })
      return { kind: 'read', visit: command.visit, documents, at }
    }
    case 'reserve':
    case 'take':
    case 'release':
      return yield* hold(draft, run, command)
    case 'wait':
      run.due = { at: command.until, kind: 'wait' }
      return undefined
    case 'end':
      return yield* endRun(draft, run)
    case 'emit':
    case 'remind':
    case 'write':
    case 'fetch':
    case 'run':
      throw new Fault('flow.step_unknown', { data: { step: command.kind } })
  }
}

function say(
  draft: TurnDraft,
  run: DraftRun,
  { content, visit }: { readonly content: Content<unknown>; readonly visit: number },
): void {
  const { input } = draft
  const { keyring, conversation, tenancy, renderer } = input
  const realm = { tenantId: conversation.tenant_id, conversationId: conversation.id, botId: conversation.bot_id }
  const expiresAt = run.due?.at ?? addMs(input.now, 86_400_000)
  const written = writeContent(content, {
    speaker: run.speaker,
    writeText: (text) => renderer.render(run.plugin, text, { locale: run.program.locale, timeZone: tenancy.timeZone }),
    writeToken: (option) => writeToken(keyring, realm, { kind: 'reply', run: run.id, visit, option, expiresAt }),
  })
  draft.messages.push({ voice: run.speaker.voice, content: written })
}

function askUser(draft: TurnDraft, run: DraftRun, command: Extract<Blocking, { kind: 'ask' }>): void {
  const { now, tenancy } = draft.input
  run.due = { at: command.timeoutAt, kind: 'timeout' }
  run.askedAt = now
  if (command.digits !== undefined) draft.secretUntil = addMs(now, lateCodeMs)
  const texts = platformTexts(tenancy.locale)
  if (command.again)
    sayAsPlatform(draft, command.digits === undefined ? texts.notRead : texts.codeShape(command.digits))
  say(draft, run, command)
}

/** The core's own question: its words come from the stored order, never from the plugin that asks for it. */
function* confirm(
  draft: TurnDraft,
  run: DraftRun,
  command: Extract<Blocking, { kind: 'confirm' }>,
): Folding<RunEvent | undefined> {
  const { now, keyring, conversation, tenancy } = draft.input
  const order = ownOrder(draft, run, command.order)
  const presented = yield* ask({ kind: 'present', order, method: command.method, now })
  if (presented.kind === 'expired') return { kind: 'decided', visit: command.visit, answer: 'expired', at: now }
  run.due = { at: presented.expiresAt, kind: 'expiry' }
  run.askedAt = now
  const realm = { tenantId: tenancy.scope.tenantId, conversationId: conversation.id, botId: conversation.bot_id }
  const postback = (option: number): string =>
    writeToken(keyring, realm, {
      kind: 'reply',
      run: run.id,
      visit: command.visit,
      option,
      expiresAt: presented.expiresAt,
    })
  const { title, description, confirm: yes, cancel: no } = presented.text
  const suggestions = [yes, no].map((label, option) => ({ kind: 'reply' as const, label, postback: postback(option) }))
  const content = sign(run.speaker, { kind: 'cards', cards: [{ title, description, suggestions }], chips: [] })
  draft.messages.push({ voice: run.speaker.voice, content })
  return undefined
}

function* hold(draft: TurnDraft, run: DraftRun, command: HoldCommand): Folding<RunEvent> {
  const { now, tenancy } = draft.input
  const { collections } = run.plugin.contract.declaration
  const capacityField =
    command.kind === 'reserve' ? (collections[command.from]?.counters[command.counter]?.capacity ?? '') : ''
  const holder: Holder = {
    tenantId: tenancy.scope.tenantId,
    plugin: pluginIdOf(run),
    runId: run.id,
    capacityField,
    now,
  }
  const answer = yield* ask({ kind: 'hold', holder, command })
  if ('hold' in answer) return { kind: 'held', visit: command.visit, hold: answer.hold, at: now }
  if ('taken' in answer) return { kind: 'taken', visit: command.visit, taken: answer.taken, at: now }
  return { kind: 'released', visit: command.visit, at: now }
}

type CallCommand = Extract<Blocking, { kind: 'call' }>

/**
 * A scene's call pushes the bank's dialogue; a dialogue's call goes to the bank, its commit through the order alone.
 */
function* call(draft: TurnDraft, run: DraftRun, command: CallCommand): Folding<RunEvent | undefined> {
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

function* callProvider(
  draft: TurnDraft,
  parent: DraftRun,
  { command, need, input }: ProviderCall,
): Folding<RunEvent | undefined> {
  const { tenancy, conversation, bot, now } = draft.input
  const provider = tenancy.providers.get(need.capability.id)
  const flow = provider?.plugin.dialogues[command.operation]
  if (!provider || !flow) return { kind: 'outcome', visit: command.visit, outcome: 'unavailable', data: {}, at: now }
  const orderId = deriveId(parent.id, 'order', command.visit)
  const program: Program = { flow, config: {}, locale: parent.program.locale, timeZone: parent.program.timeZone }
  const order: NewOrder = {
    scope: tenancy.scope,
    orderId,
    bankId: provider.bankId,
    capability: need.capability.id,
    operation: command.operation,
    input,
    botId: bot.id,
    plugin: pluginIdOf(parent),
    need: command.need,
    ceiling: need.ceiling,
    conversationId: conversation.id,
    subscriberId: conversation.subscriber_id,
    runId: dialogueIdOf(parent, orderId),
    locale: program.locale,
    timeZone: program.timeZone,
    now,
  }
  const opening = yield* ask({ kind: 'open', order })
  if (opening.kind === 'refused') return refuse(draft, { command, need, reason: opening.reason })
  const child = pushDialogue(draft, parent, { provider, program, orderId })
  yield* advanceRun(draft, child, { kind: 'started', input: { order: orderId }, at: now })
  return undefined
}

interface RefusedCall {
  readonly command: CallCommand
  readonly need: Need
  readonly reason: 'declined' | 'try_later'
}

/**
 * The grants do not allow the call: no dialogue is pushed and the scene goes its own way. Where it can only treat it
 * as a decline, the platform says so first, because no bank will.
 */
function refuse(draft: TurnDraft, { command, need, reason }: RefusedCall): RunEvent {
  const at = draft.input.now
  const declines = 'declined' in (need.capability.operations[command.operation]?.outcomes ?? {})
  if (need.optional || !declines) return { kind: 'outcome', visit: command.visit, outcome: 'unavailable', data: {}, at }
  sayAsPlatform(draft, platformTexts(draft.input.tenancy.locale).refused[reason])
  return { kind: 'outcome', visit: command.visit, outcome: 'declined', data: { reason }, at }
}

const dialogueIdOf = (parent: DraftRun, orderId: string): string => deriveId(parent.id, 'dialogue', orderId)

interface Dialogue {
  readonly provider: Provider
  readonly program: Program
  readonly orderId: string
}

function pushDialogue(draft: TurnDraft, parent: DraftRun, { provider, program, orderId }: Dialogue): DraftRun {
  const child: DraftRun = {
    id: dialogueIdOf(parent, orderId),
    parentId: parent.id,
    rootId: parent.rootId,
    orderId,
    bankId: provider.bankId,
    plugin: provider.plugin,
    program,
    speaker: speakerOf(draft.input, provider.bankId),
    startedAt: draft.input.now,
    stored: undefined,
    state: { step: program.flow.start, visit: 0, slots: {}, input: null, unread: 0, options: [], ended: false },
    seq: 0,
    askedAt: 0,
    due: undefined,
  }
  draft.runs.set(child.id, child)
  return child
}

function* commitOrder(
  draft: TurnDraft,
  run: DraftRun,
  { command, order }: { readonly command: CallCommand; readonly order: ReturnType<typeof ownOrder> },
): Folding<RunEvent | undefined> {
  const { now } = draft.input
  const answer = yield* ask({ kind: 'commit', order, now, holder: run.rootId })
  if (answer.kind === 'accepted') return undefined
  return { kind: 'outcome', visit: command.visit, outcome: answer.outcome.name, data: answer.outcome.data, at: now }
}

/** Holds go back, and whoever called hears how it ended: from the order itself, not from the dialogue. */
function* endRun(draft: TurnDraft, run: DraftRun): Folding<RunEvent | undefined> {
  run.state = { ...run.state, ended: true }
  if (run.parentId === undefined) draft.releases.push(run.id)
  const parent = run.parentId === undefined ? undefined : findParent(draft, run.parentId)
  if (!parent || run.orderId === undefined) return undefined
  const order = { scope: draft.input.tenancy.scope, orderId: run.orderId }
  const outcome = yield* ask({ kind: 'close', order, now: draft.input.now, holder: run.rootId })
  yield* advanceRun(draft, parent, {
    kind: 'outcome',
    visit: parent.state.visit,
    outcome: outcome.name,
    data: outcome.data,
    at: draft.input.now,
  })
  return undefined
}

function findParent(draft: TurnDraft, runId: string): DraftRun | undefined {
  const stored = draft.input.runs.find((run) => run.row.id === runId)
  return draft.runs.get(runId) ?? (stored && touchRun(draft, stored))
}

/** A dialogue acts on the order it was pushed for, and on no other. */
function ownOrder(
  draft: TurnDraft,
  run: DraftRun,
  named: string,
): { scope: TurnDraft['input']['tenancy']['scope']; orderId: string } {
  if (run.orderId === undefined || named !== run.orderId)
    throw new Fault('flow.order_foreign', { data: { plugin: pluginIdOf(run) } })
  return { scope: draft.input.tenancy.scope, orderId: run.orderId }
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

function pluginIdOf(run: DraftRun): string {
  return run.plugin.contract.declaration.id
}
