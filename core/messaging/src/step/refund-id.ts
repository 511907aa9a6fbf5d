import { deriveId } from '@inthread/store'

/** Names the refund that a run asked for at this visit: the letter that tells its end begins with it. */
export function refundIdOf(runId: string, visit: number): string {
  return deriveId(runId, 'refund', visit)
}
