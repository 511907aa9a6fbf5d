import type {
  Guest,
  GuestAdvance,
  GuestIntent,
  GuestReact,
  GuestRead,
  GuestUnderstand,
  GuestUpgrade,
} from '@inthread/messaging/ports'
import { defaultLimits, type Advance, type Limits, type Plugin, type Slots } from '@inthread/sdk/engine'
import { catalogue, Fault, faultCodeOf, isFault, type FaultCode } from '@inthread/sdk/fault'
import { encodeJson } from '@inthread/sdk/json'
import { highestLimits } from '@inthread/sdk/manifest'
import type { EventLog } from '../ports/log.ts'
import { checkAdvance } from './check/check-advance.ts'
import { checkDocument, checkIntent, checkWords } from './check/check-words.ts'
import { decodeAnswer } from './check/decode-answer.ts'
import { Refusal } from './check/refusal.ts'
import { GuestBreaker } from './guest-breaker.ts'
import type { GuestCall, GuestReply } from './guest-call.ts'
import type { GuestPool } from './guest-pool.ts'

/** A package that runs as a guest: what its manifest says, and its code as text. */
export interface GuestPackage {
  /** Restored from the manifest. */
  readonly plugin: Plugin
  readonly digest: string
  readonly bundle: string
}

export interface GuestTierParts {
  readonly pool: GuestPool
  readonly log: EventLog
  readonly elapsedMs: () => number
}

/** Guests of this process. A plugin that rests at a tenant goes on resting there, whatever the tenant's epochs. */
export class GuestTier {
  readonly #parts: GuestTierParts
  readonly #breakers = new Map<string, GuestBreaker>()

  constructor(parts: GuestTierParts) {
    this.#parts = parts
  }

  open(guestPackage: GuestPackage): Guest {
    const { id } = guestPackage.plugin.contract.declaration
    return new PooledGuest(guestPackage, {
      ...this.#parts,
      findBreaker: (tenantId) => this.#findBreaker(tenantId, { id, digest: guestPackage.digest }),
    })
  }

  #findBreaker(tenantId: string, { id, digest }: { readonly id: string; readonly digest: string }): GuestBreaker {
    const name = `${tenantId}/${digest}`
    const { log, elapsedMs } = this.#parts
    const onChange = (resting: boolean): void =>
      log.event(resting ? 'plugin.resting' : 'plugin.back', { tenant: tenantId, plugin: id })
    const breaker = this.#breakers.get(name) ?? new GuestBreaker({ elapsedMs, onChange })
    this.#breakers.set(name, breaker)
    return breaker
  }
}

interface PooledParts extends GuestTierParts {
  readonly findBreaker: (tenantId: string) => GuestBreaker
}

/** A package asks for limits. In this tier nobody gets more time and memory than is usual. */
function limitsOf(plugin: Plugin): Limits {
  const asked = { ...defaultLimits, ...plugin.contract.declaration.limits }
  return {
    stepMs: Math.min(asked.stepMs, defaultLimits.stepMs),
    heapBytes: Math.min(asked.heapBytes, defaultLimits.heapBytes),
    messagesPerTurn: Math.min(asked.messagesPerTurn, highestLimits.messagesPerTurn),
    callsPerRun: Math.min(asked.callsPerRun, highestLimits.callsPerRun),
    stateBytes: Math.min(asked.stateBytes, highestLimits.stateBytes),
  }
}

class PooledGuest implements Guest {
  readonly #package: GuestPackage
  readonly #parts: PooledParts
  readonly #limits: Limits

  constructor(guestPackage: GuestPackage, parts: PooledParts) {
    this.#package = guestPackage
    this.#parts = parts
    this.#limits = limitsOf(guestPackage.plugin)
  }

  advance({ tenantId, ...call }: GuestAdvance): Promise<Advance> {
    const check = { plugin: this.#package.plugin, limits: this.#limits, call }
    return this.#ask(tenantId, { kind: 'advance', ...call }, (answer) => checkAdvance(check, answer))
  }

  read({ tenantId, ...call }: GuestRead): Promise<unknown> {
    return this.#ask(tenantId, { kind: 'read', ...call }, checkWords)
  }

  /** The host checks the document against its schema, as it does with every other. */
  upgrade({ tenantId, ...call }: GuestUpgrade): Promise<Slots> {
    return this.#ask(tenantId, { kind: 'upgrade', ...call }, checkDocument)
  }

  react({ tenantId, ...call }: GuestReact): Promise<unknown> {
    return this.#ask(tenantId, { kind: 'react', ...call }, checkWords)
  }

  /** A sentence is read by every plugin of a bot: one that cannot has not understood it, and the others are asked. */
  async understand({ tenantId, ...call }: GuestUnderstand): Promise<GuestIntent | undefined> {
    const { plugin } = this.#package
    try {
      return await this.#ask(tenantId, { kind: 'understand', ...call }, (answer) => checkIntent(plugin, answer))
    } catch (error) {
      if (isGuestFault(error)) return undefined
      throw error
    }
  }

  /** Twice if need be: what failed once in a busy moment does not count. */
  #ask<T>(tenantId: string, call: GuestCall, check: (answer: unknown) => T): Promise<T> {
    const text = encodeJson(call)
    const askOnce = (): Promise<T> => this.#askOnce(tenantId, text, check)
    const again = (error: unknown): Promise<T> => (isGuestFault(error) ? askOnce() : Promise.reject(error))
    const rules = { isFailure: isGuestFault, proves: call.kind === 'advance' }
    return this.#parts.findBreaker(tenantId).guard(() => askOnce().catch(again), rules)
  }

  async #askOnce<T>(tenant: string, text: string, check: (answer: unknown) => T): Promise<T> {
    const { digest, bundle } = this.#package
    try {
      return check(openReply(await this.#parts.pool.run({ tenant, digest, bundle, text, limits: this.#limits })))
    } catch (error) {
      throw this.#tell(tenant, error)
    }
  }

  #tell(tenant: string, error: unknown): unknown {
    const { id } = this.#package.plugin.contract.declaration
    const refused = error instanceof Refusal ? { plugin: id, rule: error.rule } : undefined
    const fault = refused ? new Fault('guest.answer_refused', { data: refused, cause: error }) : error
    const reason = refused ? { reason: refused.rule } : {}
    if (isGuestFault(fault))
      this.#parts.log.event('guest.failed', { tenant, plugin: id, code: faultCodeOf(fault), ...reason })
    return fault
  }
}

function openReply(text: string): unknown {
  const reply = decodeAnswer(text) as GuestReply
  if ('failed' in reply) throw new Fault(codeOf(reply.failed))
  return reply.value
}

/** Only codes that the sdk's fold and its surroundings have: a guest does not choose what is written into our log. */
function codeOf(failed: unknown): FaultCode {
  if (failed === 'guest.memory') return failed
  const own = typeof failed === 'string' && failed.startsWith('flow.') && Object.hasOwn(catalogue, failed)
  return own ? (failed as FaultCode) : 'guest.threw'
}

/** What counts against the plugin: not that too many calls are waiting. */
function isGuestFault(error: unknown): boolean {
  return isFault(error) && (error.code.startsWith('guest.') || error.code.startsWith('flow.')) && !error.retryable
}
