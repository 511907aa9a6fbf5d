import type { z } from 'zod'
import type { CapabilityDeclaration, Need } from '../capability.ts'
import type { CollectionDeclarations } from './collection.ts'
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
  readonly config: z.ZodObject
  readonly needs: Readonly<Record<string, Need>>
  /**
   * Only for a bank's dialogue: the capability whose calls it answers. Taken only from publishers that the bank names.
   */
  readonly provides?: CapabilityDeclaration
  readonly texts: TextDeclarations
  readonly collections: CollectionDeclarations
}

export interface Contract<D extends ContractDeclaration = ContractDeclaration> {
  readonly declaration: D
}

export type NeedsOf<D extends ContractDeclaration> = D['needs']
export type ConfigOf<D extends ContractDeclaration> = z.infer<D['config']>

/** Declares a plugin's contract. Flows, intents and the plugin itself are then defined on it. */
export function defineContract<const D extends ContractDeclaration>(declaration: D): Contract<D> {
  return { declaration }
}
