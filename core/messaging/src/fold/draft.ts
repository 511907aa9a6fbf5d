import type { RenderedContent, RenderedSuggestion, Voice } from '@inthread/sdk/channel'
import type { Plugin, Program, RunEvent, RunState } from '@inthread/sdk/engine'
import type { Instant } from '@inthread/sdk/time'
import { deriveId } from '@inthread/store'
import type { FetchRequest } from '../effect/request.ts'
import type { DeferredEntry, ItemBody } from '../inbox/item.ts'
import type { BankRequest, Outcome } from '../ports.ts'
import { pickWording } from '../tenancy/tenancy.ts'
import { platformTexts } from '../text/platform-texts.ts'
import { sign } from './speak.ts'
import type { Asked, Due, DueKind, LoadedRun, Speaker, StoppedRun, TurnInput } from './turn.ts'

/** A run as this turn leaves it. */
export interface DraftRun {
  readonly id: string
  readonly parentId: string | undefined
  /** The scene at the bottom: whose holds these are. */
  readonly rootId: string
  readonly orderId: string | undefined
  readonly bankId: string | undefined
  readonly plugin: Plugin
  readonly program: Program
  readonly speaker: Speaker
  readonly startedAt: Instant
  /** Present on runs that this turn did not start. */
  readonly stored: LoadedRun | undefined
  /** Events of plugins that led to this run: none of them may be told again by it. */
  readonly causes: readonly string[]
  state: RunState
  seq: number
  /** What it has asked of the bank and not heard the end of. */
  asked: readonly Asked[]
  askedAt: Instant
  /** Its question waits until something else is over, and words of the user are not for it. */
  suspended: boolean
  /** News of the bank's has started it that waits for nobody: what it asks goes before what another scene asks. */
  readonly urgent: boolean
  /** Urgent news waits for the answer to this dialogue of the bank's, which has its own limit. */
  awaited: { readonly due: Due | undefined } | undefined
  due: Due | undefined
  /** The outcome that its scene was told when it ended, if it was a dialogue about an order; empty before. */
  told: string
}

/** What a run has used up: messages in this turn, and calls since it began. */
export interface Charge {
  messages: number
  calls: number
}

/** An entry for the journal of a run. */
export interface Entry {
  readonly run: DraftRun
  readonly event: RunEvent
}

/** A run that the core ends without its plugin. */
export interface EndedRun extends StoppedRun {
  /** The outcome that its scene was told, or ended with, if it was a dialogue about an order; empty before. */
  told: string
}

export interface DraftMessage {
  readonly voice: Voice
  readonly content: RenderedContent
}

/** Something asked of the outside: an operation of the bank, or a request to a declared host. */
export type DraftEffect = { readonly id: string; readonly run: DraftRun; readonly visit: number } & (
  | {
      readonly kind: 'call'
      readonly orderId: string
      readonly operation: string
      readonly secretId: string | undefined
      readonly request: BankRequest | undefined
    }
  | { readonly kind: 'fetch'; readonly request: FetchRequest }
)

/** Something a plugin tells to the others of the bot, for one that listens. */
export interface DraftEvent {
  readonly key: string
  readonly body: Extract<ItemBody, { kind: 'event' }>
}

/** Everything one turn decided. Written in one transaction, or not at all. */
export interface TurnDraft {
  readonly input: TurnInput
  readonly runs: Map<string, DraftRun>
  /** `from` and `to` are the steps before and after the entry: nothing is stored of them. */
  readonly journal: (Entry & { readonly seq: number; readonly from: string; readonly to: string })[]
  readonly messages: DraftMessage[]
  readonly effects: DraftEffect[]
  readonly events: DraftEvent[]
  /** How many events its runs have told, whether anybody listens or not. */
  told: number
  /** Reasons why somebody at the desk should look. */
  readonly cases: string[]
  /** The case that the conversation is with from here on; null when it is with the bot. */
  deskCase: string | null
  /** Whether somebody is to be called for the new case, and is to be missed when nobody comes. */
  callsAgent: boolean
  /** The message is for the person of the case. */
  toCase: boolean
  /** A case that is over. */
  closedCase: string | undefined
  /** Runs whose holds go back. */
  readonly releases: string[]
  /** Inbox rows whose body is destroyed. */
  readonly destroyed: string[]
  /** Holds of a run that is over, settled by what became of its order. */
  readonly settled: { readonly runId: string; readonly state: 'taken' | 'released' }[]
  /** Runs that the core ends without their plugin. */
  readonly ended: EndedRun[]
  /** How the orders ended whose dialogues this turn has ended, by the scene at the bottom. */
  readonly outcomes: Map<string, Outcome>
  /** By run. */
  readonly charges: Map<string, Charge>
  /** Entries for guests that are folded in the next turn. */
  readonly deferred: DeferredEntry[]
  secretUntil: Instant | undefined
  /** The item waits until nothing is open any more. */
  parked: boolean
  /** Nothing is open any more: what waited for that may come. */
  unparks: boolean
  stopped: boolean
  failed: boolean
}

