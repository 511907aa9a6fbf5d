import { column, type ListPart, type Migration, type Reader, type Transaction } from '@inthread/store'
import { forUpdate, mergeAll, sql, sqlOf } from '@inthread/store/sql'

const { added, count, instant, json, nullable, ref, table, text } = column

export interface TenantRow {
  tenant_id: string
  /** The definition as it was applied, secrets as references or sealed. */
  definition: string
  /** Of the definition and its files: an apply that changes nothing has the same one. */
  digest: string
  /** Grows with every change; processes follow it. */
  epoch: number
  updated_at: number
}

export interface KeyHolderRow {
  key_id: string
  name: string
  role: string
  made_by: string
  revoked_at: number | null
  /** Permissions as a JSON list; all of the role's when null. */
  scopes: string | null
  expires_at: number | null
  /** The human behind a key, where that is known. */
  person: string | null
  /** Who has let it go on without that human. */
  kept_by: string | null
}

export interface AdminTables {
  tenant: TenantRow
  admin_key: { id: string; digest: string; created_at: number; used_at: number | null }
  key_holder: KeyHolderRow
}

export const adminMigrations: readonly Migration[] = [
  {
    id: 'admin.001',
    tables: [
      table(
        'tenant',
        { tenant_id: ref(), definition: json(), digest: ref(), epoch: count(), updated_at: instant() },
        { primary: ['tenant_id'] },
      ),
      table(
        'admin_key',
        { id: ref(), digest: ref(), created_at: instant() },
        { primary: ['id'], unique: { digest: ['digest'] } },
      ),
    ],
  },
  {
    id: 'admin.002',
    tables: [
      table(
        'key_holder',
        { key_id: ref(), name: ref(), role: ref(), made_by: ref(), revoked_at: nullable(instant()) },
        { primary: ['key_id'], unique: { name: ['name'] } },
      ),
    ],
  },
  {
    id: 'admin.005',
    tables: [],
    added: [
      { table: 'admin_key', columns: { used_at: added(nullable(instant()), null) } },
      {
        table: 'key_holder',
        columns: { scopes: added(nullable(text()), null), expires_at: added(nullable(instant()), null) },
      },
    ],
  },
  {
    id: 'admin.006',
    tables: [],
    added: [{ table: 'key_holder', columns: { person: added(nullable(ref()), null) } }],
  },
  {
    id: 'admin.kept-key',
    tables: [],
    added: [
      {
        table: 'key_holder',
        columns: { kept_by: added(nullable(ref()), null) },
        index: { person: ['person'] },
      },
    ],
  },
]

export function findTenant(reader: Reader, tenantId: string): Promise<TenantRow | undefined> {
  return sqlOf<AdminTables>(reader)
    .selectFrom('tenant')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst()
}

/** The same for a change of it: until this transaction ends, nobody else changes it. */
export function lockTenant(tx: Transaction, tenantId: string): Promise<TenantRow | undefined> {
  return sqlOf<AdminTables>(tx)
    .selectFrom('tenant')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .modifyEnd(forUpdate(tx))
    .executeTakeFirst()
}

/** Which tenants there are, in which epoch: what every process compares with what it has. */
export function listEpochs(reader: Reader): Promise<{ tenant_id: string; epoch: number }[]> {
  return sqlOf<AdminTables>(reader)
    .selectFrom('tenant')
    .select(['tenant_id', 'epoch'])
    .orderBy('tenant_id')
    .limit(sql.lit(100_000))
    .execute()
}

/** Epochs of the named tenants alone. */
export function listEpochsOf(
  reader: Reader,
  tenants: readonly string[],
): Promise<{ tenant_id: string; epoch: number }[]> {
  if (tenants.length === 0) return Promise.resolve([])
  return sqlOf<AdminTables>(reader)
    .selectFrom('tenant')
    .select(['tenant_id', 'epoch'])
    .where('tenant_id', 'in', [...tenants])
    .execute()
}

/** The next tenants after one, in the order of their ids: to go round all of them bit by bit. */
export async function listTenants(reader: Reader, after: string, limit: number): Promise<string[]> {
  const rows = await sqlOf<AdminTables>(reader)
    .selectFrom('tenant')
    .select('tenant_id')
    .where('tenant_id', '>', after)
    .orderBy('tenant_id')
    .limit(sql.lit(limit))
    .execute()
  return rows.map((row) => row.tenant_id)
}

export interface TenantLine {
  readonly tenant: string
  readonly name: string
  readonly epoch: number
  readonly updatedAt: number
}

/** Tenants as lines of a list. A definition may be large, and stays in the database. */
export async function listTenantLines(
  reader: Reader,
  { after, limit, only }: ListPart & { readonly only: string | undefined },
): Promise<TenantLine[]> {
  const found = sql`json_extract(definition, '$.tenant.name')`
  const name = reader.flavour === 'sqlite' ? sql<string>`${found}` : sql<string>`json_unquote(${found})`
  let query = sqlOf<AdminTables>(reader)
    .selectFrom('tenant')
    .select(['tenant_id', name.as('name'), 'epoch', 'updated_at'])
  if (only !== undefined) query = query.where('tenant_id', '=', only)
  if (after) query = query.where('tenant_id', '>', after.id)
  const rows = await query.orderBy('tenant_id').limit(sql.lit(limit)).execute()
  return rows.map((row) => ({ tenant: row.tenant_id, name: row.name, epoch: row.epoch, updatedAt: row.updated_at }))
}

/** The epoch never goes back, nor stands still, whatever else has changed the tenant since it was read. */
export async function saveTenant(tx: Transaction, row: TenantRow): Promise<void> {
  const present = await sqlOf<AdminTables>(tx)
    .selectFrom('tenant')
    .select('epoch')
    .where('tenant_id', '=', row.tenant_id)
    .modifyEnd(forUpdate(tx))
    .executeTakeFirst()
  await mergeAll(tx, 'tenant', {
    rows: [{ ...row, epoch: Math.max(row.epoch, (present?.epoch ?? 0) + 1) }],
    key: ['tenant_id'],
    update: ['definition', 'digest', 'epoch', 'updated_at'],
  })
}
