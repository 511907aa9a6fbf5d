import type { DoorRequest } from '@inthread/sdk/bank'
import type { Kit } from './case.ts'
import { verifyNoticeSignature } from '../open-api/transport/notice-signature.ts'

/** The newest delivery of this event. */
export function findPush(pushes: readonly DoorRequest[], id: string): DoorRequest | undefined {
  return pushes.findLast(({ headers }) => headers['webhook-id'] === id)
}

/** `genuine`, or why it is not. */
export async function judgePush(push: DoorRequest, { courier, ports, webhookSecret }: Kit): Promise<string> {
  const { keys } = courier.parts
  return (await verifyNoticeSignature(push, ports.clock.now(), { keys, secret: webhookSecret })).kind
}
