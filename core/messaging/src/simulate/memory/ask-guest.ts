import type { TenantScope } from '@inthread/store'
import type { GuestNeed, NeedAnswers } from '../../fold/need.ts'
import { answerGuest } from '../../turn/guest-answers.ts'

/**
 * Under this name a tenant's simulations wait for guests: beside its users and not before them, and what fails there
 * lets the plugin rest in simulations alone.
 */
export function guestLineOf({ tenantId }: TenantScope): string {
  return `simulate:${tenantId}`
}

export interface GuestTimes {
  elapsedMs(): number
  /** Told how long a guest was waited for: it computes elsewhere. */
  spend(ms: number): void
}

export async function askGuest(
  need: GuestNeed,
  scope: TenantScope,
  times: GuestTimes,
): Promise<NeedAnswers[GuestNeed['kind']]> {
  const beganMs = times.elapsedMs()
  try {
    return await answerGuest(moveLine(need, guestLineOf(scope)))
  } finally {
    times.spend(times.elapsedMs() - beganMs)
  }
}

function moveLine(need: GuestNeed, tenantId: string): GuestNeed {
  switch (need.kind) {
    case 'advance':
      return { ...need, call: { ...need.call, tenantId } }
    case 'words':
      return { ...need, call: { ...need.call, tenantId } }
    case 'sentence':
      return { ...need, call: { ...need.call, tenantId } }
    case 'reaction':
      return { ...need, call: { ...need.call, tenantId } }
  }
}
