import { createHash } from 'node:crypto'
import type { DoorRequest, InboundReport } from '@inthread/sdk/channel'
import type { JsonObject } from '../../rcc07/rule.ts'
import { findHeader } from './read-field.ts'

type Leaf = string | number | boolean | null

export interface ReportIdentity {
  /** Whether nothing in the body tells two events apart, so that only the push itself can. */
  readonly byPush: boolean
}

/**
 * Makes the reader of one kind of notice about the account. These pushes carry no id of their own: the digest of the
 * body names them, together with the nonce where equal bodies can mean two events.
 */
export function buildReportReader(topic: string, { byPush }: ReportIdentity) {
  return (push: JsonObject, request: DoorRequest): readonly InboundReport[] => {
    const digest = createHash('sha256').update(request.body)
    if (byPush) digest.update(findHeader(request.headers, 'nonce') ?? '')
    const key = `${topic}#${digest.digest('hex')}`
    return [{ kind: 'report', key, topic, data: Object.fromEntries(leavesOf(push, '')) }]
  }
}

/** `{ messageId: ['a', 'b'] }` becomes `messageId.0` and `messageId.1`. Its depth was bounded when it was parsed. */
function leavesOf(value: unknown, name: string): readonly (readonly [string, Leaf])[] {
  if (isLeaf(value)) return [[name, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, name === '' ? key : `${name}.${key}`))
}

function isLeaf(value: unknown): value is Leaf {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}
