import type { InboundContent, RenderedContent, RenderedSuggestion } from '@inthread/sdk/channel'
import type { Plugin } from '@inthread/sdk/engine'
import { Sealer, createIdSource, openScope } from '@inthread/store'
import { noSpan } from '@inthread/store/trace'
import { createKeyring, StandingClock } from '../../../test/kit/ground.ts'
import type { TurnDraft } from '../src/fold/draft.ts'
import { foldTurn } from '../src/fold/fold-turn.ts'
import type { Folding, Need, NeedAnswers } from '../src/fold/need.ts'
import type { LoadedRun, TurnInput } from '../src/fold/turn.ts'
import type { ItemBody } from '../src/inbox/item.ts'
import type { ConversationRow, InboxRow, RunRow } from '../src/schema/tables.ts'
import type { Guest } from '../src/tenancy/guest.ts'
import { isKilled, type Kill } from '../src/tenancy/kill.ts'
import type { Hosted, OperatorAccount, Tenancy } from '../src/tenancy/tenancy.ts'
import { TextRenderer } from '../src/text/renderer.ts'
import { openRuns, type OpenedRuns } from '../src/turn/load.store.ts'
import { buildConversationRow, buildEndedRow, buildRunRow, type RowSetting } from '../src/turn/rows.ts'
import { stopRun } from '../src/turn/stop-run.ts'
import { sampleConversation } from './sample-conversation.ts'

type Answer = NeedAnswers[Need['kind']]

export interface ThreadOptions {
  readonly plugins: readonly Plugin[]
  /** The bank's dialogue for payments. */
  readonly till?: Plugin
  readonly answer?: (need: Need) => Answer
  /** When present, no plugin runs in this process: `answer` computes for them, or says `later`. */
  readonly guest?: Guest
  readonly locale?: string
}

/** Whom an item of the house is for, and what it speaks of. */
interface Address {
  readonly runId?: string | undefined
  readonly about?: string | undefined
}

const nobody = (): never => {
  throw new Error('nothing is sent in this test')
}
const operator: OperatorAccount = {
  id: 'ct',
  botId: 'bot',
  account: { verify: nobody, receive: nobody, send: nobody, publishMenu: nobody, probe: nobody },
  profile: {
    textLength: 2000,
    titleLength: 200,
    descriptionLength: 2000,
    labelLength: 25,
    postbackLength: 2048,
    cardSuggestions: 4,
    chips: 11,
    cards: { min: 2, max: 12 },
    menu: undefined,
  },
  ratePerSecond: undefined,
}

/**
 * One conversation without a database: every turn is folded as the pipeline does it, and what it decided is the next
 * one's beginning. Runs go through their sealed rows, as they do in storage.
 */
