/** For the engine, the checks and the drawing: contracts, flows and messages with their authors' types forgotten. */
export type { CapabilityDeclaration, EffectClass, Need, OperationDeclaration } from './capability.ts'
export type { AddEvent, Card, Content, Dial, OpenUrl, Reply, ShowPlace, Suggestion } from './message/content.ts'
export { cleanValue, cleanWords, clip, normalize } from './message/clean.ts'
export { formatDate, formatDateTime, formatTime, localParts, type LocalParts } from './message/moment.ts'
export type { CollectionDeclaration, Hold, SecretRef } from './plugin/collection.ts'
export type { Contract, ContractDeclaration } from './plugin/contract.ts'
export type * from './plugin/erased.ts'
export type { Intent, IntentContext, Plugin } from './plugin/plugin.ts'
export type { TextDeclaration, TextDeclarations, TextRef, VarKind } from './plugin/text.ts'
export { applyEvent, foldJournal, startRun } from './flow/fold.ts'
export { buildContext, getStep, listOptions, type Program } from './flow/program.ts'
export type {
  Advance,
  Blocking,
  Command,
  HoldCommand,
  Option,
  ReadCommand,
  RunEvent,
  RunState,
} from './flow/run-state.ts'
export { findPlatformWord, isPlatformWord, type PlatformWord } from './message/platform-words.ts'
