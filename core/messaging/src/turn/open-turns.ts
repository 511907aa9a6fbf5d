import type { ChannelProfile } from '@inthread/sdk/channel'
import { faultCodeOf } from '@inthread/sdk/fault'
import type { Span } from '@inthread/store/trace'
import { findToken } from '../conversation/token.ts'
import { openItem, type ItemBody } from '../inbox/item.ts'
import type { TurnInput } from '../fold/turn.ts'
import type { MessagingPorts } from '../ports.ts'
import type { RunRow } from '../schema/tables.ts'
import { isKilled } from '../tenancy/kill.ts'
import { pinOf } from '../tenancy/pin.ts'
import type { Bot, Hosted, Tenancy } from '../tenancy/tenancy.ts'
import { TextRenderer } from '../text/renderer.ts'
import { leaveConversations, type Claimed } from './claim.store.ts'
import { failItems } from './fail.store.ts'
import { findInstalled, loadRuns, openRuns } from './load.store.ts'
import { openTurnSpan } from './turn-span.ts'

/** A claimed conversation whose tenant is in force here. */
export interface Served {
  readonly claim: Claimed
  readonly body: ItemBody | undefined
  readonly tenancy: Tenancy
  readonly bot: Bot
}

export interface ServedClaims {
  readonly served: readonly Served[]
  /** Tenants that are not: what came for them stays where it is, for this process or another. */
  readonly absent: readonly string[]
}

interface Loaded {
  readonly rows: readonly RunRow[]
  readonly hosted: ReadonlyMap<string, Hosted>
}

interface Opening extends Loaded {
  readonly span: Span
}

/** A bot that was taken away has nothing to say, and what is open in its conversations is ended by the core. */
const noBot: Omit<Bot, 'id'> = { name: '', installations: [], menu: [] }

/** Of an operator that was taken away: what fits anywhere, should it come back while the message waits. */
const plainProfile: ChannelProfile = {
  textLength: 1000,
  titleLength: 100,
  descriptionLength: 1000,
  labelLength: 12,
  postbackLength: 1000,
  cardSuggestions: 3,
  chips: 3,
  cards: { min: 2, max: 5 },
  menu: undefined,
}

/** Puts together what turns may look at. */
export class TurnOpener {
  readonly #ports: MessagingPorts
  readonly #renderers = new WeakMap<Tenancy, TextRenderer>()

  constructor(ports: MessagingPorts) {
    this.#ports = ports
  }

