import type { z } from 'zod'
import type { Money } from './money.ts'

/**
 * What an operation does to the world, and thereby which duties the core enforces.
 *
 * - `read`: deadline, cache rule, data class
 * - `quote`: a promise of the provider that expires
 * - `hold`: something kept for the user that expires and can be released
 * - `commit`: money or a contract moves: idempotency key, status query, a routed `unknown`, the user's confirmation
 *   bound to amount and payee, an audit record
 */
export type EffectClass = 'read' | 'quote' | 'hold' | 'commit'

export interface OperationDeclaration {
  readonly class: EffectClass
  readonly input: z.ZodType
  /**
   * Every way it can end, each with the schema of what comes with it. The set is closed: a caller routes all of them.
   */
  readonly outcomes: Readonly<Record<string, z.ZodType>>
  /** `confidential`: the operation may be given a reference to an answer that the platform never reads. */
  readonly confidential?: boolean
}

export interface CapabilityDeclaration {
  /** Published name, like `payment`. */
  readonly id: string
  readonly version: string
  /**
   * Who may call it: any plugin with a grant (`scene`), or only the plugin that provides the named capability's
   * dialogue (`dialogue`), because its operations need the user in front of the bank.
   */
  readonly audience: 'scene' | 'dialogue'
  readonly operations: Readonly<Record<string, OperationDeclaration>>
  /** Things that happen later by themselves, each with the schema of its data. A flow waits for them. */
  readonly events: Readonly<Record<string, z.ZodType>>
}

/** Checks what the types cannot: that a commit can end as `unknown`. */
export function defineCapability<const C extends CapabilityDeclaration>(declaration: C): C {
  for (const [name, operation] of Object.entries(declaration.operations)) {
    if (operation.class === 'commit' && !('unknown' in operation.outcomes)) {
      throw new TypeError(`capability ${declaration.id}: the commit ${name} needs an outcome "unknown"`)
    }
  }
  return Object.freeze(declaration)
}

/** One declared need of a plugin: the capability, the versions it can work with, and why, in the user's languages. */
export interface Need<C extends CapabilityDeclaration = CapabilityDeclaration, Optional extends boolean = boolean> {
  readonly capability: C
  readonly range: string
  readonly purpose: Readonly<Record<string, string>>
  readonly optional: Optional
  /** The most that the plugin itself will ever ask for. A tenant and the bank may allow less, never more. */
  readonly ceiling?: Ceiling
}

/** How much may move. Each that is left out is unlimited on this side; of all sides the smallest counts. */
export interface Ceiling {
  readonly perCall?: Money
  /** Of the whole plugin at one tenant, per day in the tenant's zone. */
  readonly perDay?: Money
  readonly perUserDay?: Money
  /** Calls per minute of the whole plugin at one tenant. */
  readonly perMinute?: number
}

interface NeedOptions {
  readonly range: string
  readonly purpose: Readonly<Record<string, string>>
  readonly ceiling?: Ceiling
}

/** The plugin cannot work without it. */
export function need<const C extends CapabilityDeclaration>(capability: C, options: NeedOptions): Need<C, false> {
  return { capability, ...options, optional: false }
}

/** The plugin can do without it: every call then also routes `unavailable`. */
export function want<const C extends CapabilityDeclaration>(capability: C, options: NeedOptions): Need<C, true> {
  return { capability, ...options, optional: true }
}
