/**
 * The cellar: databases, sealed values, scopes, subscribers, claims and records. It does not know what a message or an
 * order means.
 */
export {
  openStore,
  type Reader,
  type Store,
  type StoreEvent,
  type StoreObserver,
  type StoreOptions,
  type Transaction,
} from './database/store.ts'
export { buildNumber, createIdSource, deriveId, type IdIngredients, type IdSource } from './identity/id.ts'
export { openScope, platformActor, type Actor, type TenantScope } from './identity/scope.ts'
export { listPendingMigrations, runMigrations } from './schema/migrate.ts'
export type { Migration } from './schema/migration.ts'
export { storeMigrations } from './schema/tables.ts'
export * as column from './schema/vocabulary.ts'
export { Keyring, type KeyFile } from './seal/keyring.ts'
export { Sealer, type SealPlace } from './seal/sealer.ts'
export { claimLease, releaseLease, type LeaseRequest } from './claim/lease.store.ts'
export { openCredentialCell, type CredentialPorts } from './claim/credential.store.ts'
export {
  closeBinding,
  confirmBinding,
  findBinding,
  type Binding,
  type BoundSubscriber,
} from './identity/binding.store.ts'
export { listNumbers, resolveSubscribers, type NumberSeen, type SubscriberPorts } from './identity/subscriber.store.ts'
export { appendAudit, type AuditPorts, type AuditRecord } from './record/audit.store.ts'
export {
  commitDecision,
  commitProposal,
  digestOfChange,
  listProposals,
  makerNameOf,
  voidProposals,
  type Decision,
  type NewProposal,
  type Proposal,
} from './record/proposal.store.ts'
export type { ListPart, ListPlace } from './sql/behind.ts'
export { findSetting, saveSetting } from './record/setting.store.ts'
export { listAudit, listLinked, type AuditFilters, type AuditLine } from './chain/audit.view.store.ts'
export type { ChainFinding } from './chain/check-chain.ts'
export { guardAudit } from './chain/guard.store.ts'
export { hasAuditTail, linkAuditTail, listChainHeads, type ChainHead } from './chain/link.store.ts'
export {
  countAuditTail,
  listChainHashes,
  readExtent,
  verifyNext,
  verifyStart,
  type ChainExtent,
  type VerifyPlace,
  type VerifyStep,
} from './chain/verify.store.ts'
