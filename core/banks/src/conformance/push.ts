import type { BankCheckPorts } from '@inthread/sdk/bank'
import type { DoorRequest } from '@inthread/sdk/http'
import type { KeyRing } from '../open-api/transport/key-ring.ts'
import { verifyNoticeSignature } from '../open-api/transport/notice-signature.ts'

/** The newest delivery of this event. */
export function findPush(pushes: readonly DoorRequest[], id: string): DoorRequest | undefined {
  return pushes.findLast(({ headers }) => headers['webhook-id'] === id)
}

/** Why not, when it is not. */
export async function isGenuinePush(
  push: DoorRequest,
  { keys, ports }: { readonly keys: KeyRing; readonly ports: BankCheckPorts },
): Promise<string> {
  return (await verifyNoticeSignature(push, ports.clock.now(), keys)).kind
}
