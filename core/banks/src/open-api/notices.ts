import type { BankOutcome, DoorRequest, Notice, NoticePage, NoticeVerdict } from '@inthread/sdk/bank'
import type { Clock } from '@inthread/sdk/time'
import { buildOutcome, type Reader } from './outcome.ts'
import { noticePageSchema, noticeSchema, type WireNotice } from './resources.ts'
import type { Exchange } from './transport/exchange.ts'
import { findJson } from './transport/json-body.ts'
import type { KeyRing } from './transport/key-ring.ts'
import { verifyNoticeSignature } from './transport/notice-signature.ts'

/** A full page of the thinnest events stays well below the largest answer that we read. */
const pageSize = '100'

export interface NoticePorts {
  readonly keys: KeyRing
  readonly secret: string | undefined
  readonly clock: Clock
}

/** Verifies what came in at the bank's door; nothing of the body is read before. */
export async function runVerifyNotice(ports: NoticePorts, request: DoorRequest): Promise<NoticeVerdict> {
  const check = await verifyNoticeSignature(request, ports.clock.now(), ports)
  if (check.kind !== 'genuine') return check
  const wire = noticeSchema.safeParse(findJson(request.body)?.value)
  if (!wire.success) return { kind: 'malformed' }
  // A withdrawn key shall not be believed for another 20 minutes.
  if (wire.data.type === 'keys.rotated') await ports.keys.renew()
  return { kind: 'genuine', notice: buildNotice(check.id, wire.data) }
}

/** The pull side. The cursor stays where it was when the bank has nothing newer. */
export async function runNotices(exchange: Exchange, after: string | undefined): Promise<BankOutcome<NoticePage>> {
  const query = { limit: pageSize, ...(after === undefined ? {} : { after }) }
  const answer = await exchange({ method: 'GET', path: ['v1', 'events'], query })
  const reader: Reader<typeof noticePageSchema, BankOutcome<NoticePage>> = {
    asked: 'reading',
    schema: noticePageSchema,
    read: ({ events, cursor, more }) => ({
      kind: 'done',
      value: { notices: events.map((event) => buildNotice(event.id, event)), cursor: cursor ?? after, more },
    }),
  }
  return buildOutcome(answer, reader)
}

/** Types are `<thing>.<what happened>`; of a thing without a state, what happened is all there is to know. */
function buildNotice(id: string, wire: WireNotice): Notice {
  const { type, data } = wire
  const happened = type.slice(type.lastIndexOf('.') + 1)
  const clientRef = data.clientRef ?? undefined
  const about = {
    ...(data.link === undefined ? {} : { link: data.link }),
    ...(data.date === undefined ? {} : { day: data.date }),
    ...(data.id === undefined ? {} : { ref: data.id }),
  }
  return { id, type, clientRef, version: data.version ?? 0, state: data.state ?? happened, ...about }
}
