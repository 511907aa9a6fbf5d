import type { Voice } from '@inthread/sdk/channel'
import type { Plugin, Program, RunState } from '@inthread/sdk/engine'
import type { Instant } from '@inthread/sdk/time'
import type { Keyring } from '@inthread/store'
import type { Span } from '@inthread/store/trace'
import type { ItemBody } from '../inbox/item.ts'
import type { ConversationRow, InboxRow, RunRow } from '../schema/tables.ts'
import type { Kill } from '../tenancy/kill.ts'
import type { Bot, Hosted, OperatorAccount, Tenancy } from '../tenancy/tenancy.ts'
import type { TextRenderer } from '../text/renderer.ts'

/** `giveWay`: what urgent news has waited for has had its time. */
export type DueKind = 'timeout' | 'reminder' | 'expiry' | 'slow' | 'wait' | 'giveWay'

export interface Due {
  readonly at: Instant
  readonly kind: DueKind
}

/** One run of the conversation, opened. */
export interface LoadedRun {
  readonly row: RunRow
  readonly plugin: Plugin
  readonly program: Program
  readonly state: RunState
  readonly asked: readonly Asked[]
  /** When its last question was asked: the youngest open question is the one that words answer. */
  readonly askedAt: Instant
  readonly suspended: boolean
  readonly causes: readonly string[]
  /** Calls and fetches so far. */
  readonly calls: number
  /** See `DraftRun`. */
  readonly urgent: boolean
  readonly awaited: { readonly due: Due | undefined } | undefined
}

/** What a run has asked of the bank and not heard the end of; a run keeps them in the order in which it asked. */
export interface Asked {
  readonly need: string
  readonly id: string
  readonly is: 'order' | 'refund'
}

/** A run whose plugin's code may not run any more: all that the core itself knows of it. */
export interface StoppedRun extends Snapshot {
  readonly row: RunRow
}

/** What a run's snapshot holds, sealed: its state and what was fixed when it started. */
export interface Snapshot {
  readonly state: RunState
  readonly asked?: readonly Asked[]
  readonly setup: Pick<Program, 'config' | 'locale' | 'timeZone'>
  readonly askedAt: Instant
  readonly suspended?: boolean
  readonly causes?: readonly string[]
  readonly calls?: number
  readonly urgent?: boolean
  readonly awaited?: { readonly due: Due | undefined }
}

/** Everything one turn may look at. Nothing of it changes while the turn is folded. */
export interface TurnInput {
  readonly conversation: ConversationRow
  readonly item: InboxRow
  /** undefined when it was destroyed before it could be read. */
  readonly body: ItemBody | undefined
  readonly tenancy: Tenancy
  readonly bot: Bot
  readonly operator: Pick<OperatorAccount, 'id' | 'profile'>
  readonly renderer: TextRenderer
  readonly keyring: Keyring
  /** Open runs, oldest first. */
  readonly runs: readonly LoadedRun[]
  /** Open runs that go no further: the core ends them. */
  readonly stopped: readonly StoppedRun[]
  /** The switches that are thrown at this moment. */
  readonly kills: readonly Kill[]
  /** Versions of plugins beside those that are installed, by `plugin@version`. */
  readonly hosted: ReadonlyMap<string, Hosted>
  /** The run that a tapped button belongs to, also when it is long over. */
  readonly tapped: RunRow | undefined
  /** What the turn leaves to be done goes on from here. */
  readonly span: Span
  readonly now: Instant
}

export interface Speaker {
  readonly voice: Voice
  /** The name in the message's signature; merchants speak without one. */
  readonly signature: string | undefined
}
