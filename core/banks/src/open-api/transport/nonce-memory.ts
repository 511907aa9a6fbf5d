import type { Instant } from '@inthread/sdk/time'

const keptUs = 121_000_000
const maximum = 20_000

export interface NonceMemory {
  /** False when this nonce was seen before: a genuine old answer that somebody sends again. */
  remember(nonce: string, at: Instant): boolean
}

/**
 * Keeps the nonces of answers for as long as an answer counts as fresh: one that is older is refused for its age. It
 * lives in this process alone; what an answer says about our own reference is checked besides.
 */
export function openNonceMemory(): NonceMemory {
  const seen = new Map<string, Instant>()
  return {
    remember(nonce, at) {
      forgetOld(seen, at)
      if (seen.has(nonce)) return false
      seen.set(nonce, at)
      return true
    },
  }
}

/** A map keeps its members in order of arrival, so the old ones stand in front. */
function forgetOld(seen: Map<string, Instant>, at: Instant): void {
  for (const [nonce, seenAt] of seen) {
    if (at - seenAt <= keptUs && seen.size < maximum) return
    seen.delete(nonce)
  }
}
