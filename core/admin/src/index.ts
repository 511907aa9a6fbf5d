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
export { adminMigrations, findTenant, listEpochs } from './tenants/tenant.store.ts'
export { openSecrets } from './tenants/secrets.ts'
export { applyTenant, type ApplyRequest, type ApplyResult } from './tenants/apply.ts'
export { createAdminKey, findKeyActor, saveAdminKey } from './keys/admin-key.store.ts'
export type * from './ports.ts'
