import type { ConversationRow } from '../src/schema/tables.ts'

/** A conversation in which nothing has happened yet. */
export function sampleConversation(id: string, change: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id,
    tenant_id: 'rail',
    bot_id: 'bot',
    subscriber_id: id,
    operator_id: 'ct',
    in_reply_to: null,
    out_seq: 0,
    secret_until: 0,
    stopped: 0,
    desk_case: null,
    lease_owner: '',
    lease_until: 0,
    fence: 0,
    last_owner: '',
    updated_at: 0,
    ...change,
  }
}