export function openDraft(input: TurnInput): TurnDraft {
  const draft: TurnDraft = {
    input,
    runs: new Map(),
    journal: [],
    messages: [],
    effects: [],
    events: [],
    told: 0,
    cases: [],
    deskCase: input.conversation.desk_case,
    callsAgent: false,
    toCase: false,
    closedCase: undefined,
    releases: [],
    destroyed: [],
    settled: [],
    ended: [],
    outcomes: new Map(),
    charges: new Map(),
    deferred: [],
    secretUntil: undefined,
    parked: false,
    unparks: false,
    stopped: false,
    failed: false,
  }
  return draft
}

/** The run as the draft has it, taking it over from the stored one at the first touch. */
export function touchRun(draft: TurnDraft, run: LoadedRun): DraftRun {
  const known = draft.runs.get(run.row.id)
  if (known) return known
  const { row } = run
  const touched: DraftRun = {
    id: row.id,
    parentId: row.parent_id ?? undefined,
    rootId: row.root_id ?? row.parent_id ?? row.id,
    orderId: row.order_id ?? undefined,
    bankId: row.bank_id ?? undefined,
    plugin: run.plugin,
    program: run.program,
    speaker: speakerOf(draft.input, row.bank_id ?? undefined),
    startedAt: row.started_at,
    stored: run,
    causes: run.causes,
    suspended: run.suspended,
    urgent: run.urgent,
    awaited: run.awaited,
    state: run.state,
    seq: row.seq,
    askedAt: run.askedAt,
    asked: run.asked,
    due: row.due_at === null ? undefined : { at: row.due_at, kind: row.due_kind as DueKind },
    told: row.told,
  }
  draft.runs.set(touched.id, touched)
  return touched
}

type NewRun = Pick<
  DraftRun,
  'id' | 'parentId' | 'rootId' | 'orderId' | 'bankId' | 'plugin' | 'program' | 'causes' | 'urgent'
>

/** A run that begins in this turn; its first entry is still to come. */
export function openNewRun(draft: TurnDraft, run: NewRun): DraftRun {
  const opened: DraftRun = {
    ...run,
    speaker: speakerOf(draft.input, run.bankId),
    startedAt: draft.input.now,
    stored: undefined,
    state: { step: run.program.flow.start, visit: 0, slots: {}, input: null, unread: 0, options: [], ended: false },
    seq: 0,
    asked: [],
    askedAt: 0,
    suspended: false,
    awaited: undefined,
    due: undefined,
    told: '',
  }
  draft.runs.set(opened.id, opened)
  return opened
}

/** Whether the core ends a scene in this turn, which then follows what became of its orders. */
export function isSceneStopped({ input }: TurnDraft, sceneId: string): boolean {
  return input.stopped.some(({ row }) => row.id === sceneId)
}

/** The run as this turn has it, whether it was touched before or not; undefined when it is over. */
export function findDraftRun(draft: TurnDraft, runId: string): DraftRun | undefined {
  const stored = draft.input.runs.find((run) => run.row.id === runId)
  return draft.runs.get(runId) ?? (stored && touchRun(draft, stored))
}

/** The id of the n-th case of a turn. */
export function caseIdOf({ input }: TurnDraft, index: number): string {
  return deriveId(input.item.id, 'case', index)
}

export function pluginIdOf(run: DraftRun): string {
  return run.plugin.contract.declaration.id
}

/** Who speaks for a run follows from what pushed it: a bank's dialogue speaks as that bank, a scene as the merchant. */
export function speakerOf(input: TurnInput, bankId: string | undefined): Speaker {
  if (bankId === undefined) return { voice: 'merchant', signature: undefined }
  const provider = [...input.tenancy.providers.values()].find((candidate) => candidate.bankId === bankId)
  return { voice: 'bank', signature: provider ? pickWording(provider.bankName, input.tenancy.locale) : bankId }
}

/** The platform's own words, under its own name. */
export function sayAsPlatform(draft: TurnDraft, text: string, chips: readonly RenderedSuggestion[] = []): void {
  const speaker: Speaker = { voice: 'platform', signature: platformTexts(draft.input.tenancy.locale).name }
  draft.messages.push({ voice: 'platform', content: sign(speaker, { kind: 'text', text, chips }) })
}
