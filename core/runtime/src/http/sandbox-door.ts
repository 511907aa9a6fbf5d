import type { FastifyInstance } from 'fastify'
import type { Instant } from '@inthread/sdk/time'
import { instantToIso } from '@inthread/sdk/time'
import { findDurationMs } from './duration.ts'
import { nothingHere, sendProblem } from './problem.ts'

export interface SandboxDoorParts {
  /** Moves the business clock of the whole sandbox: the bank's and the operator's first, then ours. */
  readonly advance: (durationMs: number) => Promise<Instant>
  /** Resolves when no step of the clock is under way. */
  readonly settled: () => Promise<unknown>
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
const longestMs = 400 * 86_400_000

/** What a tester may do to a sandbox, from this machine only. */
export async function openSandboxDoor(scope: FastifyInstance, { advance }: SandboxDoorParts): Promise<void> {
  scope.addHook('onRequest', async (request, reply) => {
    if (!loopback.has(request.ip)) return sendProblem(reply, 404, nothingHere)
    return undefined
  })
  scope.post('/sandbox/clock', async (request, reply) => {
    const durationMs = findDurationMs((request.body as { readonly advance?: unknown } | undefined)?.advance)
    if (durationMs === undefined || durationMs > longestMs) {
      return sendProblem(reply, 400, {
        detail: 'advance is milliseconds or a duration like "PT15M", forward only, at most 400 days',
        remedy: 'send {"advance":"PT15M"}',
      })
    }
    return { now: instantToIso(await advance(durationMs)) }
  })
}
