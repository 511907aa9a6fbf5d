import type { z } from 'zod'
import type { CapabilityDeclaration, Need } from '../capability.ts'
import type { CollectionDeclarations } from './collection.ts'
import type { EgressDeclarations, SecretDeclarations } from './egress.ts'
import type { Slots } from './slots.ts'
import type { TextDeclarations } from './text.ts'

/** What a plugin is and needs, known without running its code. */
export interface ContractDeclaration {
  /** Lower case, like `travel`; unique on the platform. */
  readonly id: string
  readonly publisher: string
  readonly version: string
  /** Versions of the platform it works with. */
  readonly host: string
  /** The first one is the fallback. Every text has a wording in each. */
  readonly locales: readonly string[]
  readonly title: Readonly<Record<string, string>>
  /** What a tenant sets: a strict object. Titles and help for the form come from `.meta({ title, description })`. */
  readonly config: z.ZodObject
  /** Grows when a stored config of before no longer fits; 1 when left out. */
  readonly configVersion?: number
  /** From version n to n + 1, for each n below `configVersion`. */
  readonly configUpgrades?: Readonly<Record<number, (config: Slots) => Slots>>
  /** Credentials that the tenant enters and the plugin never reads: the platform sends them to these hosts only. */
  readonly secrets?: SecretDeclarations
  readonly needs: Readonly<Record<string, Need>>
  /**
   * Only for a bank's dialogue: the capability whose calls it answers. Taken only from publishers that the bank names.
   */
  readonly provides?: CapabilityDeclaration
  readonly texts: TextDeclarations
  readonly collections: CollectionDeclarations
  /** Hosts that `fetch` steps may ask, each with its purpose and the classes of data that go there. */
  readonly egress?: EgressDeclarations
  /** Events that `emit` steps tell to other plugins of the same bot, each with the schema of its data. */
  readonly emits?: Readonly<Record<string, z.ZodObject>>
  /** Events of other plugins and of the bank that start a flow of this one; see `reactions` of `definePlugin`. */
  readonly listens?: ListenDeclarations
  readonly limits?: Partial<Limits>
  /** Regions in which what it keeps may be stored, like `CN`; anywhere when left out. */
  readonly residency?: readonly string[]
}

export interface ListenDeclaration<Z extends z.ZodObject = z.ZodObject> {
  readonly plugin: string
  readonly event: string
  readonly data: Z
  /**
   * Only for what the bank tells: it cannot wait until the user is through with something else, like a card that
   * somebody may be using right now. Its flow begins at once. When it asks, what another scene has asked waits for it;
   * while the bank works on an order, or looks at an application, it speaks beside that. It waits for one thing alone,
   * and five minutes at most: a consent or a code that the bank is just asking for. While a person answers, its
   * buttons work all the same.
   */
  readonly urgent?: true
}

export type ListenDeclarations = Readonly<Record<string, ListenDeclaration>>

/** What one plugin may use up. A package asks; the platform's own limits for its tier are the ceiling. */
export interface Limits {
  /** Milliseconds that one entry of a run may take to fold. */
  readonly stepMs: number
  /** Bytes of memory for one instance of the plugin. */
  readonly heapBytes: number
  readonly messagesPerTurn: number
  /** Calls and fetches together. */
  readonly callsPerRun: number
  /** Bytes that a run's slots may take as JSON. */
  readonly stateBytes: number
}

export const defaultLimits: Limits = {
  stepMs: 200,
  heapBytes: 32 * 1024 * 1024,
  messagesPerTurn: 10,
  callsPerRun: 50,
  stateBytes: 64 * 1024,
}

export interface Contract<D extends ContractDeclaration = ContractDeclaration> {
  readonly declaration: D
}

export type ConfigOf<D extends ContractDeclaration> = z.infer<D['config']>

/** Declares a plugin's contract. Flows, intents and the plugin itself are then defined on it. */
export function defineContract<const D extends ContractDeclaration>(declaration: D): Contract<D> {
  return { declaration }
}
