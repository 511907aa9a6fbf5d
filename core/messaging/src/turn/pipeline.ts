import { faultCodeOf, isFault } from '@inthread/sdk/fault'
import type { Transaction } from '@inthread/store'
import type { MessagingPorts } from '../ports.ts'
import { claimConversations } from './claim.store.ts'
import { commitDrafts, lockConversations, type Aftermath } from './commit.store.ts'
import type { TurnDraft } from '../fold/draft.ts'
import { foldFailure, foldTurn } from '../fold/fold-turn.ts'
import type { Folding, Need, NeedAnswers, ReadNeed } from '../fold/need.ts'
import { answerRead, answerWrite } from './answers.ts'
import { answerGuest, isGuestNeed } from './guest-answers.ts'
import { Batcher } from '../inbox/batcher.ts'
import type { TurnInput } from '../fold/turn.ts'
import { readState } from './fail.store.ts'
import { isPassing, stopRun } from './stop-run.ts'
import { TurnOpener } from './open-turns.ts'
import { coverCommit } from './turn-span.ts'

type Answer = NeedAnswers[Need['kind']]

/** A turn that was folded as far as reading goes; the answers it was given lead a repeated fold to the same place. */
interface Prepared {
  readonly input: TurnInput
  readonly answers: readonly Answer[]
  /** Present when the turn was done without changing anything on the way. */
  readonly draft: TurnDraft | undefined
}

/** A turn that waits for a guest: the others of its group go on without it. */
interface HeldUp {
  readonly input: TurnInput
  readonly prepared: Promise<Prepared>
}

export interface GroupReport extends Aftermath {
  /** Conversations in which more is waiting, or whose turn has to be tried again. */
  readonly again: readonly string[]
  readonly turns: number
  /** An order may have been handed over. */
  readonly ordered: boolean
  /** Tenants that are not in force here: what came for them waits. */
  readonly absent: readonly string[]
  /** Conversations whose turn waits for a guest, each with what its commit will leave. */
  readonly held: readonly { readonly conversation: string; readonly report: Promise<GroupReport> }[]
}

interface WrittenGroup {
  readonly report: GroupReport
  readonly drafts: readonly TurnDraft[]
}

const nothing: GroupReport = {
  again: [],
  turns: 0,
  messages: [],
  effects: [],
  scattered: false,
  ordered: false,
  absent: [],
  held: [],
}
const turnsPerCommit = 64
const waitingTurns = 4000

/** claim → load → fold → commit, for many conversations at once and one item of each. */
export class TurnPipeline {
  readonly #ports: MessagingPorts
  readonly #opener: TurnOpener
  /** Turns that waited for guests are committed with those that are ready at the same moment. */
  readonly #late: Batcher<Prepared, GroupReport>

  constructor(ports: MessagingPorts) {
    this.#ports = ports
    this.#opener = new TurnOpener(ports)
    const run = async (prepared: readonly Prepared[]): Promise<readonly GroupReport[]> => {
      const report = await this.#commit(prepared)
      return prepared.map((_turn, index) => (index === 0 ? report : nothing))
    }
    const { breathe } = ports.timers
    this.#late = new Batcher({ limit: turnsPerCommit, capacity: waitingTurns, lanes: 1, run, breathe })
  }

