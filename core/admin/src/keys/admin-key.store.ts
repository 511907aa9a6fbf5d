import { createHash, randomBytes } from 'node:crypto'
import type { Reader, Store, Transaction } from '@inthread/store'
import { insertAll, insertNew, sql, sqlOf } from '@inthread/store/sql'
import type { AdminTables } from '../tenants/tenant.store.ts'
import { isPermission, type Permission } from '../access/permissions.ts'
import type { KeyHolder } from './key-holder.ts'

/** A key for the admin API. Only its digest is kept: 256 random bits need no slow hash. */
export function createAdminKey(): string {
  return `itk_${randomBytes(32).toString('base64url')}`
}

/** Lets a key of the platform in. Letting it in again changes nothing. */
export function saveAdminKey(
  store: Store,
  key: { readonly id: string; readonly key: string; readonly now: number },
): Promise<void> {
  return store.write('key.save', (tx) =>
    insertNew(tx, 'admin_key', { rows: [{ id: key.id, digest: digestOf(key.key), created_at: key.now }], key: 'id' }),
  )
}

export interface NewKey {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly role: string
  readonly scopes: readonly Permission[] | undefined
  readonly expiresAt: number | undefined
  readonly madeBy: string
  /** The human who makes it, where that is known. */
  readonly person: string | undefined
  readonly now: number
}

/** A store.duplicate when there is a key of this name already. */
export async function insertKey(tx: Transaction, made: NewKey): Promise<void> {
  const { id, key, name, role, madeBy, now } = made
  const bounds = {
    scopes: made.scopes ? JSON.stringify(made.scopes) : null,
    expires_at: made.expiresAt ?? null,
    person: made.person ?? null,
  }
  await insertAll(tx, 'key_holder', [{ key_id: id, name, role, made_by: madeBy, revoked_at: null, ...bounds }])
  await insertAll(tx, 'admin_key', [{ id, digest: digestOf(key), created_at: now }])
}

export interface KeyView {
  readonly id: string
  readonly name: string
  readonly role: string
  /** All of the role's when null. */
  readonly scopes: readonly string[] | null
  readonly madeAt: number
  readonly madeBy: string | null
  readonly revokedAt: number | null
  readonly expiresAt: number | null
  /** To the minute; of a key that was never used, null. */
  readonly usedAt: number | null
  /** The human behind it; of keys that no signed-in person has made, null. */
  readonly person: string | null
  /** That human has left, or may make no keys any more. */
  readonly makerGone: boolean
  /** Who has let it go on without them. */
  readonly keptBy: string | null
}

export async function listKeys(reader: Reader): Promise<readonly KeyView[]> {
  const rows = await selectKeys(reader).orderBy('admin_key.created_at').limit(sql.lit(1000)).execute()
  return rows.map(toView)
}

/** Who comes with this key; undefined for a key that nobody let in, that was revoked, or whose time is over. */
export async function findKeyHolder(store: Store, key: string, now: number): Promise<KeyHolder | undefined> {
  const row = await store.read('key.find', (reader) =>
    selectKeys(reader).where('admin_key.digest', '=', digestOf(key)).executeTakeFirst(),
  )
  if (!row || row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= now)) return undefined
  const { id, name, role, scopes, madeAt, person, expiresAt } = toView(row)
  if (row.used_at === null || row.used_at + usedEvery <= now) await noteUse(store, id, now)
  return {
    actor: { kind: 'key', id },
    name,
    role,
    madeAt,
    ...(scopes ? { scopes } : {}),
    ...(person === null ? {} : { person }),
    ...(expiresAt === null ? {} : { expiresAt }),
  }
}

/** Once a minute is enough to see which keys nobody uses, and no write for every call. */
const usedEvery = 60_000_000

async function noteUse(store: Store, id: string, now: number): Promise<void> {
  const noting = store.write('key.used', (tx) =>
    sqlOf<AdminTables>(tx).updateTable('admin_key').set({ used_at: now }).where('id', '=', id).execute(),
  )
  // A note, and no reason to refuse the call: the next one writes it.
  await noting.catch(() => undefined)
}

/** From now on nobody comes in with it. A key that the platform's own data folder holds is revoked just so. */
export async function revokeKey(tx: Transaction, { id, name, role, madeBy }: KeyView, now: number): Promise<void> {
  const row = { key_id: id, name, role, made_by: madeBy ?? '', revoked_at: null }
  await insertNew(tx, 'key_holder', { rows: [row], key: 'key_id' })
  await sqlOf<AdminTables>(tx)
    .updateTable('key_holder')
    .set({ revoked_at: now })
    .where('key_id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

/** The keys of data folders were there before keys had names, and are the platform's. */
function selectKeys(reader: Reader) {
  return sqlOf<AdminTables & MemberTables>(reader)
    .selectFrom('admin_key')
    .leftJoin('key_holder', 'key_holder.key_id', 'admin_key.id')
    .leftJoin('auth_member', (on) =>
      on.onRef('auth_member.userId', '=', 'key_holder.person').on('auth_member.organizationId', '=', '*'),
    )
    .select([
      'admin_key.id',
      'admin_key.created_at',
      'key_holder.name',
      'key_holder.role',
      'key_holder.made_by',
      'key_holder.revoked_at',
      'key_holder.scopes',
      'key_holder.expires_at',
      'admin_key.used_at',
      'key_holder.person',
      'key_holder.kept_by',
      'auth_member.id as member',
    ])
}

/** Keys are made by people of the platform, whose place is called so. */
interface MemberTables {
  auth_member: { id: string; userId: string; organizationId: string }
}

interface SelectedKey {
  readonly id: string
  readonly created_at: number
  readonly name: string | null
  readonly role: string | null
  readonly made_by: string | null
  readonly revoked_at: number | null
  readonly scopes: string | null
  readonly expires_at: number | null
  readonly used_at: number | null
  readonly person: string | null
  readonly kept_by: string | null
  readonly member: string | null
}

function toView(row: SelectedKey): KeyView {
  return {
    id: row.id,
    name: row.name ?? row.id,
    role: row.role ?? 'platform',
    madeAt: row.created_at,
    madeBy: row.made_by === '' ? null : row.made_by,
    revokedAt: row.revoked_at,
    scopes: row.scopes === null ? null : readScopes(row.scopes),
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    person: row.person,
    makerGone: row.person !== null && row.member === null,
    keptBy: row.kept_by,
  }
}

/** What cannot be read allows nothing. */
function readScopes(text: string): readonly Permission[] {
  const list: unknown = JSON.parse(text)
  return Array.isArray(list) ? list.filter((each) => typeof each === 'string').filter(isPermission) : []
}

function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
