import type { DeliveryState, InboundDelivery } from '@inthread/sdk/channel'
import type { JsonObject } from '../../rcc07/rule.ts'
import { findId, readId, readList, readObject, readText } from './read-field.ts'

/** `deliveredToNetwork`: the phone took no chat message, the network delivered its text as an SMS. */
const states: ReadonlyMap<string, DeliveryState> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['displayed', 'displayed'],
  ['deliveredtonetwork', 'fallback_sent'],
  ['failed', 'failed'],
  ['revokeok', 'revoked'],
  ['revokefail', 'revoke_failed'],
])

const reasons: ReadonlyMap<string, string> = new Map([
  ['1', 'no_terminal'],
  ['2', 'not_a_5g_messaging_user'],
  ['3', 'illegal_content'],
  ['4', 'offline'],
  ['5', 'rejected'],
  ['6', 'invalid_content'],
])

/**
 * One item per entry, in the order given; states may come in any order and any number of times. Entries with a status
 * that we don't know are passed over, so that a new word of the operator does not hold up the known ones.
 */
export function readDeliveries(push: JsonObject): readonly InboundDelivery[] {
  const entries = readList(push['deliveryInfoList'], '/deliveryInfoList')
  const items = entries.map((entry, index) => readDelivery(entry, `/deliveryInfoList/${index}`))
  const byKey = new Map(items.flatMap((item) => (item ? [[item.key, item]] : [])))
  return [...byKey.values()]
}

function readDelivery(value: unknown, place: string): InboundDelivery | undefined {
  const entry = readObject(value, place)
  const messageRef = readId(entry['messageId'], `${place}/messageId`)
  const status = readText(entry['status'], `${place}/status`).toLowerCase()
  const code = findId(entry['errorCode'], `${place}/errorCode`)
  const state = states.get(status)
  if (!state) return undefined
  const key = [messageRef, status, code].filter((part) => part !== undefined).join('#')
  return { kind: 'delivery', key, messageRef, state, reason: state === 'failed' ? reasonOf(code) : undefined }
}

/** The operator's own sentence is left out: nobody promises what stands in it. */
function reasonOf(code: string | undefined): string {
  return reasons.get(code ?? '') ?? `operator.${code ?? 'no_code'}`
}
