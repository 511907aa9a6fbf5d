import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, encodeJson } from '@inthread/sdk/json'
import { commitCollection } from '@inthread/messaging'
import { appendAudit, openScope, type Transaction } from '@inthread/store'
import { listUncheckedBanks } from '../banks/list-unchecked.ts'
import { checkDefinition, type CheckedDefinition, type DefinitionFiles } from '../definition/check.ts'
import type { CollectionData } from '../definition/data.ts'
import type { Problem } from '../definition/problem.ts'
import { enteredName } from '../definition/outside.ts'
import { listPublisherProblems } from '../definition/publishers.ts'
import { listReferenceProblems } from '../definition/references.ts'
import type { TenantDefinition } from '../definition/schema.ts'
import {
  applyGrants,
  isIdle,
  planGrants,
  previewGrants,
  type GrantWork,
  type WaitingGrants,
} from '../grants/apply-grants.ts'
import type { KeyHolder } from '../keys/key-holder.ts'
import type { AdminPorts } from '../ports.ts'
import type { InstallationRow, PluginSecretRow } from '../lifecycle/tables.ts'
import { erasePluginSecrets, listPluginSecrets } from '../lifecycle/plugin-secret.store.ts'
import { planInstallations } from '../lifecycle/plan-installations.ts'
import { listInstallations, saveInstallations } from '../lifecycle/installation.store.ts'
import { savePublishedConfigs } from '../lifecycle/published-config.store.ts'
import { listChanges, type Change } from './changes.ts'
import { isThere } from './is-there.ts'
import { listOverruled } from './list-overruled.ts'
import { restoreKept, sealSecrets, unsealSecrets } from './secrets.ts'
import { findTenant, saveTenant, type TenantRow } from './tenant.store.ts'

export interface ApplyRequest {
  readonly definition: unknown
  readonly files: DefinitionFiles
  readonly dryRun: boolean
  readonly holder: KeyHolder
}

export interface ApplyResult {
  readonly tenant: string | null
  /** False when nothing had to change, when something is wrong, and on a dry run. */
  readonly applied: boolean
  readonly plan: readonly Change[]
  readonly problems: readonly Problem[]
  readonly epoch: number
  /** Grants that allow more than before, and wait for a second person. */
  readonly waiting: WaitingGrants | undefined
  /** On a dry run: the grants that would wait. */
  readonly wouldWait: readonly string[]
}

/** Creates or updates a tenant. Everything that is wrong is said at once, and then nothing is changed. */
export async function applyTenant(request: ApplyRequest, ports: AdminPorts): Promise<ApplyResult> {
  const { known, before, unsealed, entered } = await findPresent(request.definition, ports)
  const foreign = listReferenceProblems(before, request.definition, request.holder)
  if (foreign.length > 0) return { ...nothing, tenant: null, problems: foreign, epoch: known?.epoch ?? 0 }
  const given = {
    ...{ definition: restoreKept(request.definition, unsealed), files: request.files, known: before?.data },
    entered: new Set(entered.map(({ bot_id, plugin, name }) => enteredName(bot_id, plugin, name))),
  }
  const checked = await checkDefinition(given, ports)
  const { definition } = checked
  if (!definition) return { ...nothing, tenant: null, problems: checked.problems, epoch: 0 }
  const tenantId = definition.tenant.id
  const problems = [
    ...listPublisherProblems(before, definition, request.holder),
    ...(await listUncheckedBanks(before, definition, ports)),
  ]
  if (problems.length > 0) return { ...nothing, tenant: null, problems, epoch: known?.epoch ?? 0 }
  const digest = digestOf(definition, checked)
  const changedData = known?.digest === digest ? new Set<number>() : await listChangedData(checked, ports)
  const same = known?.digest === digest || (unsealed && canonicalJson(unsealed) === canonicalJson(definition))
  const plan = listChanges(before, definition, { same: same ?? false, data: changedData })
  const grants = await planGrants(before, definition, ports)
  const epoch = known?.epoch ?? 0
  if (request.dryRun)
    return { ...nothing, tenant: tenantId, plan, epoch, wouldWait: await previewGrants(grants, { ...request, ports }) }
  if (plan.length === 0 && isIdle(grants)) return { ...nothing, tenant: tenantId, epoch }
  const row: TenantRow = {
    tenant_id: tenantId,
    definition: canonicalJson(sealSecrets(definition, ports)),
    digest,
    epoch: epoch + 1,
    updated_at: ports.clock.now(),
  }
  const waiting = await commitTenant(row, {
    checked: { ...checked, data: pick(checked.data, changedData) },
    overruled: listOverruled(unsealed, definition, entered),
    plan,
    grants,
    request,
    ports,
  })
  if (plan.length === 0) return { ...nothing, tenant: tenantId, epoch, waiting }
  await ports.epochs.follow(tenantId)
  return { ...nothing, tenant: tenantId, applied: true, plan, epoch: row.epoch, waiting }
}

