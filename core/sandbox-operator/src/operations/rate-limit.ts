/** Counts calls within one second of system time. */
export interface RateLimit {
  /** False when `perSecond` calls were made already; 0 means there is no limit. */
  readonly take: (key: string, perSecond: number) => boolean
}

export function createRateLimit(now: () => number): RateLimit {
  const seen = new Map<string, { second: number; count: number }>()
  return {
    take: (key, perSecond) => {
      const second = Math.floor(now() / 1000)
      const known = seen.get(key)
      const entry = known?.second === second ? known : { second, count: 0 }
      seen.set(key, entry)
      entry.count += 1
      return perSecond === 0 || entry.count <= perSecond
    },
  }
}
