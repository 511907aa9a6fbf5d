import type { InboundContent } from '@inthread/sdk/channel'
import type { FetchAnswer, RunEvent, Slots } from '@inthread/sdk/engine'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Money } from '@inthread/sdk/money'
import type { Sealer } from '@inthread/store'

/** What an inbox row of a conversation says, once opened. */
export type ItemBody =
  | { readonly kind: 'message'; readonly content: InboundContent }
  | {
      readonly kind: 'effect'
      readonly visit: number
      readonly outcome: { readonly name: string; readonly data: unknown }
    }
  | {
      readonly kind: 'order'
      /** null where something has happened that ends nothing: only whoever waits for that event hears of it. */
      readonly outcome: { readonly name: string; readonly data: unknown } | null
      readonly event: { readonly name: string; readonly data: unknown } | null
    }
  /** What became of money that people have given back. */
  | {
      readonly kind: 'refund'
      readonly bankId: string
      readonly number: string
      readonly amount: Money
      readonly outcome: 'succeeded' | 'declined' | 'unknown'
    }
  | { readonly kind: 'fetched'; readonly visit: number; readonly answer: FetchAnswer }
  /** Another plugin of the bot has told something that `plugin` listens to under `alias`. */
  | {
      readonly kind: 'event'
      readonly plugin: string
      readonly alias: string
      readonly data: Slots
      readonly causes: readonly string[]
    }
  /** A person at the desk, or the time in which none came. */
  | {
      readonly kind: 'desk'
      readonly act: 'handed_over' | 'claimed' | 'said' | 'back' | 'unclaimed'
      readonly caseId: string
      /** What is said. */
      readonly text: string
    }
  /** The merchant tells its user something unasked. */
  | { readonly kind: 'announcement'; readonly text: string }
  | { readonly kind: 'report'; readonly topic: string; readonly data: Readonly<Record<string, unknown>> }
  /** Entries of runs whose guests could not be asked in the turn in which they arose. */
  | { readonly kind: 'entry'; readonly entries: readonly DeferredEntry[] }
  | { readonly kind: 'timer'; readonly visit: number; readonly due: string }
  /** The run may go on with this version of its plugin, where its flow says how. */
  | { readonly kind: 'move'; readonly version: string }

/** An entry that arose inside of a transaction: its run goes on where the turn before left it. */
export interface DeferredEntry {
  readonly run: string
  readonly event: RunEvent
}

export interface ItemPlace {
  readonly tenantId: string
  readonly itemId: string
}

/** Every body is under a key of its own: nobody knows yet which will turn out to be a code. */
export function sealItem(sealer: Sealer, place: ItemPlace, body: ItemBody): { body: string; body_key: string } {
  const { body: box, key } = sealer.sealWithOwnKey(placeOf(place), encodeJson(body))
  return { body: box, body_key: key }
}

/** undefined when the body was destroyed. */
export function openItem(
  sealer: Sealer,
  place: ItemPlace,
  row: { body: string | null; body_key: string | null },
): ItemBody | undefined {
  if (row.body === null || row.body_key === null) return undefined
  return decodeJson(sealer.openWithOwnKey(placeOf(place), row.body, row.body_key)) as ItemBody
}

function placeOf({ tenantId, itemId }: ItemPlace): { tenant: string; table: string; column: string; row: string } {
  return { tenant: tenantId, table: 'inbox', column: 'body', row: itemId }
}
