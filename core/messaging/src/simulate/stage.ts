import type { ChannelProfile } from '@inthread/sdk/channel'
import { addMs, type Instant } from '@inthread/sdk/time'
import { Sealer, type IdSource, type Keyring, type Store } from '@inthread/store'
import { noSpan } from '@inthread/store/trace'
import { findToken } from '../conversation/token.ts'
import { missedAfterMs } from '../desk/desk.store.ts'
import type { DraftEffect, TurnDraft } from '../fold/draft.ts'
import type { LoadedRun, TurnInput } from '../fold/turn.ts'
import type { ItemBody } from '../inbox/item.ts'
import { fitContent } from '../outbox/fit.ts'
import type { MessagingLog } from '../ports.ts'
import type { ConversationRow, InboxRow, RunRow } from '../schema/tables.ts'
import { isKilled, type Kill } from '../tenancy/kill.ts'
import type { Bot, OperatorAccount, Tenancy } from '../tenancy/tenancy.ts'
import { TextRenderer } from '../text/renderer.ts'
import { openRuns, type OpenedRuns } from '../turn/load.store.ts'
import { buildConversationRow, buildEndedRow, buildRunRow, type RowSetting } from '../turn/rows.ts'
import type { SimulatedBank } from './bank.ts'
import { foldSimulated, type Folded, type Ground } from './fold-simulated.ts'
import type { GuestTimes } from './memory/ask-guest.ts'
import { MemoryHolds } from './memory/memory-holds.ts'
import { MemoryShelf } from './memory/memory-shelf.ts'
import type { SimulatedMessage } from './simulated-thread.ts'
import {
  buildItemRow,
  buildSilentOperator,
  createCountingIds,
  createOwnKeyring,
  openConversationRow,
} from './memory/stage-rows.ts'
import { standIn } from './stand-in.ts'

export interface StageParts {
  /** As it shall be tried: what is only drafted is in it already. */
  readonly tenancy: Tenancy
  readonly bot: Bot
  readonly profile: ChannelProfile
  readonly kills: readonly Kill[]
  readonly startsAt: Instant
  readonly store: Pick<Store, 'read'>
  readonly log: MessagingLog
  readonly bank: SimulatedBank
  readonly budget: GuestTimes
  /** What keys of its own are made of. */
  readonly seed: string
}

/** Something that speaks into the thread. */
export interface StageItem {
  readonly body: ItemBody
  readonly runId?: string | undefined
  readonly about?: string | undefined
}

/** A turn with the run that its item named, as that stood before. */
export interface Played extends Folded {
  readonly item: StageItem
  readonly messages: readonly SimulatedMessage[]
  readonly named: LoadedRun | undefined
}

/** One conversation in memory: rows as they would be stored, and whatever still has to happen. */
export class Stage {
  readonly parts: StageParts
  readonly tenancy: Tenancy
  readonly keyring: Keyring
  readonly shown: SimulatedMessage[] = []
  readonly ground: Ground
  /** What was asked of the outside, by the run and the visit that wait for it. */
  readonly effects: DraftEffect[] = []
  /** What follows by itself and is still to come. */
  readonly queue: StageItem[] = []
  now: Instant
  conversation: ConversationRow
  readonly #ids: IdSource
  readonly #operator: OperatorAccount
  readonly #renderer = new TextRenderer()
  readonly #rows = new Map<string, RunRow>()
  readonly #setting: RowSetting
  /** Told while somebody was in the middle of something. */
  readonly #parked: StageItem[] = []
  #answered = 0
  #missed: { readonly caseId: string; readonly at: Instant } | undefined

