import { faultCodeOf, isFault } from '@inthread/sdk/fault'
import type { Transaction } from '@inthread/store'
import { findToken } from '../conversation/token.ts'
import { openItem, type ItemBody } from '../inbox/item.ts'
import type { MessagingPorts } from '../ports.ts'
import type { RunRow } from '../schema/tables.ts'
import type { Tenancy } from '../tenancy/tenancy.ts'
import { TextRenderer } from '../text/renderer.ts'
import { claimConversations, type Claimed } from './claim.store.ts'
import { commitDrafts, lockConversations, type Aftermath } from './commit.store.ts'
import type { TurnDraft } from '../fold/draft.ts'
import { foldFailure, foldTurn } from '../fold/fold-turn.ts'
import { loadRuns, openRun } from './load.store.ts'
import type { Folding, Need, NeedAnswers, ReadNeed } from '../fold/need.ts'
import { answerRead, answerWrite } from './answers.ts'
import type { TurnInput } from '../fold/turn.ts'
import { failItems, readState } from './fail.store.ts'

type Answer = NeedAnswers[Need['kind']]

/** A turn that was folded as far as reading goes; the answers it was given lead a repeated fold to the same place. */
interface Prepared {
  readonly input: TurnInput
  readonly answers: readonly Answer[]
  /** Present when the turn was done without changing anything on the way. */
  readonly draft: TurnDraft | undefined
}

export interface GroupReport extends Aftermath {
  /** Conversations in which more is waiting, or whose turn has to be tried again. */
  readonly again: readonly string[]
  readonly turns: number
  /** An order may have been handed over. */
  readonly ordered: boolean
}

const nothing: GroupReport = { again: [], turns: 0, messages: [], effects: [], scattered: false, ordered: false }

/** claim → load → fold → commit, for many conversations at once and one item of each. */
export class TurnPipeline {
  readonly #ports: MessagingPorts
  readonly #renderers = new WeakMap<Tenancy, TextRenderer>()

  constructor(ports: MessagingPorts) {
    this.#ports = ports
  }

  async run(conversationIds: readonly string[]): Promise<GroupReport> {
    if (conversationIds.length === 0) return nothing
    const claimed = await claimConversations(this.#ports.store, conversationIds, this.#ports.owner)
    if (claimed.length === 0) return nothing
    const inputs = await this.#load(claimed)
    const prepared = await this.#prepare(inputs)
    const report = await this.#commit(prepared)
    return {
      ...report,
      again: [...report.again, ...claimed.filter(({ more }) => more).map(({ conversation }) => conversation.id)],
    }
  }

  /** What each turn may look at. An item that cannot be given that (no such tenant, no such plugin) is failed alone. */
  async #load(claimed: readonly Claimed[]): Promise<readonly TurnInput[]> {
    const { store, sealer } = this.#ports
    const opened = claimed.map((claim) => this.#open(claim, sealer))
    const conversations = claimed.map(({ conversation }) => conversation.id)
    const runs = opened.flatMap(({ claim, body }) => this.#namedRuns(claim, body))
    const rows = await store.read('turn.load', (reader) => loadRuns(reader, { conversations, runs }))
    const inputs: TurnInput[] = []
    const failed: string[] = []
    for (const { claim, body } of opened) {
      const input = this.#attempt(claim, () => this.#buildInput(claim, body, rows))
      if (input) inputs.push(input)
      else failed.push(claim.item.id)
    }
    if (failed.length > 0) await failItems(store, failed)
    return inputs
  }

  #open(claim: Claimed, sealer: MessagingPorts['sealer']): { claim: Claimed; body: ItemBody | undefined } {
    const place = { tenantId: claim.item.tenant_id, itemId: claim.item.id }
    return { claim, body: this.#attempt(claim, () => openItem(sealer, place, claim.item)) }
  }

  #attempt<T>(claim: Claimed, work: () => T | undefined): T | undefined {
    try {
      return work()
    } catch (error) {
      this.#ports.log.event('turn.item_failed', { code: faultCodeOf(error), item: claim.item.id })
      return undefined
    }
  }

  #namedRuns({ conversation, item }: Claimed, body: ItemBody | undefined): string[] {
    if (item.run_id !== null) return [item.run_id]
    if (body?.kind !== 'message' || body.content.kind !== 'tap') return []
    const realm = { tenantId: item.tenant_id, conversationId: conversation.id, botId: conversation.bot_id }
    const token = findToken(this.#ports.keyring, realm, body.content.postback)
    return token?.kind === 'reply' ? [token.run] : []
  }

  #buildInput(claim: Claimed, body: ItemBody | undefined, rows: readonly RunRow[]): TurnInput | undefined {
    const { conversation, item } = claim
    const tenancy = this.#ports.tenancies.find(conversation.tenant_id)
    const bot = tenancy?.bots.get(conversation.bot_id)
    const operator = tenancy?.operators.get(item.kind === 'message' ? item.source : conversation.operator_id)
    if (!tenancy || !bot || !operator)
      return void this.#ports.log.event('turn.tenant_unknown', { tenant: conversation.tenant_id })
    const own = rows.filter((row) => row.conversation_id === conversation.id)
    const named = this.#namedRuns(claim, body)
    return {
      conversation,
      item,
      body,
      tenancy,
      bot,
      operator,
      renderer: this.#rendererOf(tenancy),
      keyring: this.#ports.keyring,
      runs: own
        .filter((row) => row.state === 'open')
        .map((row) => openRun(row, { tenancy, bot, sealer: this.#ports.sealer })),
      tapped: own.find((row) => named.includes(row.id)),
      now: this.#ports.clock.now(),
    }
  }

  #rendererOf(tenancy: Tenancy): TextRenderer {
    let renderer = this.#renderers.get(tenancy)
    if (!renderer) this.#renderers.set(tenancy, (renderer = new TextRenderer()))
    return renderer
  }

  /**
   * Folds every turn until it is done or wants to change something. The reads of a group go to the database together.
   */
  #prepare(inputs: readonly TurnInput[]): Promise<readonly Prepared[]> {
    return Promise.all(inputs.map((input) => this.#fold(input)))
  }

  async #fold(input: TurnInput): Promise<Prepared> {
    const answers: Answer[] = []
    try {
      const folding = foldTurn(input)
      let step = folding.next()
      while (!step.done && isRead(step.value)) {
        const work = { need: step.value, input, ports: this.#ports }
        const answer = await this.#ports.store.read('turn.read', (reader) => answerRead(reader, work))
        answers.push(answer)
        step = folding.next(answer)
      }
      return { input, answers, draft: step.done ? step.value : undefined }
    } catch (error) {
      if (isFault(error) && error.code.startsWith('store.')) throw error
      return { input, answers, draft: this.#fail(input, error) }
    }
  }

  #fail(input: TurnInput, error: unknown): TurnDraft {
    this.#ports.log.event('turn.failed', {
      code: faultCodeOf(error),
      item: input.item.id,
      tenant: input.conversation.tenant_id,
    })
    return foldFailure(input)
  }

  /** One transaction for the group. A group that is refused is halved, until the turn that spoils it stands alone. */
  async #commit(prepared: readonly Prepared[]): Promise<GroupReport> {
    if (prepared.length === 0) return nothing
    try {
      return await this.#commitGroup(prepared)
    } catch (error) {
      const [only] = prepared
      if (prepared.length === 1 && only) return this.#commitFailure(only, error)
      const half = Math.ceil(prepared.length / 2)
      return joinReports(await this.#commit(prepared.slice(0, half)), await this.#commit(prepared.slice(half)))
    }
  }

  async #commitFailure({ input }: Prepared, error: unknown): Promise<GroupReport> {
    if (isFault(error) && error.retryable) throw error
    return this.#commitGroup([{ input, answers: [], draft: this.#fail(input, error) }])
  }

