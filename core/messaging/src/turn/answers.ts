import type { Reader, Transaction } from '@inthread/store'
import { commitDocument, readDocuments } from '../collection/documents.store.ts'
import { upgradeOf } from '../collection/keeper.ts'
import { commitHold, hasLocked, lockHolds, unlockHolds } from '../collection/holds.store.ts'
import { findGuest } from '../fold/guest-fold.ts'
import type { MessagingPorts } from '../ports.ts'
import type { Need, NeedAnswers, ReadNeed, WriteNeed } from '../fold/need.ts'
import type { TurnInput } from '../fold/turn.ts'

export interface Answering<N extends Need> {
  readonly need: N
  readonly input: TurnInput
  readonly ports: MessagingPorts
}

type Answer = NeedAnswers[Need['kind']]

/**
 * Outcomes after which no money moves any more: what a scene holds can run out again. With any other one it has moved,
 * may have, or is on its way, as with a loan that is signed and not yet paid out.
 */
export const freesHolds: ReadonlySet<string> = new Set(['declined', 'cancelled', 'expired'])

export async function answerRead(reader: Reader, { need, input, ports }: Answering<ReadNeed>): Promise<Answer> {
  if (need.kind === 'standing') return ports.desk.describe(reader, need.order)
  if (need.kind === 'locked') return hasLocked(reader, need.tenantId, need.holder)
  const { command, plugin } = need
  const owner = input.conversation.subscriber_id
  // No guest runs while a transaction is open: what it would have to upgrade then is left to the sweep.
  const upgrade = isTransaction(reader)
    ? undefined
    : upgradeOf(input.tenancy.scope, findGuest(input, plugin), command.from)
  const query = { plugin, collection: command.from, command, owner, now: input.now, ports }
  return readDocuments(reader, input.tenancy.scope, upgrade ? { ...query, upgrade } : query)
}

export async function answerWrite(tx: Transaction, { need, input, ports }: Answering<WriteNeed>): Promise<Answer> {
  const { desk } = ports
  switch (need.kind) {
    case 'write': {
      const { command } = need
      const owner = input.conversation.subscriber_id
      const write = { plugin: need.plugin, collection: command.to, owner, now: input.now, ports }
      return { written: await commitDocument(tx, input.tenancy.scope, { ...write, command }) }
    }
    case 'hold':
      return commitHold(tx, need.holder, need.command)
    case 'open': {
      const [opening = { kind: 'refused', reason: 'declined' }] = await desk.open(tx, [need.order])
      return opening
    }
    case 'allow':
      return desk.allow(tx, need.call)
    case 'refund':
      return desk.refund(tx, need.refund)
    case 'present':
      return desk.present(tx, need.order, { method: need.method, now: need.now })
    case 'consent':
      return desk.consent(tx, need.order, need.now)
    case 'commit': {
      const answer = await desk.commit(tx, need.order, need.now)
      if (answer.kind === 'accepted' && answer.moves !== false)
        await lockHolds(tx, need.order.scope.tenantId, need.holder)
      return answer
    }
    case 'refuse':
      return desk.refuse(tx, need.order, need.now)
    case 'unlock':
      await unlockHolds(tx, need.tenantId, need.holder)
      return undefined
    case 'close': {
      const outcome = await desk.close(tx, need.order, need.now)
      if (need.frees && freesHolds.has(outcome.name)) await unlockHolds(tx, need.order.scope.tenantId, need.holder)
      return outcome
    }
  }
}

function isTransaction(reader: Reader): boolean {
  return 'writes' in reader && reader.writes === true
}
