/** For the engine, the checks and the drawing: contracts, flows and messages with their authors' types forgotten. */
export type {
  BankRoute,
  BookDeclaration,
  CapabilityDeclaration,
  Ceiling,
  ConfirmDeclaration,
  EffectClass,
  Need,
  OperationDeclaration,
} from './capability.ts'
export type { AddEvent, Card, Content, Dial, OpenUrl, Reply, ShowPlace, Suggestion } from './message/content.ts'
export { cleanValue, cleanWords, clip, normalize } from './message/clean.ts'
export { formatDate, formatDateTime, formatTime, localParts, type LocalParts } from './message/moment.ts'
export type { CollectionDeclaration, Hold, SecretRef } from './plugin/collection.ts'
export {
  defaultLimits,
  type Contract,
  type ContractDeclaration,
  type Limits,
  type ListenDeclaration,
  type ListenDeclarations,
} from './plugin/contract.ts'
export {
  findEgressHost,
  isEgressHost,
  type EgressDeclaration,
  type EgressDeclarations,
  type EgressHost,
  type EgressRequest,
  type FetchFailure,
  type SecretDeclaration,
} from './plugin/egress.ts'
export type * from './plugin/erased.ts'
export { findDialogueOperation, type Intent, type IntentContext, type Plugin, type Reaction } from './plugin/plugin.ts'
export type { TextDeclaration, TextDeclarations, TextRef, VarKind } from './plugin/text.ts'
export { applyEvent, foldJournal, startRun } from './flow/fold.ts'
export { listTargets } from './flow/list-targets.ts'
export { buildContext, getStep, listOptions, type Program } from './flow/program.ts'
export type {
  Advance,
  Blocking,
  Command,
  FetchAnswer,
  FetchCommand,
  HoldCommand,
  Option,
  PassingCommand,
  ReadCommand,
  RunEvent,
  RunPin,
  RunState,
  WriteCommand,
} from './flow/run-state.ts'
export { findPlatformWord, isGreeting, isPlatformWord, type PlatformWord } from './message/platform-words.ts'
