import { createAttemptStore } from '../callbacks/attempt.store.ts'
import { createCallbackStore } from '../callbacks/callback.store.ts'
import { createHeldStore } from '../callbacks/held.store.ts'
import type { Database } from '../database/open-database.ts'
import type { SettingStore } from '../database/setting.store.ts'
import type { Vault } from '../database/vault.ts'
import { createTokenStore } from '../operations/token.store.ts'
import { createFaultStore } from '../sandbox/fault.store.ts'
import { createChanges } from '../threads/changes.ts'
import { createChatbotStore } from '../threads/chatbot.store.ts'
import { createExchangeStore } from '../threads/exchange.store.ts'
import { createMessageStore } from '../threads/message.store.ts'
import { createPhoneStore } from '../threads/phone.store.ts'
import { createStateStore } from '../threads/state.store.ts'
import { createThreadStore } from '../threads/thread.store.ts'
import type { Clock } from './clock.ts'
import type { Ids } from './ids.ts'
import type { Log } from './log.ts'
import type { Surroundings } from './surroundings.ts'

export interface Timings {
  /** Pauses before each further try of a callback; the list's end is the end of trying. */
  readonly retryDelaysMs: readonly number[]
  readonly callbackTimeoutMs: number
  /** How long after delivery a phone nobody looks at counts as having shown a message. */
  readonly displayAfterMs: number
  /** The longest a `reorder-callbacks` fault keeps a callback back. */
  readonly heldForMs: number
}

export interface Ground {
  readonly db: Database
  readonly vault: Vault
  readonly settings: SettingStore
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly surroundings: Surroundings
  readonly timings: Timings
  /** Tells the callback pump that there may be work; safe inside a transaction. */
  readonly wake: () => void
}

/** Everything the operations work with, handed to them as one value. */
export type Parts = Ground & ReturnType<typeof createStores>

function createStores({ db, vault }: Ground) {
  return {
    chatbots: createChatbotStore(db, vault),
    phones: createPhoneStore(db, vault),
    threads: createThreadStore(db, vault),
    messages: createMessageStore(db, vault),
    states: createStateStore(db),
    exchanges: createExchangeStore(db, vault),
    callbacks: createCallbackStore(db, vault),
    attempts: createAttemptStore(db),
    held: createHeldStore(db),
    faults: createFaultStore(db),
    tokens: createTokenStore(db),
    changes: createChanges(),
  }
}

export function createParts(ground: Ground): Parts {
  return { ...ground, ...createStores(ground) }
}
