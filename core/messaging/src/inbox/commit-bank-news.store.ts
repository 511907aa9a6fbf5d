import type { ListenDeclarations, Slots } from '@inthread/sdk/engine'
import type { TenantScope, Transaction } from '@inthread/store'
import { sqlOf } from '@inthread/store/sql'
import type { MessagingPorts } from '../ports.ts'
import { traceLetters } from '../letter/trace-letters.ts'
import type { MessagingTables } from '../schema/tables.ts'
import type { Bot, Tenancy } from '../tenancy/tenancy.ts'
import { commitInternal, conversationIdOf, type InternalItem } from './accept.store.ts'

/** What plugins write into `listens` to hear of what happens at the bank; no plugin is called so. */
const bankSource = 'bank'

/** News of a user that a bank told by itself: thin, so that whoever acts on it asks the bank first. */
export interface BankNews {
  readonly scope: TenantScope
  readonly subscriberId: string
  readonly key: string
  readonly event: string
  readonly data: Slots
}

/**
 * Starts what listens, in every conversation that the user has with a bot of the tenant. It begins once nobody is in
 * the middle of anything there, and at once where it listens to something urgent. Gives those conversations.
 */
export async function commitBankNews(
  tx: Transaction,
  { tenancy, news }: { readonly tenancy: Tenancy; readonly news: BankNews },
  ports: Pick<MessagingPorts, 'ids' | 'sealer' | 'clock' | 'traces'>,
): Promise<readonly string[]> {
  const items = [...tenancy.bots.values()].flatMap((bot) => buildItems(bot, news))
  if (items.length === 0) return []
  const known = await sqlOf<MessagingTables>(tx)
    .selectFrom('conversation')
    .select('id')
    .where('tenant_id', '=', news.scope.tenantId)
    .where(
      'id',
      'in',
      items.map(({ conversationId }) => conversationId),
    )
    .execute()
  const conversations = new Set(known.map(({ id }) => id))
  const told = items.filter(({ conversationId }) => conversations.has(conversationId))
  await commitInternal(tx, traceLetters(told, ports.traces), ports)
  return [...conversations]
}

function buildItems(bot: Bot, { scope, subscriberId, key, event, data }: BankNews): InternalItem[] {
  const conversationId = conversationIdOf(scope, bot.id, subscriberId)
  return bot.installations.flatMap(({ plugin }) => {
    const { id, listens = {} } = plugin.contract.declaration as { id: string; listens?: ListenDeclarations }
    const fitting = Object.entries(listens).filter(
      ([, heard]) => heard.plugin === bankSource && heard.event === event && heard.data.safeParse(data).success,
    )
    return fitting.map(([alias]) => ({
      ...{ scope, conversationId, runId: undefined, key: `${key}:${id}:${alias}` },
      body: { kind: 'event', plugin: id, alias, data, causes: [] },
    }))
  })
}
