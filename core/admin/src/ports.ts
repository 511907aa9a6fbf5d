import type { BookOffice } from '@inthread/finance'
import type { Hosted, Tenancies } from '@inthread/messaging/ports'
import type { BankCheckReport, BankDefinition } from '@inthread/sdk/bank'
import type { ChannelDefinition } from '@inthread/sdk/channel'
import type { Plugin } from '@inthread/sdk/engine'
import type { Clock } from '@inthread/sdk/time'
import type { IdSource, Sealer, Store, Transaction } from '@inthread/store'
import type { LiveStreams } from './live/live-streams.ts'
import type { Entrance } from './people/entrance.ts'
import type { SimulationLine } from './simulation/simulation-line.ts'
import type { Said } from '@inthread/sdk/fault'

/** What the office is handed by the hall. */
export interface AdminPorts {
  readonly store: Store
  readonly sealer: Sealer
  readonly ids: IdSource
  readonly clock: Clock
  readonly catalogue: Catalogue
  readonly secrets: SecretReader
  readonly epochs: Epochs
  readonly versions: Versions
  /** Tenants as their bots are at this moment. */
  readonly tenancies: Pick<Tenancies, 'find' | 'kills'>
  readonly simulations: SimulationLine
  readonly people: Entrance
  readonly live: LiveStreams
  readonly health: HealthReader
  readonly anchors: AnchorReader
  readonly bankChecks: BankChecks
  /** Refunds, consents, statements and breaks, as finance carries them out. */
  readonly books: BookOffice
  /** Plain secrets and sandbox addresses are taken only in a sandbox. */
  readonly sandbox: boolean
}

/** What there is to be used in a definition. */
export interface Catalogue {
  /** The newest listed version within the range; outside of it when there is none within. */
  findPlugin(id: string, range?: string): Promise<Plugin | undefined>
  findVersion(id: string, version: string): Promise<Plugin | undefined>
  /** Dialogues of capabilities that a bank takes which lists these publishers' keys; its own before the platform's. */
  listProviders(publishers: readonly string[]): Promise<readonly Plugin[]>
  findChannel(id: string): ChannelDefinition | undefined
  findBank(id: string): BankDefinition | undefined
  listNames(kind: 'plugin' | 'channel' | 'bank'): readonly string[]
}

/** How a live bank is asked before it is connected. */
export interface BankChecks {
  run(candidate: BankCandidate, wish: BankCheckWish): Promise<BankCheckReport | { readonly problem: Said }>
}

export interface BankCandidate {
  /** `<tenant>.<bank>`. */
  readonly name: string
  readonly connector: BankDefinition
  /** As they stand in a definition, secrets opened. */
  readonly settings: Readonly<Record<string, unknown>>
}

/** In a sandbox all of it is known. */
export interface BankCheckWish {
  readonly phone?: string
  readonly poorPhone?: string
  readonly codesUrl?: string
}

export interface SecretReader {
  /** The value behind `env:…` or `file:…`; a sentence when it cannot be read. */
  read(reference: string): { readonly value: string } | { readonly problem: Said }
}

/** Versions of plugins, each loaded when it is first asked for. */
export interface Versions {
  host(plugin: string, version: string): Promise<Hosted | undefined>
}

export interface Epochs {
  /** Runs in the transaction that changes a definition. */
  prepare(tx: Transaction, tenantId: string): Promise<void>
  /** The change is committed: this process follows at once, the others within a second. */
  follow(tenantId: string): Promise<void>
  /** Brings this process up to date with everything that it follows. */
  refresh(): Promise<void>
}

/** A chain's head as it was once, signed by this platform. */
export interface Anchor {
  readonly seq: number
  readonly hash: string
}

export interface AnchorReading {
  readonly anchors: readonly Anchor[]
  /** Lines with a signature that does not hold, those of another key, and those that are no anchors. */
  readonly forged: number
  readonly foreign: number
  readonly unreadable: number
}

export interface AnchorReader {
  read(tenantId: string): Promise<AnchorReading>
}

export interface HealthReader {
  read(): Promise<readonly HealthReading[]>
  /** What this process does again and again, and how its lines to banks and operators are. */
  readWorks(): Promise<WorksReading>
}

export interface WorksReading {
  readonly works: readonly WorkReading[]
  readonly connections: readonly ConnectionReading[]
}

interface Failing {
  /** Of the catalogue of faults, or the operator's own. */
  readonly code: string
  readonly forMs: number
}

export interface WorkReading {
  readonly name: string
  readonly everyMs: number
  /** Since it ended last. */
  readonly agoMs: number | null
  readonly failing: Failing | null
  /** What waits for it, over all processes, counted up to 10,000; null where nothing is counted. */
  readonly waiting: number | null
  readonly oldestMs: number | null
  readonly state: 'well' | 'failing' | 'late' | 'behind'
}

export interface ConnectionReading {
  readonly tenant: string
  readonly kind: 'operator' | 'bank'
  readonly id: string
  readonly heardAgoMs: number | null
  readonly failing: Failing | null
}

export interface HealthReading {
  readonly part: string
  readonly ok: boolean
  /** Names no tenant. */
  readonly detail: string
  /** What the detail says. */
  readonly said: Said
  /** Of the tenants: those that are not in force, each with the code of why. */
  readonly amiss?: readonly { readonly tenant: string; readonly code: string }[]
}