  /** A tenant may be away for a while, as with a secret that is not there yet: its conversations stay as they are. */
  async findServed(claimed: readonly Claimed[]): Promise<ServedClaims> {
    const { store, tenancies, owner, log } = this.#ports
    const tenants = [...new Set(claimed.map(({ conversation }) => conversation.tenant_id))]
    const found = new Map(await Promise.all(tenants.map(async (id) => [id, await tenancies.find(id)] as const)))
    const served = claimed.flatMap((claim) => {
      const tenancy = found.get(claim.conversation.tenant_id)
      return tenancy ? [this.#openClaim(claim, tenancy)] : []
    })
    const absent = tenants.filter((tenant) => !found.get(tenant))
    for (const tenant of absent) log.event('turn.tenant_unknown', { tenant })
    const left = claimed.flatMap(({ conversation: { id, tenant_id: tenant } }) => (absent.includes(tenant) ? [id] : []))
    if (left.length > 0) await leaveConversations(store, left, owner)
    return { served, absent }
  }

  /** An item that cannot be read is failed alone. */
  async open(opened: readonly Served[]): Promise<readonly TurnInput[]> {
    const { store, traces } = this.#ports
    if (opened.length === 0) return []
    const conversations = opened.map(({ claim: { conversation } }) => conversation.id)
    const runs = opened.flatMap(({ claim, body }) => this.#namedRuns(claim, body))
    const rows = await store.read('turn.load', (reader) => loadRuns(reader, { conversations, runs }))
    const loaded = { rows, hosted: await this.#host(opened, rows) }
    const inputs: TurnInput[] = []
    const failed: string[] = []
    for (const turn of opened) {
      const span = openTurnSpan(turn.claim, traces)
      const input = this.#attempt(turn.claim, () => this.#buildInput(turn, { ...loaded, span }))
      if (input) inputs.push(input)
      else failed.push(turn.claim.item.id)
      if (!input) span.end('turn.item_failed')
    }
    if (failed.length > 0) await failItems(store, failed)
    return inputs
  }

  #openClaim(claim: Claimed, tenancy: Tenancy): Served {
    const place = { tenantId: claim.item.tenant_id, itemId: claim.item.id }
    const body = this.#attempt(claim, () => openItem(this.#ports.sealer, place, claim.item))
    const { bot_id: botId } = claim.conversation
    return { claim, body, tenancy, bot: tenancy.bots.get(botId) ?? { ...noBot, id: botId } }
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

  /** Versions that these turns need and that nobody starts any more. One whose code may not run is not even loaded. */
  async #host(opened: readonly Served[], rows: readonly RunRow[]): Promise<ReadonlyMap<string, Hosted>> {
    const { tenancies } = this.#ports
    const wanted = new Map<string, { readonly plugin: string; readonly version: string }>()
    for (const { claim, body, tenancy, bot } of opened) {
      const own = rows.filter((row) => row.conversation_id === claim.conversation.id)
      for (const row of own)
        if (row.state === 'open' && !this.#isStopped(row) && !findInstalled(row, { tenancy, bot }))
          wanted.set(pinOf(row), row)
      const [row] = body?.kind === 'move' ? own : []
      if (body?.kind === 'move' && row)
        wanted.set(pinOf({ plugin: row.plugin, version: body.version }), { ...row, version: body.version })
    }
    const hosted = new Map<string, Hosted>()
    for (const [pin, { plugin, version }] of wanted) {
      const found = await tenancies.host?.(plugin, version)
      if (found) hosted.set(pin, found)
    }
    return hosted
  }

  #isStopped(row: RunRow): boolean {
    return isKilled(this.#ports.tenancies.kills?.() ?? [], 'code', {
      plugin: row.plugin,
      version: row.version,
      tenant: row.tenant_id,
    })
  }

  #buildInput({ claim, body, tenancy, bot }: Served, { rows, hosted, span }: Opening): TurnInput {
    const { conversation, item } = claim
    const operatorId = item.kind === 'message' ? item.source : conversation.operator_id
    const operator = tenancy.operators.get(operatorId) ?? { id: operatorId, profile: plainProfile }
    const { sealer, keyring, clock, tenancies } = this.#ports
    const own = rows.filter((row) => row.conversation_id === conversation.id)
    const named = this.#namedRuns(claim, body)
    const { runs, stopped, gone } = openRuns(
      own.filter((row) => row.state === 'open'),
      { tenancy, bot, sealer, isStopped: (row) => this.#isStopped(row), ...(tenancies.host ? { hosted } : {}) },
    )
    for (const { plugin, version, flow, tenant_id: tenant } of gone)
      this.#ports.log.event('turn.run_gone', { plugin, version, flow, tenant })
    return {
      conversation,
      item,
      body,
      tenancy,
      bot,
      operator,
      renderer: this.#rendererOf(tenancy),
      keyring,
      runs,
      stopped,
      kills: tenancies.kills?.() ?? [],
      hosted,
      tapped: own.find((row) => named.includes(row.id)),
      span,
      now: clock.now(),
    }
  }

  #rendererOf(tenancy: Tenancy): TextRenderer {
    let renderer = this.#renderers.get(tenancy)
    if (!renderer) this.#renderers.set(tenancy, (renderer = new TextRenderer()))
    return renderer
  }
}
