import { createHash } from 'node:crypto'
import type { ChannelProfile } from '@inthread/sdk/channel'
import type { Instant } from '@inthread/sdk/time'
import { createIdSource, Keyring, type IdSource } from '@inthread/store'
import type { ConversationRow, InboxRow } from '../../schema/tables.ts'
import type { OperatorAccount } from '../../tenancy/tenancy.ts'

const nobody = (): never => {
  throw new TypeError('a simulation sends nothing')
}

/** An account through which nothing can go out, whatever is asked of it. */
export function buildSilentOperator(botId: string, profile: ChannelProfile): OperatorAccount {
  const account = { verify: nobody, receive: nobody, send: nobody, publishMenu: nobody, probe: nobody }
  return { id: 'simulation', botId, account, profile, ratePerSecond: undefined }
}

/** What is sealed with it leaves no memory, and a button that it signs means nothing to anybody else. */
export function createOwnKeyring(seed: string): Keyring {
  const key = createHash('sha256').update(seed).digest()
  return new Keyring({ current: 'own', index: 'own', keys: { own: key } })
}

/** The same ids for the same acts: what follows from one follows again. */
export function createCountingIds(startsAt: Instant): IdSource {
  let count = 0
  const randomBytes = (length: number): Uint8Array => {
    const bytes = Buffer.alloc(length)
    bytes.writeUInt32BE((count += 1), length - 4)
    return bytes
  }
  return createIdSource({ nowMs: () => Math.floor(startsAt / 1000), randomBytes })
}

interface Place {
  readonly tenantId: string
  readonly botId: string
  readonly operatorId: string
}

export function openConversationRow(ids: IdSource, { tenantId, botId, operatorId }: Place): ConversationRow {
  return {
    id: ids.next(),
    tenant_id: tenantId,
    bot_id: botId,
    subscriber_id: ids.next(),
    operator_id: operatorId,
    in_reply_to: null,
    out_seq: 0,
    secret_until: 0,
    stopped: 0,
    desk_case: null,
    lease_owner: '',
    lease_until: 0,
    fence: 1,
    last_owner: '',
    updated_at: 0,
  }
}

interface NewItem {
  readonly id: string
  readonly kind: string
  readonly runId: string | undefined
  /** Of a letter: what it speaks of. */
  readonly about: string | undefined
}

export function buildItemRow({ id, kind, runId, about }: NewItem, conversation: ConversationRow): InboxRow {
  return {
    id,
    tenant_id: conversation.tenant_id,
    conversation_id: conversation.id,
    source: kind === 'message' ? conversation.operator_id : 'house',
    kind,
    key: about === undefined ? id : `${about}:${id}`,
    run_id: runId ?? null,
    reply_ref: null,
    body: '',
    body_key: '',
    state: 'new',
    case_id: null,
    received_at: 0,
    traceparent: null,
  }
}
