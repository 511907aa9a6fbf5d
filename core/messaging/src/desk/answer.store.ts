import {
  appendAudit,
  type Actor,
  type IdSource,
  type Reader,
  type TenantScope,
  type Transaction,
} from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import type { Clock } from '@inthread/sdk/time'
import type { CannedAnswerRow, MessagingTables } from '../schema/tables.ts'

/** More than anybody finds their way in. */
const answersAtMost = 1000

export type Answer = Pick<CannedAnswerRow, 'id' | 'title' | 'text' | 'version' | 'updated_at'>

/** The tenant's ready answers, by title. */
export function listAnswers(reader: Reader, scope: TenantScope): Promise<Answer[]> {
  return sqlOf<MessagingTables>(reader)
    .selectFrom('canned_answer')
    .select(['id', 'title', 'text', 'version', 'updated_at'])
    .where('tenant_id', '=', scope.tenantId)
    .orderBy('title')
    .orderBy('id')
    .limit(sql.lit(answersAtMost))
    .execute()
}

interface Changing {
  readonly actor: Actor
  readonly ports: { readonly ids: IdSource; readonly clock: Clock }
}

export interface AnswerDraft extends Changing {
  /** Undefined for a new one. */
  readonly id: string | undefined
  /** The version that was looked at: a change that somebody else made meanwhile is not overwritten. */
  readonly version: number
  readonly title: string
  readonly text: string
}

/** Its id. `full`: there are as many as there may be; `changed`: somebody else was quicker; `unknown`: it is gone. */
export async function saveAnswer(
  tx: Transaction,
  scope: TenantScope,
  draft: AnswerDraft,
): Promise<{ readonly id: string } | 'full' | 'changed' | 'unknown'> {
  const id =
    draft.id === undefined
      ? await insertAnswer(tx, scope, draft)
      : await updateAnswer(tx, scope, { ...draft, id: draft.id })
  if (id === 'full' || id === 'changed' || id === 'unknown') return id
  await audit(tx, scope, { id, action: 'desk.answer_saved', actor: draft.actor, ports: draft.ports })
  return { id }
}

async function insertAnswer(
  tx: Transaction,
  { tenantId }: TenantScope,
  { title, text, actor, ports }: AnswerDraft,
): Promise<string> {
  const db = sqlOf<MessagingTables>(tx)
  const there = await db
    .selectFrom('canned_answer')
    .select((eb) => eb.fn.countAll<number | bigint | string>().as('n'))
    .where('tenant_id', '=', tenantId)
    .executeTakeFirstOrThrow()
  if (Number(there.n) >= answersAtMost) return 'full'
  const id = ports.ids.next()
  const row = { tenant_id: tenantId, id, title, text, version: 1, updated_by: actor.id, updated_at: ports.clock.now() }
  await db.insertInto('canned_answer').values(row).execute()
  return id
}

async function updateAnswer(
  tx: Transaction,
  { tenantId }: TenantScope,
  { id, version, title, text, actor, ports }: AnswerDraft & { readonly id: string },
): Promise<string> {
  const db = sqlOf<MessagingTables>(tx)
  const { numUpdatedRows } = await db
    .updateTable('canned_answer')
    .set({ title, text, version: version + 1, updated_by: actor.id, updated_at: ports.clock.now() })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 1n) return id
  const found = await db
    .selectFrom('canned_answer')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return found ? 'changed' : 'unknown'
}

/** False when it is not there. */
export async function removeAnswer(
  tx: Transaction,
  scope: TenantScope,
  { id, ...changing }: Changing & { readonly id: string },
): Promise<boolean> {
  const { numDeletedRows } = await sqlOf<MessagingTables>(tx)
    .deleteFrom('canned_answer')
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) return false
  await audit(tx, scope, { id, action: 'desk.answer_removed', ...changing })
  return true
}

function audit(
  tx: Transaction,
  scope: TenantScope,
  { id, action, actor, ports }: Changing & { readonly id: string; readonly action: string },
): Promise<void> {
  const object = { kind: 'answer', id }
  return appendAudit(tx, [{ scope, actor, action, object }], { ids: ports.ids, now: ports.clock.now() })
}