  async #commitGroup(prepared: readonly Prepared[]): Promise<GroupReport> {
    const { store, sealer, owner } = this.#ports
    const first = prepared[0]?.input.item.id ?? ''
    return store.write(
      'turn.commit',
      async (tx) => {
        const ours = await lockConversations(
          tx,
          prepared.map(({ input }) => input.conversation),
        )
        const valid = prepared.filter(({ input }) => ours.has(input.conversation.id))
        const drafts: TurnDraft[] = []
        let ordered = false
        for (const turn of valid) {
          if (!turn.draft) ordered = true
          drafts.push(turn.draft ?? (await this.#foldInside(tx, turn)))
        }
        const aftermath =
          drafts.length > 0 ? await commitDrafts(tx, drafts, { sealer, owner, lastOwners: ours }) : nothing
        const lost = prepared
          .filter(({ input }) => !ours.has(input.conversation.id))
          .map(({ input }) => input.conversation.id)
        return { ...aftermath, again: lost, turns: drafts.length, ordered }
      },
      async (reader) => (await readState(reader, first)) !== 'new',
    )
  }

  /** The same fold again from its start, on to where it changes things, now inside the transaction. */
  async #foldInside(tx: Transaction, { input, answers }: Prepared): Promise<TurnDraft> {
    const folding: Folding<TurnDraft> = foldTurn(input)
    let step = folding.next()
    for (const answer of answers) if (!step.done) step = folding.next(answer)
    while (!step.done) {
      const need = step.value
      const work = { need, input, ports: this.#ports }
      step = folding.next(
        isRead(need) ? await answerRead(tx, { ...work, need }) : await answerWrite(tx, { ...work, need }),
      )
    }
    return step.value
  }
}

function isRead(need: Need): need is ReadNeed {
  return need.kind === 'documents' || need.kind === 'standing'
}

function joinReports(left: GroupReport, right: GroupReport): GroupReport {
  return {
    again: [...left.again, ...right.again],
    turns: left.turns + right.turns,
    messages: [...left.messages, ...right.messages],
    effects: [...left.effects, ...right.effects],
    scattered: left.scattered || right.scattered,
    ordered: left.ordered || right.ordered,
  }
}
