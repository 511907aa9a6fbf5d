import type { Flow } from './erased.ts'
import type { FlowTypes, Route, RunStep, StepContext } from './step.ts'

interface RunOptions<F extends FlowTypes, I, R> {
  readonly input: (context: StepContext<F>) => I
  readonly on: { readonly done: Route<F, R> }
}

/** A step that runs another flow of the same plugin: `askAddress: runFlow(address, { input: …, on: { done: … } })`. */
export function runFlow<F extends FlowTypes, I, R>(flow: Flow<I, R>, options: RunOptions<F, I, R>): RunStep<F>
export function runFlow(flow: Flow, options: object): object {
  return { kind: 'run', flow: flow.id, ...options }
}
