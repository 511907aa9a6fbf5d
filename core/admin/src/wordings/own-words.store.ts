import { column, type Migration, type Reader, type TenantScope, type Transaction } from '@inthread/store'
import { insertAll, plus, sql, sqlOf } from '@inthread/store/sql'

const { count, instant, json, ref, table, text } = column

/** A tenant's own wording of one text of a plugin in one language, in all of its bots. */
export interface OwnTextRow {
  tenant_id: string
  plugin: string
  text: string
  locale: string
  source: string
  version: number
  updated_at: number
}

/** Expressions by which a tenant's users get into an intent, besides the plugin's own. */
export interface OwnIntentRow {
  tenant_id: string
  plugin: string
  intent: string
  /** By language, as JSON. */
  words: string
  version: number
  updated_at: number
}

interface OwnTables {
  own_text: OwnTextRow
  own_intent: OwnIntentRow
}

export const ownWordsMigrations: readonly Migration[] = [
  {
    id: 'admin.own-words',
    tables: [
      table(
        'own_text',
        {
          tenant_id: ref(),
          plugin: ref(),
          text: ref(),
          locale: ref(),
          source: text(),
          version: count(),
          updated_at: instant(),
        },
        { primary: ['tenant_id', 'plugin', 'text', 'locale'] },
      ),
      table(
        'own_intent',
        { tenant_id: ref(), plugin: ref(), intent: ref(), words: json(), version: count(), updated_at: instant() },
        { primary: ['tenant_id', 'plugin', 'intent'] },
      ),
    ],
  },
]

/** What a tenant says in its own words. */
export interface OwnWords {
  readonly texts: readonly OwnTextRow[]
  readonly intents: readonly OwnIntentRow[]
}

export async function readOwnWords(reader: Reader, scope: TenantScope): Promise<OwnWords> {
  const texts = await sqlOf<OwnTables>(reader)
    .selectFrom('own_text')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .orderBy('plugin')
    .orderBy('text')
    .orderBy('locale')
    .limit(sql.lit(10_000))
    .execute()
  const intents = await sqlOf<OwnTables>(reader)
    .selectFrom('own_intent')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .orderBy('plugin')
    .orderBy('intent')
    .limit(sql.lit(10_000))
    .execute()
  return { texts, intents }
}

export type TextName = Pick<OwnTextRow, 'plugin' | 'text' | 'locale'>

/**
 * Writes a row whose version has been read as `version`; false when it is another by now. With 0 there was none: a
 * fault `store.duplicate` when there is one by now.
 */
export async function saveOwnText(tx: Transaction, row: OwnTextRow): Promise<boolean> {
  if (row.version === 0) return insertAll(tx, 'own_text', [{ ...row, version: 1 }]).then(() => true)
  const changed = await sqlOf<OwnTables>(tx)
    .updateTable('own_text')
    .set({ source: row.source, updated_at: row.updated_at, version: plus(tx, 'version', 1) })
    .where('tenant_id', '=', row.tenant_id)
    .where('plugin', '=', row.plugin)
    .where('text', '=', row.text)
    .where('locale', '=', row.locale)
    .where('version', '=', row.version)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

export async function saveOwnIntent(tx: Transaction, row: OwnIntentRow): Promise<boolean> {
  if (row.version === 0) return insertAll(tx, 'own_intent', [{ ...row, version: 1 }]).then(() => true)
  const changed = await sqlOf<OwnTables>(tx)
    .updateTable('own_intent')
    .set({ words: row.words, updated_at: row.updated_at, version: plus(tx, 'version', 1) })
    .where('tenant_id', '=', row.tenant_id)
    .where('plugin', '=', row.plugin)
    .where('intent', '=', row.intent)
    .where('version', '=', row.version)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

/** What was the plugin's own says so again. */
export async function dropOwnText(
  tx: Transaction,
  scope: TenantScope,
  { plugin, text: name, locale, version }: TextName & { readonly version: number },
): Promise<boolean> {
  const dropped = await sqlOf<OwnTables>(tx)
    .deleteFrom('own_text')
    .where('tenant_id', '=', scope.tenantId)
    .where('plugin', '=', plugin)
    .where('text', '=', name)
    .where('locale', '=', locale)
    .where('version', '=', version)
    .executeTakeFirst()
  return dropped.numDeletedRows === 1n
}

/** With the plugin goes what was written for it. */
export async function eraseOwnWords(tx: Transaction, scope: TenantScope, plugin: string): Promise<number> {
  const db = sqlOf<OwnTables>(tx)
  let erased = 0n
  for (const name of ['own_text', 'own_intent'] as const) {
    const done = await db
      .deleteFrom(name)
      .where('tenant_id', '=', scope.tenantId)
      .where('plugin', '=', plugin)
      .executeTakeFirst()
    erased += done.numDeletedRows
  }
  return Number(erased)
}