  async run(conversationIds: readonly string[]): Promise<GroupReport> {
    if (conversationIds.length === 0) return nothing
    const claimed = await claimConversations(this.#ports.store, conversationIds, this.#ports.owner)
    if (claimed.length === 0) return nothing
    const { served, absent } = await this.#opener.findServed(claimed)
    const inputs = await this.#opener.open(served)
    const report = await this.#foldAll(inputs).catch((error: unknown) => endAll(inputs, error))
    const more = served.filter(({ claim }) => claim.more).map(({ claim }) => claim.conversation.id)
    return { ...report, again: [...report.again, ...more], absent }
  }

  async #foldAll(inputs: readonly TurnInput[]): Promise<GroupReport> {
    const folded = await this.#prepare(inputs)
    const report = await this.#commit(folded.filter((turn): turn is Prepared => !isHeldUp(turn)))
    return { ...report, held: folded.filter(isHeldUp).map((turn) => this.#holdUp(turn)) }
  }

  #holdUp({ input, prepared }: HeldUp): GroupReport['held'][number] {
    const report = prepared.then((turn) => this.#late.submit(turn)).catch((error: unknown) => endAll([input], error))
    return { conversation: input.conversation.id, report }
  }

  /**
   * Folds every turn until it is done or wants to change something. The reads of a group go to the database together.
   */
  #prepare(inputs: readonly TurnInput[]): Promise<readonly (Prepared | HeldUp)[]> {
    return Promise.all(inputs.map((input) => this.#fold(input)))
  }

  /** Resolves as soon as the turn is folded, or has to wait for a guest. */
  #fold(input: TurnInput): Promise<Prepared | HeldUp> {
    return new Promise((resolve, reject) => {
      const onGuest = (): void => queueMicrotask(() => resolve({ input, prepared }))
      const prepared = input.span.open('turn.fold').cover(() => this.#foldThrough(input, onGuest))
      prepared.then(resolve, reject)
    })
  }

  async #foldThrough(input: TurnInput, onGuest: () => void): Promise<Prepared> {
    const answers: Answer[] = []
    try {
      const folding = foldTurn(input)
      let step = folding.next()
      while (!step.done) {
        const need = step.value
        if (!isRead(need) && !isGuestNeed(need)) break
        if (isGuestNeed(need)) onGuest()
        try {
          const answer = isGuestNeed(need) ? await answerGuest(need) : await this.#read(input, need)
          answers.push(answer)
          step = folding.next(answer)
        } catch (error) {
          // The turn knows which run it asked for.
          step = folding.throw(error)
        }
      }
      return { input, answers, draft: step.done ? step.value : undefined }
    } catch (error) {
      if (isPassing(error)) throw error
      const without = this.#stop(input, error)
      return without ? this.#foldThrough(without, onGuest) : { input, answers, draft: this.#fail(input, error) }
    }
  }

  #read(input: TurnInput, need: ReadNeed): Promise<Answer> {
    const work = { need, input, ports: this.#ports }
    return this.#ports.store.read('turn.read', (reader) => answerRead(reader, work))
  }

  #stop(input: TurnInput, error: unknown): TurnInput | undefined {
    const without = stopRun(input, error)
    const facts = { code: faultCodeOf(error), item: input.item.id, tenant: input.conversation.tenant_id }
    if (!without) return undefined
    this.#ports.log.event('turn.run_stopped', facts)
    input.span.tell({ outcome: facts.code })
    return without
  }

  #fail(input: TurnInput, error: unknown): TurnDraft {
    this.#ports.log.event('turn.failed', {
      code: faultCodeOf(error),
      item: input.item.id,
      tenant: input.conversation.tenant_id,
    })
    input.span.tell({ outcome: faultCodeOf(error) })
    return foldFailure(input, faultCodeOf(error))
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
    const without = this.#stop(input, error)
    if (without) return this.#commit([await this.#foldThrough(without, () => undefined)])
    return this.#commitGroup([{ input, answers: [], draft: this.#fail(input, error) }])
  }

  async #commitGroup(prepared: readonly Prepared[]): Promise<GroupReport> {
    const inputs = prepared.map(({ input }) => input)
    const { report } = await coverCommit(inputs, () => this.#writeGroup(prepared))
    return report
  }

  #writeGroup(prepared: readonly Prepared[]): Promise<WrittenGroup> {
    const { store, sealer, ids, clock, owner } = this.#ports
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
        const setting = { sealer, ids, clock, owner, lastOwners: ours }
        const aftermath = drafts.length > 0 ? await commitDrafts(tx, drafts, setting) : nothing
        const lost = prepared.filter(({ input }) => !ours.has(input.conversation.id))
        const deferred = drafts.filter((draft) => draft.deferred.length > 0)
        const again = [...lost, ...deferred].map(({ input }) => input.conversation.id)
        return { report: { ...aftermath, again, turns: drafts.length, ordered, absent: [], held: [] }, drafts }
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
      let answer: Answer
      try {
        const need = step.value
        answer = await input.span.run(() => this.#answerInside(tx, input, need))
      } catch (error) {
        // What a driver throws is the store's to read; all else belongs to the run that asked.
        if (!isFault(error) || isPassing(error)) throw error
        step = folding.throw(error)
        continue
      }
      step = folding.next(answer)
    }
    return step.value
  }

  /** A guest is not asked here: what it would have to compute goes to the next turn. */
  #answerInside(tx: Transaction, input: TurnInput, need: Need): Answer | Promise<Answer> {
    if (isGuestNeed(need)) return 'later'
    const work = { input, ports: this.#ports }
    return isRead(need) ? answerRead(tx, { ...work, need }) : answerWrite(tx, { ...work, need })
  }
}

/** A group that could not be worked on comes again, with spans of its own. */
function endAll(inputs: readonly TurnInput[], error: unknown): never {
  for (const { span } of inputs) span.end(faultCodeOf(error))
  throw error
}

function isHeldUp(turn: Prepared | HeldUp): turn is HeldUp {
  return 'prepared' in turn
}

function isRead(need: Need): need is ReadNeed {
  return need.kind === 'documents' || need.kind === 'standing' || need.kind === 'locked'
}

function joinReports(left: GroupReport, right: GroupReport): GroupReport {
  return {
    again: [...left.again, ...right.again],
    turns: left.turns + right.turns,
    messages: [...left.messages, ...right.messages],
    effects: [...left.effects, ...right.effects],
    scattered: left.scattered || right.scattered,
    ordered: left.ordered || right.ordered,
    absent: [],
    held: [],
  }
}
