/** The office: what operators of the platform and its tenants can do, and what it takes to define a tenant. */
export {
  buildTenantJsonSchema,
  definitionSchema,
  type BankEntry,
  type BotDefinition,
  type MenuDefinition,
  type OperatorDefinition,
  type TenantDefinition,
} from './definition/schema.ts'
export type { Problem } from './definition/problem.ts'
export { adminMigrations, findTenant, listEpochs, listEpochsOf, listTenants } from './tenants/tenant.store.ts'
export { openSecrets } from './tenants/secrets.ts'
export { digestPackage, isSignedBy } from './packages/verify-package.ts'
export {
  findPackage,
  findPublisher,
  findSignature,
  listPackages,
  listProviding,
  mergeOwnPackages,
  type PackageHead,
} from './packages/package.store.ts'
export { lifecycleMigrations, type InstallationRow, type PackageRow } from './lifecycle/tables.ts'
export { readPluginSecrets } from './lifecycle/plugin-secrets.ts'
export { listInstallations, saveMissingInstallations } from './lifecycle/installation.store.ts'
export { ownWordsMigrations, readOwnWords, type OwnWords } from './wordings/own-words.store.ts'
export { wearOwnWords } from './wordings/wear-own-words.ts'
export { listKills } from './packages/kill.store.ts'
export { mergeConfig, type ConfigLayers } from './lifecycle/config.ts'
export { pickVersion } from './packages/pick-version.ts'
export { runningStates } from './lifecycle/states.ts'
export { bankPlace, buildInstallation } from './lifecycle/build-installation.ts'
export { applyTenant, type ApplyRequest, type ApplyResult } from './tenants/apply.ts'
export { actions } from './people/actions.ts'
export type { BankProvider } from './people/build-auth.ts'
export { finishBankSignIn } from './people/bank-sign-in.ts'
export { peopleMigrations } from './people/tables/auth-tables.ts'
export { sealPeople } from './people/tables/seal-people.store.ts'
export { createPeopleVault } from './people/tables/vault.ts'
export { openEntrance, type DoorCall, type Entrance, type Reply } from './people/entrance.ts'
export { findPerson, recallPerson } from './people/sessions.ts'
export { SimulationLine } from './simulation/simulation-line.ts'
export { LiveStreams } from './live/live-streams.ts'
export { createAdminKey, findKeyHolder, saveAdminKey } from './keys/admin-key.store.ts'
export type { KeyHolder } from './keys/key-holder.ts'
export type * from './ports.ts'
