import { addMs, hours, seconds, type Instant } from '@inthread/sdk/time'
import type { Reader, Sealer, TenantScope } from '@inthread/store'
import { sql, sqlOf } from '@inthread/store/sql'
import { openItem } from '../inbox/item.ts'
import type { InboxRow, MessagingTables, RunRow } from '../schema/tables.ts'
import type { SimulatedAct } from '../simulate/act.ts'

/** What a stored thread's people and hosts did, as far as it may be done again. */
export interface StoredScript {
  readonly bot: string
  readonly startsAt: Instant
  readonly acts: readonly ScriptAct[]
  /** The thread is longer: only its latest part is here. */
  readonly shortened: boolean
}

/**
 * One act, or why there is none: said in confidence; said or tapped while the bank was asking, which is the bank's; an
 * answer of a host, which is not told again; nothing that a simulation can do.
 */
export type ScriptAct =
  | { readonly kind: 'act'; readonly at: Instant; readonly act: SimulatedAct }
  | { readonly kind: 'left'; readonly at: Instant; readonly why: 'confidence' | 'bank' | 'host' | 'other' }

type Dialogue = Pick<RunRow, 'id' | 'bank_id' | 'started_at' | 'ended_at' | 'told'>

/** Shorter pauses change nothing. */
const leastPauseMs = seconds(60)
/** A bank that says nothing is waited for so long. */
const undecidedMs = hours(31)

export interface ScriptQuery {
  readonly conversationId: string
  /** Acts at most. */
  readonly limit: number
  readonly sealer: Sealer
}

/** Undefined where there is no such conversation. */
export async function readScript(
  reader: Reader,
  scope: TenantScope,
  query: ScriptQuery,
): Promise<StoredScript | undefined> {
  const conversation = await sqlOf<MessagingTables>(reader)
    .selectFrom('conversation')
    .select(['bot_id'])
    .where('tenant_id', '=', scope.tenantId)
    .where('id', '=', query.conversationId)
    .executeTakeFirst()
  if (!conversation) return undefined
  const rows = await listItems(reader, scope, query)
  const dialogues = await listDialogues(reader, scope, query)
  const told = dialogues.flatMap(tellEnd)
  const acts = [...rows.flatMap((row) => tellItem(row, { dialogues, sealer: query.sealer })), ...told]
  const sorted = acts.toSorted((left, right) => left.at - right.at)
  const shown = withPauses(sorted).slice(-query.limit)
  const startsAt = addMs(shown[0]?.at ?? 0, -seconds(1))
  const shortened = rows.length >= query.limit || shown.length < sorted.length
  return { bot: conversation.bot_id, startsAt, acts: shown, shortened }
}

async function listItems(
  reader: Reader,
  scope: TenantScope,
  { conversationId, limit }: ScriptQuery,
): Promise<readonly InboxRow[]> {
  const rows = await sqlOf<MessagingTables>(reader)
    .selectFrom('inbox')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('conversation_id', '=', conversationId)
    .where('kind', 'in', ['message', 'effect', 'fetched'])
    .orderBy('id', 'desc')
    .limit(sql.lit(limit))
    .execute()
  return rows.toReversed()
}

/** The runs in which the bank spoke. */
function listDialogues(
  reader: Reader,
  scope: TenantScope,
  { conversationId, limit }: ScriptQuery,
): Promise<readonly Dialogue[]> {
  return sqlOf<MessagingTables>(reader)
    .selectFrom('run')
    .select(['id', 'bank_id', 'started_at', 'ended_at', 'told'])
    .where('tenant_id', '=', scope.tenantId)
    .where('conversation_id', '=', conversationId)
    .where('bank_id', 'is not', null)
    .orderBy('id', 'desc')
    .limit(sql.lit(limit))
    .execute()
}

/** How the bank's dialogue ended, by the name that its scene was told. What the bank said besides is not repeated. */
function tellEnd({ told, ended_at: at }: Dialogue): ScriptAct[] {
  if (told === '' || at === null) return []
  const ended: ScriptAct = { kind: 'act', at, act: { does: 'bank', answers: told } }
  return told === 'unknown' ? [ended, { kind: 'act', at, act: { does: 'waits', ms: undecidedMs } }] : [ended]
}

interface Telling {
  readonly dialogues: readonly Dialogue[]
  readonly sealer: Sealer
}

function tellItem(row: InboxRow, { dialogues, sealer }: Telling): ScriptAct[] {
  const body = openItem(sealer, { tenantId: row.tenant_id, itemId: row.id }, row)
  const at = row.received_at
  const left = (why: Extract<ScriptAct, { kind: 'left' }>['why']): ScriptAct[] => [{ kind: 'left', at, why }]
  if (!body) return row.kind === 'message' ? left('confidence') : []
  const bank = dialogues.some((run) => run.started_at < at && at <= (run.ended_at ?? Number.MAX_SAFE_INTEGER))
  switch (body.kind) {
    case 'message': {
      if (bank) return left('bank')
      const { content } = body
      if (content.kind === 'text') return [{ kind: 'act', at, act: { does: 'says', words: content.text } }]
      return content.kind === 'tap' ? [{ kind: 'act', at, act: { does: 'taps', label: content.label } }] : left('other')
    }
    case 'fetched':
      return body.answer.kind === 'answered'
        ? left('host')
        : [{ kind: 'act', at, act: { does: 'host', answer: body.answer } }]
    case 'effect':
      // What a dialogue asked its bank is part of the dialogue.
      if (dialogues.some(({ id }) => id === row.run_id)) return []
      return [{ kind: 'act', at, act: { does: 'bank', answers: body.outcome.name } }]
    default:
      return []
  }
}

/** Time passes as it did: reminders come, and questions run out. */
function withPauses(acts: readonly ScriptAct[]): readonly ScriptAct[] {
  return acts.flatMap((each, index): ScriptAct[] => {
    const before = acts[index - 1]
    const ms = before ? Math.floor((each.at - before.at) / 1000) - seconds(1) : 0
    return ms < leastPauseMs ? [each] : [{ kind: 'act', at: before?.at ?? each.at, act: { does: 'waits', ms } }, each]
  })
}
