import { createHash } from 'node:crypto'
import { canonicalJson } from '@inthread/sdk/json'
import { commitCollection } from '@inthread/messaging'
import { appendAudit, openScope, type Actor } from '@inthread/store'
import { checkDefinition, type CheckedDefinition, type DefinitionFiles } from '../definition/check.ts'
import type { Problem } from '../definition/problem.ts'
import type { TenantDefinition } from '../definition/schema.ts'
import type { AdminPorts } from '../ports.ts'
import { planInstallations } from '../lifecycle/plan-installations.ts'
import { listInstallations, saveInstallations } from '../lifecycle/installation.store.ts'
import { listChanges, type Change } from './changes.ts'
import { sealSecrets } from './secrets.ts'
import { findTenant, saveTenant, type TenantRow } from './tenant.store.ts'

export interface ApplyRequest {
  readonly definition: unknown
  readonly files: DefinitionFiles
  readonly dryRun: boolean
  readonly actor: Actor
}

export interface ApplyResult {
  readonly tenant: string | null
  /** False when nothing had to change, when something is wrong, and on a dry run. */
  readonly applied: boolean
  readonly plan: readonly Change[]
  readonly problems: readonly Problem[]
  readonly epoch: number
}

/** Creates or updates a tenant. Everything that is wrong is said at once, and then nothing is changed. */
export async function applyTenant(request: ApplyRequest, ports: AdminPorts): Promise<ApplyResult> {
  const checked = await checkDefinition(request.definition, request.files, ports)
  const { definition } = checked
  if (!definition) return { tenant: null, applied: false, plan: [], problems: checked.problems, epoch: 0 }
  const tenantId = definition.tenant.id
  const known = await ports.store.read('tenant.find', (reader) => findTenant(reader, tenantId))
  const before = known && (JSON.parse(known.definition) as TenantDefinition)
  const digest = digestOf(definition, checked)
  const plan = listChanges(before, definition, known?.digest === digest)
  const epoch = known?.epoch ?? 0
  if (request.dryRun || plan.length === 0) return { tenant: tenantId, applied: false, plan, problems: [], epoch }
  const row: TenantRow = {
    tenant_id: tenantId,
    definition: canonicalJson(sealSecrets(definition, ports)),
    digest,
    epoch: epoch + 1,
    updated_at: ports.clock.now(),
  }
  await commitTenant(row, { checked, plan, request, ports })
  await ports.epochs.follow(tenantId)
  return { tenant: tenantId, applied: true, plan, problems: [], epoch: row.epoch }
}

interface Committing {
  readonly checked: CheckedDefinition
  readonly plan: readonly Change[]
  readonly request: ApplyRequest
  readonly ports: AdminPorts
}

function commitTenant(row: TenantRow, { checked, plan, request, ports }: Committing): Promise<void> {
  const scope = openScope(row.tenant_id)
  return ports.store.write('tenant.apply', async (tx) => {
    await saveTenant(tx, row)
    if (checked.definition) {
      const known = await listInstallations(tx, scope)
      const { definition, plugins } = checked
      await saveInstallations(tx, planInstallations({ definition, plugins, known, now: row.updated_at }))
    }
    for (const data of checked.data) await commitCollection(tx, scope, { ...data, now: row.updated_at, ids: ports.ids })
    const record = {
      scope,
      actor: request.actor,
      action: 'tenant.applied',
      object: { kind: 'tenant', id: row.tenant_id },
      data: { epoch: row.epoch, paths: plan.map(({ path }) => path) },
    }
    await appendAudit(tx, [record], { ids: ports.ids, now: row.updated_at })
  })
}

function digestOf(definition: TenantDefinition, { data }: CheckedDefinition): string {
  const documents = data.map(({ collection, documents: rows }) => ({
    collection,
    rows: rows.map((row) => canonicalJson(row)),
  }))
  return createHash('sha256').update(canonicalJson({ definition, documents })).digest('hex')
}
