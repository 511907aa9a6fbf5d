import type { Instant } from '../time.ts'
import type { z } from 'zod'
import type { OperationDeclaration } from '../capability.ts'
import type { Contract, ContractDeclaration, ConfigOf, ListenDeclaration } from './contract.ts'
import type { Flow, Slots } from './erased.ts'

/** What an intent's reader may look at besides the words. */
export interface IntentContext<C = Slots> {
  readonly now: Instant
  readonly locale: string
  readonly timeZone: string
  readonly config: C
}

/**
 * How a user gets into a flow. `words` are whole expressions per locale; `understand` reads a free sentence into the
 * flow's input and answers undefined for what it does not surely understand: a guess is worse than a menu.
 */
export interface IntentDeclaration<I, C> {
  readonly flow: Flow<I>
  readonly title: Readonly<Record<string, string>>
  readonly words: Readonly<Record<string, readonly string[]>>
  /** The input when one of `words` or a menu entry starts it. */
  readonly input: I
  readonly understand?: (words: string, context: IntentContext<C>) => I | undefined
}

export interface Intent {
  readonly flow: Flow
  readonly title: Readonly<Record<string, string>>
  readonly words: Readonly<Record<string, readonly string[]>>
  readonly input: unknown
  readonly understand?: (words: string, context: IntentContext) => unknown
}

export function intent<I, C = Slots>(declaration: IntentDeclaration<I, C>): Intent
export function intent(declaration: object): Intent {
  return declaration as Intent
}

interface ReactionDeclaration<I, E, C> {
  readonly flow: Flow<I>
  readonly input: (data: E, context: IntentContext<C>) => I
}

/**
 * How an event of another plugin starts a flow: it runs as soon as the conversation has nothing else open, or at once
 * where the contract calls the event urgent.
 */
export interface Reaction<E = Slots> {
  readonly flow: Flow
  readonly input: (data: E, context: IntentContext) => unknown
}

export function reaction<I, E, C = Slots>(declaration: ReactionDeclaration<I, E, C>): Reaction<E>
export function reaction(declaration: object): object {
  return declaration
}

type ReactionsOf<D extends ContractDeclaration> = {
  readonly [L in keyof D['listens']]: D['listens'][L] extends ListenDeclaration<infer Z> ? Reaction<z.infer<Z>> : never
}

/** Commits, but for those that ask nothing of the user. */
type DialogueNames<O> = {
  [P in keyof O]: O[P] extends { readonly class: 'commit' }
    ? O[P] extends { readonly dialogue: false }
      ? never
      : P
    : never
}[keyof O]

interface PluginParts<D extends ContractDeclaration> {
  /** Flows of any input: no type of input takes them all, so that side is left out. */
  readonly flows: readonly Omit<Flow, 'input' | 'begin'>[]
  readonly intents?: Readonly<Record<string, Intent>>
  /** Intents that are offered under "menu", in this order. */
  readonly menu?: readonly string[]
  /**
   * For a plugin that provides a capability: the flow that holds the dialogue of each commit. Its input is `{ order }`.
   */
  readonly dialogues?: D extends { readonly provides: { readonly operations: infer O } }
    ? { readonly [P in DialogueNames<O>]: Flow<{ order: string }> }
    : never
  /** For each event that it listens to: the flow that the event starts. */
  readonly reactions?: D extends { readonly listens: object } ? ReactionsOf<D> : never
}

/** A plugin package's default export. */
export interface Plugin {
  readonly contract: Contract
  readonly flows: Readonly<Record<string, Flow>>
  readonly intents: Readonly<Record<string, Intent>>
  readonly menu: readonly string[]
  readonly dialogues: Readonly<Record<string, Flow>>
  readonly reactions: Readonly<Record<string, Reaction>>
}

export function definePlugin<D extends ContractDeclaration>(contract: Contract<D>, parts: PluginParts<D>): Plugin
export function definePlugin(
  contract: Contract,
  parts: Omit<Partial<Plugin>, 'flows'> & { readonly flows: readonly object[] },
): Plugin {
  const flows = parts.flows as readonly Flow[]
  return Object.freeze({
    contract,
    flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])),
    intents: parts.intents ?? {},
    menu: parts.menu ?? [],
    dialogues: parts.dialogues ?? {},
    reactions: parts.reactions ?? {},
  })
}

/** The operation whose dialogue this flow holds, for a plugin that provides a capability. */
export function findDialogueOperation(plugin: Plugin, flow: Flow): OperationDeclaration | undefined {
  const name = Object.entries(plugin.dialogues).find(([, dialogue]) => dialogue.id === flow.id)?.[0]
  return name === undefined ? undefined : plugin.contract.declaration.provides?.operations[name]
}

export type { ConfigOf }
