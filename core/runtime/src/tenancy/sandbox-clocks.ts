import type { HttpClient } from '@inthread/sdk/channel'
import { Fault } from '@inthread/sdk/fault'
import type { Instant } from '@inthread/sdk/time'
import type { Store } from '@inthread/store'
import type { BusinessClock } from '../ports/clock.ts'
import { callSandbox, type SandboxParts } from './sandbox-client.ts'

export interface ClockParts {
  readonly store: Store
  readonly clock: BusinessClock
  readonly sandbox: () => SandboxParts
}

/** A year at once is a year of statements and dues, and the machine may be busy meanwhile. */
const stepMs = 60_000

/**
 * The sandbox's bank and operator live in the same time as the platform: none of them is left behind another. Where
 * they go is named as a whole and not as a step, because a platform that was killed between two of them would count a
 * step twice, or leave one of them in the past, where no signature is valid.
 */
export class SandboxClocks {
  readonly #parts: ClockParts
  #moved: Promise<unknown> = Promise.resolve()

  constructor(parts: ClockParts) {
    this.#parts = parts
  }

  /** Brings them together, should an end in between have left them apart. */
  align(): Promise<Instant> {
    return this.#move(0)
  }

  /** One step after another: two at once are both taken. */
  advance(durationMs: number): Promise<Instant> {
    const next = this.#moved.then(() => this.#step(durationMs))
    this.#moved = next.catch(() => undefined)
    return next
  }

  /** Resolves when no step is under way. */
  settled(): Promise<unknown> {
    return this.#moved
  }

  /** A step that failed may have been taken by some of them: the others follow. */
  async #step(durationMs: number): Promise<Instant> {
    const { store, clock } = this.#parts
    await clock.follow(store)
    const wantedMs = clock.offsetMs + durationMs
    try {
      return await this.#move(durationMs)
    } catch (error) {
      const now = await this.align()
      if (clock.offsetMs >= wantedMs) return now
      throw error
    }
  }

  async #move(durationMs: number): Promise<Instant> {
    const { store, clock, sandbox } = this.#parts
    await clock.follow(store)
    return clock.moveTo(store, await alignClocks(clock.offsetMs + durationMs, sandbox()))
  }
}

/** To at least this offset. Resolves to the one that all of them have then. */
async function alignClocks(offsetMs: number, parts: SandboxParts): Promise<number> {
  const clocks = listClocks(parts)
  const offsets = await Promise.all(clocks.map((url) => advanceClock(parts.http, url, 0)))
  const wantedMs = Math.max(offsetMs, ...offsets)
  for (const [index, url] of clocks.entries()) {
    const behindMs = wantedMs - (offsets[index] ?? 0)
    if (behindMs > 0) await advanceClock(parts.http, url, behindMs)
  }
  return wantedMs
}

/** The bank's first: what is due there happens before anybody asks about it. */
function listClocks({ bank, operator }: SandboxParts): string[] {
  const ofBank = bank === undefined ? [] : [`${bank}/v1/simulations/clock`]
  return operator === undefined ? ofBank : [...ofBank, `${operator}/sandbox/clock`]
}

/** The offset after it. */
async function advanceClock(http: HttpClient, url: string, advance: number): Promise<number> {
  const answer = await callSandbox(http, 'POST', { url, body: { advance }, deadlineMs: stepMs })
  const { offsetMs } = JSON.parse(answer) as { readonly offsetMs?: unknown }
  if (typeof offsetMs === 'number') return offsetMs
  throw new Fault('sandbox.refused', { data: { reason: 'a clock without an offset' } })
}
