import type { z } from 'zod'
import type { Contract, ContractDeclaration } from './contract.ts'
import type { Flow } from './erased.ts'
import type { FlowTypes, Step } from './step.ts'

/**
 * A conversation as data: a start, named steps, and the slots they share. `input` is what starts it, `state` its slots
 * (all optional), `begin` puts the input into the slots. A changed flow carries a new `revision`.
 */
export interface FlowDeclaration<
  D extends ContractDeclaration,
  I extends z.ZodType,
  S extends z.ZodObject,
  N extends string,
> {
  readonly id: string
  readonly revision: number
  readonly input: I
  readonly state: S
  readonly begin?: (input: z.infer<I>) => Partial<z.infer<S>>
  readonly start: NoInfer<N>
  readonly steps: { readonly [K in N]: Step<FlowTypes<D, z.infer<I>, z.infer<S>, NoInfer<N>>> }
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
>(contract: Contract<D>, flow: FlowDeclaration<D, I, S, N>): Flow<z.infer<I>>
export function defineFlow(contract: Contract, flow: object): Flow {
  return { ...flow, contract } as Flow
}
