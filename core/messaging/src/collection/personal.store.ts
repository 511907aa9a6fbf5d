import type { ReadCommand, Slots, WriteCommand } from '@inthread/sdk/engine'
import { decodeJson, encodeJson } from '@inthread/sdk/json'
import type { Reader, SealPlace, TenantScope, Transaction } from '@inthread/store'
import { insertNew, mergeAll, sql, sqlOf } from '@inthread/store/sql'
import type { MessagingTables } from '../schema/tables.ts'
import { expiryOf, getCollection, idOf, parseDocument, shapeOf, type Documents } from './documents.ts'
import { buildKey } from './index-key.ts'
import type { Stored } from './upgrade.ts'

type PersonalRow = MessagingTables['personal_document']

/** A user's own documents: one by its key, or all of them, the newest first. Nobody else's are ever looked at. */
export async function readPersonal(
  reader: Reader,
  scope: TenantScope,
  query: Documents & { readonly command: ReadCommand },
): Promise<readonly Stored[]> {
  const { command } = query
  let wanted = sqlOf<MessagingTables>(reader)
    .selectFrom('personal_document')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('collection_id', '=', idOf(query))
    .where('owner', '=', query.owner)
    .where('expires_at', '>', query.now)
  wanted =
    'key' in command
      ? wanted.where('key', '=', blindKey(scope, query, command.key))
      : wanted.orderBy('stamp', 'desc').limit(sql.lit(command.limit))
  return (await wanted.execute()).map((row) => openPersonal(row, query.ports))
}

export async function commitPersonal(
  tx: Transaction,
  scope: TenantScope,
  write: Documents & { readonly command: WriteCommand },
): Promise<boolean> {
  const { command } = write
  if (command.act === 'remove') {
    await removePersonal(tx, scope, { ...write, key: command.key, expired: false })
    return true
  }
  const row = buildRow(scope, write, parseDocument(write, command.document))
  if (command.act === 'put') {
    await mergeAll(tx, 'personal_document', {
      rows: [row],
      key: ['tenant_id', 'collection_id', 'owner', 'key'],
      update: ['body', 'version', 'shape', 'stamp', 'expires_at', 'updated_at'],
    })
    return true
  }
  await removePersonal(tx, scope, { ...write, blind: row.key, expired: true })
  await insertNew(tx, 'personal_document', { rows: [row], key: 'key' })
  const there = await sqlOf<MessagingTables>(tx)
    .selectFrom('personal_document')
    .select('stamp')
    .where('tenant_id', '=', row.tenant_id)
    .where('collection_id', '=', row.collection_id)
    .where('owner', '=', row.owner)
    .where('key', '=', row.key)
    .executeTakeFirst()
  return there?.stamp === row.stamp
}

type Removal = Documents & ({ readonly key: string } | { readonly blind: string }) & { readonly expired: boolean }

async function removePersonal(tx: Transaction, scope: TenantScope, removal: Removal): Promise<void> {
  const blind = 'blind' in removal ? removal.blind : blindKey(scope, removal, removal.key)
  let removing = sqlOf<MessagingTables>(tx)
    .deleteFrom('personal_document')
    .where('tenant_id', '=', scope.tenantId)
    .where('collection_id', '=', idOf(removal))
    .where('owner', '=', removal.owner)
    .where('key', '=', blind)
  if (removal.expired) removing = removing.where('expires_at', '<=', removal.now)
  await removing.execute()
}

/** Erases everything that any plugin of this tenant keeps of a subscriber; how many documents there were. */
export async function eraseOwner(tx: Transaction, scope: TenantScope, owner: string): Promise<number> {
  const erased = await sqlOf<MessagingTables>(tx)
    .deleteFrom('personal_document')
    .where('tenant_id', '=', scope.tenantId)
    .where('owner', '=', owner)
    .executeTakeFirst()
  return Number(erased.numDeletedRows)
}

export function openPersonal(row: PersonalRow, { sealer }: Pick<Documents['ports'], 'sealer'>): Stored {
  return { document: decodeJson(sealer.open(placeOf(row), row.body)) as Slots, version: row.version }
}

export function sealPersonal(
  row: Omit<PersonalRow, 'body' | 'version'>,
  document: Slots,
  { sealer }: Pick<Documents['ports'], 'sealer'>,
): string {
  return sealer.seal(placeOf(row), encodeJson(document))
}

function buildRow(scope: TenantScope, write: Documents, document: Slots): PersonalRow {
  const declaration = getCollection(write)
  const row = {
    tenant_id: scope.tenantId,
    collection_id: idOf(write),
    owner: write.owner,
    key: blindKey(scope, write, buildKey(declaration.key, document)),
    version: declaration.version,
    shape: shapeOf(declaration),
    stamp: write.ports.ids.next(),
    expires_at: expiryOf(declaration, write.now),
    updated_at: write.now,
  }
  return { ...row, body: sealPersonal(row, document, write.ports) }
}

/** A key may say as much of a person as the document does: only its blind index is stored. */
function blindKey(scope: TenantScope, { ports, owner, ...ref }: Documents, key: string): string {
  return ports.keyring.blindIndex(scope.tenantId, 'document', [idOf(ref), owner, key].join('\u0000'))
}

function placeOf(row: Pick<PersonalRow, 'tenant_id' | 'collection_id' | 'owner' | 'key'>): SealPlace {
  const { tenant_id: tenant, collection_id: collection, owner, key } = row
  return { tenant, table: 'personal_document', column: 'body', row: `${collection}/${owner}/${key}` }
}
