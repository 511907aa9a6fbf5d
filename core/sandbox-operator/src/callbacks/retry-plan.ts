/** 0.5 s, 2 s, 5 s, 15 s, then every 30 s, ten minutes in all. */
export const defaultRetryDelaysMs: readonly number[] = [500, 2000, 5000, 15_000, ...Array<number>(19).fill(30_000)]

/** While a push is younger than this, a retry repeats its nonce and timestamp: receivers take it for the same push. */
export const nonceLifeMs = 240_000

/** The pause before the next try after `tries` failed ones; undefined when it is time to give up. */
export function findRetryDelayMs(plan: readonly number[], tries: number): number | undefined {
  return plan[tries - 1]
}
