import { tracked, type TrackedEnvelope } from '@trpc/server'
import type { KeyHolder } from '../keys/key-holder.ts'
import type { AdminPorts } from '../ports.ts'

/** Something that was not told before, and where whoever hears it is then. */
export interface News<T> {
  readonly id: string
  readonly data: T
}

/** What is new since it was last asked; often nothing. */
export type ReadNews<T> = () => Promise<readonly News<T>[]>

export interface Following {
  readonly ctx: {
    readonly holder: KeyHolder
    readonly ports: Pick<AdminPorts, 'live'>
    /** Throws as soon as whoever follows may do so no longer. */
    readonly assertStill: () => Promise<void>
  }
  readonly signal: AbortSignal | undefined
}

/** News come from any process, so that the database is asked for them. */
const pollMs = 1000
export const checkMs = 15_000
/** Then the client comes again, maybe to another process. */
export const atMostMs = 10 * 60_000

/**
 * Tells news as they come, until the client goes, the process stops, or the client's time is over. Holds nothing of the
 * database between two looks.
 */
export async function* follow<T>(
  { ctx, signal: client }: Following,
  read: ReadNews<T>,
): AsyncGenerator<TrackedEnvelope<T>, void> {
  const { live } = ctx.ports
  const { elapsedMs, pauseUntil } = live.timers
  const { signal, close } = live.open(ctx.holder, client)
  try {
    const begunMs = elapsedMs()
    let checkedMs = begunMs
    while (!signal.aborted && elapsedMs() - begunMs < atMostMs) {
      if (elapsedMs() - checkedMs >= checkMs) {
        await ctx.assertStill()
        checkedMs = elapsedMs()
      }
      for (const { id, data } of await read()) {
        if (signal.aborted) break
        yield tracked(id, data)
      }
      await pauseUntil(pollMs, signal)
    }
  } finally {
    close()
  }
  // A stream that returned would be over for its client; one that was broken off is taken up again.
  throw new DOMException('the stream is broken off', 'AbortError')
}
