export { startOperator } from './boot/start-operator.ts'
export { StartError } from './boot/start-error.ts'
export type { OperatorOptions, RunningOperator } from './boot/options.ts'
export type * from './views.ts'
