import type { Advance, RunEvent, RunState, Slots } from '@inthread/sdk/engine'
import type { Instant } from '@inthread/sdk/time'

/**
 * A plugin whose functions do not run in this process. What comes back was checked against its manifest; a guest that
 * fails throws a fault `guest.…`, and nothing of the turn happens. It is never asked while a transaction is open. The
 * tenant says who waits for whom; the plugin is not told.
 */
export interface Guest {
  /** One journal entry further: what `startRun` and `applyEvent` do. `state` is undefined before the first entry. */
  advance(call: GuestAdvance): Promise<Advance>
  /** What the open question's reader makes of typed words; undefined when it could not read them. */
  read(call: GuestRead): Promise<unknown>
  /** The first of the plugin's intents that understands a sentence. */
  understand(call: GuestUnderstand): Promise<GuestIntent | undefined>
  /** The input of the flow that an event of another plugin starts. */
  react(call: GuestReact): Promise<unknown>
  /** A document of an earlier version, brought up to the collection's present one. Without it, such are left out. */
  upgrade?(call: GuestUpgrade): Promise<Slots>
}

/** What is fixed when a run starts: which flow, and what its functions may see besides the run. */
export interface GuestSetup {
  readonly flow: string
  readonly config: Slots
  readonly locale: string
  readonly timeZone: string
}

export interface GuestAdvance {
  readonly tenantId: string
  readonly setup: GuestSetup
  readonly state: RunState | undefined
  readonly event: RunEvent
}

export interface GuestRead {
  readonly tenantId: string
  readonly setup: GuestSetup
  readonly state: RunState
  readonly words: string
  readonly now: Instant
}

export interface GuestUnderstand {
  readonly tenantId: string
  readonly words: string
  readonly config: Slots
  readonly locale: string
  readonly timeZone: string
  readonly now: Instant
}

export interface GuestReact {
  readonly tenantId: string
  /** What the contract's `listens` calls the event. */
  readonly alias: string
  readonly data: Slots
  readonly config: Slots
  readonly locale: string
  readonly timeZone: string
  readonly now: Instant
}

export interface GuestUpgrade {
  readonly tenantId: string
  readonly collection: string
  readonly document: Slots
  readonly fromVersion: number
}

export interface GuestIntent {
  readonly intent: string
  readonly input: unknown
}
