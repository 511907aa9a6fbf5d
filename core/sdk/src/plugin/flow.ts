import type { z } from 'zod'
import type { Contract, ContractDeclaration } from './contract.ts'
import type { AnyStep, Flow, Slots } from './erased.ts'
import type { AnyFlow, FlowTypes, Step } from './step.ts'

/** A move of open runs from an earlier revision: each old step with a question, and where its runs now stand. */
interface Move<S, N extends string> {
  readonly steps: Readonly<Record<string, N>>
  /** Turns the old slots into new ones; left out, they stay as they are. */
  readonly slots?: (slots: Slots) => Partial<S>
}

/**
 * A conversation as data: a start, named steps, and the slots they share. `input` is what starts it, `state` its slots
 * (all optional), `begin` puts the input into the slots. A changed flow carries a new `revision`.
 */
export interface FlowDeclaration<
  D extends ContractDeclaration,
  I extends z.ZodType,
  S extends z.ZodObject,
  N extends string,
  R extends z.ZodType = z.ZodUndefined,
  U extends Readonly<Record<string, AnyFlow>> = Readonly<Record<never, never>>,
> {
  readonly id: string
  readonly revision: number
  readonly input: I
  readonly state: S
  readonly begin?: (input: z.infer<I>) => Partial<z.infer<S>>
  readonly start: NoInfer<N>
  readonly steps: { readonly [K in N]: Step<FlowTypes<D, z.infer<I>, z.infer<S>, NoInfer<N>, NoInfer<U>>, z.infer<R>> }
  /** Other flows of the plugin, by the names that steps of kind `run` give them: `runs: { address }`. */
  readonly runs?: U
  /** For a flow that others `run`: what its ends hand back. */
  readonly result?: R
  /** From an earlier revision: runs with an open question go on at the named step. Others stay pinned to it. */
  readonly moves?: Readonly<Record<number, Move<z.infer<S>, NoInfer<N>>>>
}

/**
 * Declares a flow on a contract. The compiler refuses unknown steps, unrouted outcomes, undeclared needs, mistyped
 * slots, questions without a time-out, unknown texts and texts without their variables.
 */
export function defineFlow<
  D extends ContractDeclaration,
  I extends z.ZodType,
  S extends z.ZodObject,
  const N extends string,
  R extends z.ZodType = z.ZodUndefined,
  U extends Readonly<Record<string, AnyFlow>> = Readonly<Record<never, never>>,
>(contract: Contract<D>, flow: FlowDeclaration<D, I, S, N, R, U>): Flow<z.infer<I>, z.infer<R>>
export function defineFlow(contract: Contract, declaration: object): Flow {
  const { runs, ...flow } = declaration as ErasedDeclaration
  const steps = Object.entries(flow.steps).map(([name, step]): [string, AnyStep] => {
    const inner = step.kind === 'run' ? runs?.[step.flow] : undefined
    return [name, step.kind === 'run' && inner ? { ...step, flow: inner.id } : step]
  })
  return { ...flow, steps: Object.fromEntries(steps), contract }
}

type ErasedDeclaration = Omit<Flow, 'contract'> & { readonly runs?: Readonly<Record<string, AnyFlow>> }
