import { faultCodeOf } from '@inthread/sdk/fault'
import { findToken } from '../conversation/token.ts'
import { openItem, type ItemBody } from '../inbox/item.ts'
import type { TurnInput } from '../fold/turn.ts'
import type { MessagingPorts } from '../ports.ts'
import type { RunRow } from '../schema/tables.ts'
import { isKilled } from '../tenancy/kill.ts'
import { pinOf } from '../tenancy/pin.ts'
import type { Bot, Hosted, Tenancy } from '../tenancy/tenancy.ts'
import { TextRenderer } from '../text/renderer.ts'
import type { Claimed } from './claim.store.ts'
import { failItems } from './fail.store.ts'
import { findInstalled, loadRuns, openRun, openSnapshot } from './load.store.ts'

interface Opened {
  readonly claim: Claimed
  readonly body: ItemBody | undefined
  readonly tenancy: Tenancy | undefined
  readonly bot: Bot | undefined
}

interface Loaded {
  readonly rows: readonly RunRow[]
  readonly hosted: ReadonlyMap<string, Hosted>
}

/** Puts together what turns may look at. */
export class TurnOpener {
  readonly #ports: MessagingPorts
  readonly #renderers = new WeakMap<Tenancy, TextRenderer>()

  constructor(ports: MessagingPorts) {
    this.#ports = ports
  }

  /** An item that cannot be given what it needs (no such tenant, no such plugin) is failed alone. */
  async open(claimed: readonly Claimed[]): Promise<readonly TurnInput[]> {
    const { store } = this.#ports
    const opened = await Promise.all(claimed.map((claim) => this.#openClaim(claim)))
    const conversations = claimed.map(({ conversation }) => conversation.id)
    const runs = opened.flatMap(({ claim, body }) => this.#namedRuns(claim, body))
    const rows = await store.read('turn.load', (reader) => loadRuns(reader, { conversations, runs }))
    const loaded = { rows, hosted: await this.#host(opened, rows) }
    const inputs: TurnInput[] = []
    const failed: string[] = []
    for (const turn of opened) {
      const input = this.#attempt(turn.claim, () => this.#buildInput(turn, loaded))
      if (input) inputs.push(input)
      else failed.push(turn.claim.item.id)
    }
    if (failed.length > 0) await failItems(store, failed)
    return inputs
  }

  async #openClaim(claim: Claimed): Promise<Opened> {
    const { sealer, tenancies } = this.#ports
    const place = { tenantId: claim.item.tenant_id, itemId: claim.item.id }
    const body = this.#attempt(claim, () => openItem(sealer, place, claim.item))
    const tenancy = await tenancies.find(claim.conversation.tenant_id)
    return { claim, body, tenancy, bot: tenancy?.bots.get(claim.conversation.bot_id) }
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
  async #host(opened: readonly Opened[], rows: readonly RunRow[]): Promise<ReadonlyMap<string, Hosted>> {
    const { tenancies } = this.#ports
    const wanted = new Map<string, { readonly plugin: string; readonly version: string }>()
    for (const { claim, body, tenancy, bot } of opened) {
      if (!tenancy || !bot) continue
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

  #buildInput({ claim, body, tenancy, bot }: Opened, { rows, hosted }: Loaded): TurnInput | undefined {
    const { conversation, item } = claim
    const operator = tenancy?.operators.get(item.kind === 'message' ? item.source : conversation.operator_id)
    if (!tenancy || !bot || !operator)
      return void this.#ports.log.event('turn.tenant_unknown', { tenant: conversation.tenant_id })
    const { sealer, keyring, clock, tenancies } = this.#ports
    const own = rows.filter((row) => row.conversation_id === conversation.id)
    const named = this.#namedRuns(claim, body)
    const open = own.filter((row) => row.state === 'open')
    return {
      conversation,
      item,
      body,
      tenancy,
      bot,
      operator,
      renderer: this.#rendererOf(tenancy),
      keyring,
      runs: open
        .filter((row) => !this.#isStopped(row))
        .map((row) => openRun(row, { tenancy, bot, sealer, ...(tenancies.host ? { hosted } : {}) })),
      stopped: open.filter((row) => this.#isStopped(row)).map((row) => ({ row, ...openSnapshot(sealer, row) })),
      kills: tenancies.kills?.() ?? [],
      hosted,
      tapped: own.find((row) => named.includes(row.id)),
      now: clock.now(),
    }
  }

  #rendererOf(tenancy: Tenancy): TextRenderer {
    let renderer = this.#renderers.get(tenancy)
    if (!renderer) this.#renderers.set(tenancy, (renderer = new TextRenderer()))
    return renderer
  }
}