interface Present {
  readonly known: TenantRow | undefined
  readonly before: TenantDefinition | undefined
  /** With its plain secrets as they were written. */
  readonly unsealed: TenantDefinition | undefined
  /** What was entered for its plugins besides. */
  readonly entered: readonly PluginSecretRow[]
}

/** The tenant that a definition speaks of, before anything else of it is believed. */
async function findPresent(definition: unknown, { store, sealer }: AdminPorts): Promise<Present> {
  const named = z.looseObject({ tenant: z.looseObject({ id: z.string() }) }).safeParse(definition)
  const id = named.data?.tenant.id
  const known = id === undefined ? undefined : await store.read('tenant.find', (reader) => findTenant(reader, id))
  const before = known && (JSON.parse(known.definition) as TenantDefinition)
  const entered = known
    ? await store.read('plugin-secret.list', (reader) => listPluginSecrets(reader, openScope(known.tenant_id)))
    : []
  return { known, before, unsealed: before && unsealSecrets(before, { sealer }), entered }
}

/** Places in `data` whose file says something else than what the collection holds, in whatever order. */
async function listChangedData({ definition, data }: CheckedDefinition, ports: AdminPorts): Promise<Set<number>> {
  const changed = new Set<number>()
  const scope = openScope(definition?.tenant.id ?? '')
  const now = ports.clock.now()
  for (const each of data) if (!(await isThere(ports.store, scope, { ...each, now }))) changed.add(each.place)
  return changed
}

function pick(data: readonly CollectionData[], places: ReadonlySet<number>): readonly CollectionData[] {
  return data.filter(({ place }) => places.has(place))
}

const nothing = { applied: false, plan: [], problems: [], waiting: undefined, wouldWait: [] } as const

interface Committing {
  readonly checked: CheckedDefinition
  readonly overruled: readonly PluginSecretRow[]
  readonly plan: readonly Change[]
  readonly grants: GrantWork
  readonly request: ApplyRequest
  readonly ports: AdminPorts
}

/** A definition that is in force already may still have grants that nobody has decided. */
function commitTenant(
  row: TenantRow,
  { checked, overruled, plan, grants, request, ports }: Committing,
): Promise<WaitingGrants | undefined> {
  const scope = openScope(row.tenant_id)
  const { holder } = request
  const now = row.updated_at
  return ports.store.write('tenant.apply', async (tx) => {
    if (plan.length > 0) {
      await commitDefinition(tx, row, { checked, holder, ports })
      for (const { bot_id: bot, plugin, name } of overruled) await erasePluginSecrets(tx, scope, { bot, plugin, name })
      const record = {
        scope,
        actor: holder.actor,
        action: 'tenant.applied',
        object: { kind: 'tenant', id: row.tenant_id },
        data: { epoch: row.epoch, paths: plan.map(({ path }) => path) },
      }
      await appendAudit(tx, [record], { ids: ports.ids, now })
    }
    return applyGrants(tx, { work: grants, holder, ports, now })
  })
}

async function commitDefinition(
  tx: Transaction,
  row: TenantRow,
  { checked, holder, ports }: Pick<Committing, 'checked' | 'ports'> & { readonly holder: KeyHolder },
): Promise<void> {
  const scope = openScope(row.tenant_id)
  const now = row.updated_at
  await saveTenant(tx, row)
  if (checked.definition) {
    const known = await listInstallations(tx, scope)
    const { definition, plugins } = checked
    const rows = planInstallations({ definition, plugins, known, now })
    await saveInstallations(tx, rows)
    const { actor } = holder
    await savePublishedConfigs(tx, rows.filter(isNewConfig(known)), { actor, ports })
  }
  for (const data of checked.data) await commitCollection(tx, scope, { ...data, now, ids: ports.ids })
}

function isNewConfig(known: readonly InstallationRow[]): (row: InstallationRow) => boolean {
  return ({ bot_id, plugin, config }) =>
    known.find((before) => before.bot_id === bot_id && before.plugin === plugin)?.config !== config
}

function digestOf(definition: TenantDefinition, { data }: CheckedDefinition): string {
  const documents = data.map(({ collection, documents: rows }) => ({
    collection,
    // Not canonical JSON: a document may hold fractions and amounts. Its schema puts its fields in order.
    rows: rows.map(encodeJson),
  }))
  return createHash('sha256').update(canonicalJson({ definition, documents })).digest('hex')
}