  constructor(parts: StageParts) {
    const { tenancy, bot, store, log, bank, startsAt } = parts
    this.parts = parts
    this.now = startsAt
    this.tenancy = { ...tenancy, providers: standIn(tenancy.providers) }
    this.keyring = createOwnKeyring(parts.seed)
    this.#ids = createCountingIds(startsAt)
    this.#operator = buildSilentOperator(bot.id, parts.profile)
    const sealer = new Sealer(this.keyring)
    const documents = { sealer, keyring: this.keyring, ids: this.#ids, log }
    const shelf = new MemoryShelf({ store, scope: tenancy.scope, documents })
    this.ground = { shelf, holds: new MemoryHolds(store), bank, orders: new Map(), times: parts.budget }
    this.#setting = { sealer, owner: '', leaseUntil: 0, lastOwners: new Map() }
    const place = { tenantId: tenancy.scope.tenantId, botId: bot.id, operatorId: this.#operator.id }
    this.conversation = openConversationRow(this.#ids, place)
  }

  /** Open runs, the youngest last. */
  get runs(): readonly LoadedRun[] {
    return this.#openRuns().runs
  }

  findRow(runId: string): RunRow | undefined {
    return this.#rows.get(runId)
  }

  /** One turn; undefined when it was only heard that it has to wait. */
  async take(item: StageItem): Promise<Played | undefined> {
    const input = this.#buildInput(item)
    const named = input.runs.find((run) => run.row.id === item.runId)
    const folded = await foldSimulated(input, this.ground)
    const messages = this.#keep(folded.draft)
    if (!folded.draft.parked) return { ...folded, item, messages, named }
    this.#parked.push(item)
    return undefined
  }

  /** What was asked of the outside since this was last looked at. */
  takeNew(): readonly DraftEffect[] {
    const fresh = this.effects.slice(this.#answered)
    this.#answered = this.effects.length
    return fresh
  }

  /** The next thing that time brings until then, at its moment. */
  findDue(until: Instant): { readonly at: Instant; readonly item: StageItem } | undefined {
    const due = [...this.#rows.values()].flatMap((row) =>
      row.state === 'open' && row.due_at !== null && row.due_at <= until ? [{ row, at: row.due_at }] : [],
    )
    const [first] = due.toSorted((left, right) => left.at - right.at)
    const missed = this.#missed && this.#missed.at <= until ? this.#missed : undefined
    if (missed && (!first || missed.at < first.at)) return { at: missed.at, item: this.#miss(missed.caseId) }
    if (!first) return undefined
    const { row, at } = first
    this.#rows.set(row.id, { ...row, due_at: null })
    return { at, item: { body: { kind: 'timer', visit: row.visit, due: row.due_kind ?? '' }, runId: row.id } }
  }

  #miss(caseId: string): StageItem {
    this.#missed = undefined
    return { body: { kind: 'desk', act: 'unclaimed', caseId, text: '' } }
  }

  #openRuns(): OpenedRuns {
    const { tenancy, parts } = this
    const { sealer } = this.#setting
    const open = [...this.#rows.values()].filter(({ state }) => state === 'open')
    return openRuns(open, { tenancy, bot: parts.bot, sealer, isStopped: (row) => this.#isStopped(row) })
  }

  #buildInput({ body, runId, about }: StageItem): TurnInput {
    const { tenancy, keyring, conversation, parts, now } = this
    const item = buildItemRow({ id: this.#ids.next(), kind: body.kind, runId, about }, conversation)
    const { runs, stopped } = this.#openRuns()
    return {
      ...{ conversation, item, body, tenancy, keyring, now },
      bot: parts.bot,
      operator: this.#operator,
      renderer: this.#renderer,
      runs,
      stopped,
      kills: parts.kills,
      hosted: new Map(),
      tapped: this.#rows.get(runId ?? this.#namedBy(body, item)),
      span: noSpan,
    }
  }

  #namedBy(body: ItemBody, item: InboxRow): string {
    if (body.kind !== 'message' || body.content.kind !== 'tap') return ''
    const { id: conversationId, bot_id: botId } = this.conversation
    const realm = { tenantId: item.tenant_id, conversationId, botId }
    const token = findToken(this.keyring, realm, body.content.postback)
    return token?.kind === 'reply' ? token.run : ''
  }

  #isStopped({ plugin, version, tenant_id: tenant }: RunRow): boolean {
    return isKilled(this.parts.kills, 'code', { plugin, version, tenant })
  }

  /** What a commit would write, but in memory; the messages as the channel would take them. */
  #keep(draft: TurnDraft): readonly SimulatedMessage[] {
    for (const run of draft.ended) this.#rows.set(run.row.id, buildEndedRow(draft, run, this.#setting))
    for (const run of draft.runs.values()) this.#rows.set(run.id, buildRunRow(draft, run, this.#setting))
    this.conversation = buildConversationRow(draft, 0, this.#setting)
    for (const runId of draft.releases) this.ground.holds.release(runId)
    for (const { runId, state } of draft.settled) this.ground.holds.settle(runId, state)
    this.effects.push(...draft.effects)
    this.queue.push(...draft.events.map(({ body }) => ({ body })))
    if (draft.unparks) this.queue.push(...this.#parked.splice(0))
    this.#awaitPerson(draft)
    return this.#show(draft)
  }

  #awaitPerson({ callsAgent, deskCase, input }: TurnDraft): void {
    if (callsAgent && deskCase !== null) this.#missed = { caseId: deskCase, at: addMs(input.now, missedAfterMs) }
    else if (deskCase === null) this.#missed = undefined
  }

  #show(draft: TurnDraft): readonly SimulatedMessage[] {
    const fitted = draft.messages.flatMap(({ voice, content }) =>
      fitContent(content, this.parts.profile).map((part) => ({ voice, content: part })),
    )
    const messages = fitted.map((message, index) => ({ ...message, number: this.shown.length + index }))
    this.shown.push(...messages)
    return messages
  }
}