export class Thread {
  readonly clock = new StandingClock()
  readonly ids = createIdSource({
    nowMs: () => this.clock.now() / 1000,
    randomBytes: (count) => Buffer.alloc(count, 5),
  })
  readonly keyring = createKeyring()
  readonly tenancy: Tenancy
  readonly rows = new Map<string, RunRow>()
  /** What the last turn decided. */
  draft: TurnDraft | undefined
  conversation: ConversationRow
  /** Thrown switches, for the turns to come. */
  kills: readonly Kill[] = []
  hosted: ReadonlyMap<string, Hosted> = new Map()
  readonly #options: ThreadOptions
  readonly #renderer = new TextRenderer()
  readonly #setting: RowSetting = {
    sealer: new Sealer(this.keyring),
    owner: 'one',
    leaseUntil: 0,
    lastOwners: new Map(),
  }

  constructor(options: ThreadOptions) {
    this.#options = options
    const installations = options.plugins.map((plugin) => ({
      plugin,
      guest: options.guest,
      config: plugin.contract.declaration.config.parse({}),
    }))
    const provider = options.till && {
      plugin: options.till,
      guest: options.guest,
      bankId: 'main',
      bankName: { en: 'Test Bank' },
    }
    this.tenancy = {
      scope: openScope('rail'),
      epoch: 1,
      locale: options.locale ?? 'en',
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
      bots: new Map([['bot', { id: 'bot', name: 'Bot', installations, menu: [] }]]),
      operators: new Map([['ct', operator]]),
      providers: new Map(provider ? [['payment', provider]] : []),
    }
    this.conversation = sampleConversation(this.ids.next(), {
      lease_owner: 'one',
      fence: 1,
      updated_at: this.clock.now(),
    })
  }

  /** Open runs, the youngest last. */
  get runs(): readonly LoadedRun[] {
    return this.#openRuns(() => false).runs
  }

  #openRuns(isStopped: (row: RunRow) => boolean): OpenedRuns {
    const { tenancy, hosted } = this
    const bot = tenancy.bots.get('bot')
    if (!bot) throw new Error('the thread has one bot')
    const open = [...this.rows.values()].filter((row) => row.state === 'open')
    return openRuns(open, { tenancy, bot, sealer: this.#setting.sealer, hosted, isStopped })
  }

  /** The texts of the last turn, each with its voice and its buttons. */
  get heard(): readonly string[] {
    return (this.draft?.messages ?? []).map(({ voice, content }) => `${voice}: ${textOf(content)}`)
  }

  get buttons(): readonly RenderedSuggestion[] {
    return (this.draft?.messages ?? []).flatMap(({ content }) => suggestionsOf(content))
  }

  say(text: string): TurnDraft {
    return this.hear({ kind: 'text', text })
  }

  tap(label: string): TurnDraft {
    return this.tapPostback(this.postbackOf(label))
  }

  tapPostback(postback: string): TurnDraft {
    return this.hear({ kind: 'tap', postback, label: '' })
  }

  postbackOf(label: string): string {
    const button = this.buttons.find((candidate) => candidate.label === label)
    if (button?.kind !== 'reply')
      throw new Error(`no button ${label} among ${this.buttons.map((each) => each.label).join()}`)
    return button.postback
  }

  hear(content: InboundContent): TurnDraft {
    return this.take({ kind: 'message', content })
  }

  /**
   * An item of the house for the youngest run, or for the one that is named. A letter of the bank speaks of that run's
   * order, unless it is said what it speaks of.
   */
  tell(body: ItemBody, runId = this.runs.at(-1)?.row.id, about?: string): TurnDraft {
    const order = this.rows.get(runId ?? '')?.order_id ?? undefined
    return this.#take(body, { runId, about: about ?? (body.kind === 'order' ? order : undefined) })
  }

  take(body: ItemBody): TurnDraft {
    return this.#take(body, {})
  }

  #take(body: ItemBody, address: Address): TurnDraft {
    this.clock.advance(1000)
    return this.#keep(this.#fold(this.#buildInput(body, address)))
  }

  /** As the pipeline does it: a run that throws at what is no user's message goes no further, and the rest does. */
  #fold(input: TurnInput): TurnDraft {
    try {
      return this.#foldThrough(input)
    } catch (error) {
      const without = stopRun(input, error)
      if (!without) throw error
      return this.#fold(without)
    }
  }

  #foldThrough(input: TurnInput): TurnDraft {
    const folding = foldTurn(input)
    let step = folding.next()
    while (!step.done) step = this.#answer(folding, step.value)
    return step.value
  }

  #answer(folding: Folding<TurnDraft>, need: Need): IteratorResult<Need, TurnDraft> {
    const { answer = refuse } = this.#options
    let given: Answer
    try {
      given = answer(need)
    } catch (error) {
      return folding.throw(error)
    }
    return folding.next(given)
  }

  #buildInput(body: ItemBody, { runId, about }: Address): TurnInput {
    const { tenancy, keyring, conversation } = this
    const [bot] = tenancy.bots.values()
    if (!bot) throw new Error('the thread has one bot')
    const tapped =
      runId ?? (body.kind === 'message' && body.content.kind === 'tap' ? namedRun(body.content.postback) : '')
    return {
      conversation,
      item: openItemRow(this.ids.next(), conversation, { runId, about }),
      body,
      tenancy,
      bot,
      operator,
      renderer: this.#renderer,
      keyring,
      ...this.#openRuns((row) => this.#isStopped(row)),
      kills: this.kills,
      hosted: this.hosted,
      tapped: this.rows.get(tapped),
      span: noSpan,
      now: this.clock.now(),
    }
  }

  #isStopped({ plugin, version, tenant_id: tenant }: RunRow): boolean {
    return isKilled(this.kills, 'code', { plugin, version, tenant })
  }

  #keep(draft: TurnDraft): TurnDraft {
    for (const run of draft.ended) this.rows.set(run.row.id, buildEndedRow(draft, run, this.#setting))
    for (const run of draft.runs.values()) this.rows.set(run.id, buildRunRow(draft, run, this.#setting))
    this.conversation = buildConversationRow(draft, draft.messages.length, this.#setting)
    this.draft = draft
    return draft
  }
}

/** Of a thread without a database nobody has anything on hold. */
function refuse(need: Need): Answer {
  if (need.kind === 'locked') return false
  throw new Error(`nobody answers ${need.kind} in this test`)
}

const namedRun = (postback: string): string => postback.split('~')[1] ?? ''

function openItemRow(id: string, conversation: ConversationRow, { runId, about }: Address): InboxRow {
  return {
    id,
    tenant_id: 'rail',
    conversation_id: conversation.id,
    source: 'ct',
    kind: 'message',
    key: about === undefined ? id : `${about}:${id}`,
    run_id: runId ?? null,
    reply_ref: null,
    body: '',
    body_key: '',
    state: 'new',
    case_id: null,
    traceparent: null,
    received_at: 0,
  }
}

export function textOf(content: RenderedContent): string {
  if (content.kind === 'text') return content.text
  return content.cards.map(({ title, description }) => [title, description].filter(Boolean).join('\n')).join('\n\n')
}

export function suggestionsOf(content: RenderedContent): readonly RenderedSuggestion[] {
  return [...(content.kind === 'text' ? [] : content.cards.flatMap(({ suggestions }) => suggestions)), ...content.chips]
}
