import type { Transaction } from '@inthread/store'
import { insertNew } from '@inthread/store/sql'
import type { TurnDraft } from '../fold/draft.ts'
import { sealItem } from '../inbox/item.ts'
import type { RowSetting } from './rows.ts'

/** Entries for guests become an inbox item of the conversation, in the transaction in which they arose. */
export async function commitDeferred(
  tx: Transaction,
  drafts: readonly TurnDraft[],
  { sealer }: Pick<RowSetting, 'sealer'>,
): Promise<void> {
  const rows = drafts
    .filter((draft) => draft.deferred.length > 0)
    .map(({ input: { conversation, item, span, now }, deferred }) => {
      const id = followId(item.id)
      const place = { tenantId: conversation.tenant_id, itemId: id }
      return {
        id,
        tenant_id: conversation.tenant_id,
        conversation_id: conversation.id,
        source: 'house',
        kind: 'entry',
        key: item.id,
        run_id: null,
        reply_ref: item.reply_ref,
        ...sealItem(sealer, place, { kind: 'entry', entries: deferred }),
        state: 'new',
        received_at: now,
        traceparent: span.traceparent,
      }
    })
  if (rows.length > 0) await insertNew(tx, 'inbox', { rows, key: 'id' })
}

/**
 * The id of the item that goes on where another one stopped: of the same moment, and before everything else that waits
 * in the conversation, so that a user's next message finds the runs where they belong. Ids of items are `…-7nnn-…`;
 * these are `…-6nnn-…`, counting on along the chain.
 */
export function followId(id: string): string {
  const chained = id[14] === '6' ? Number.parseInt(id.slice(15, 18), 16) + 1 : 0
  return `${id.slice(0, 14)}6${Math.min(chained, 0xfff).toString(16).padStart(3, '0')}${id.slice(18)}`
}
