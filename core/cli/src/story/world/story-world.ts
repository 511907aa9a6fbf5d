import type { AdminApi } from '@inthread/client'
import type { Message } from './sight.ts'
import type { Fault, Notice } from '../format/story-schema.ts'

export type Order = Awaited<ReturnType<AdminApi['orders']['get']['query']>>
export type Book = Awaited<ReturnType<AdminApi['orders']['book']['query']>>

/** Whose phone, and which chatbot it speaks with. */
export interface Speaking {
  readonly phone: string
  readonly bot: string
}

/** The bank’s own books, payments in the order of their making. */
export interface BankBooks {
  readonly payments: readonly {
    readonly id: string
    readonly state: string
    readonly amount: { readonly value: string; readonly currency: string }
    readonly failure?: { readonly code: string } | undefined
    readonly attempts: number
  }[]
  readonly transfers: readonly { readonly id: string; readonly kind: string; readonly cr: string }[]
  readonly accounts: readonly {
    readonly id: string
    readonly kind: string
    readonly mask: string | null
    readonly balanceMinor: string
    readonly heldMinor: string
  }[]
  readonly totals: Readonly<Record<string, string>>
}

/** What a story has to know of a tenant that is in force. */
export interface TenantFacts {
  readonly id: string
  readonly locale: string
  readonly timeZone: string
  readonly chatbots: readonly string[]
}

/** A sandbox that stories are played in: a platform, a bank and an operator. Refusals are thrown as `StoryError`. */
export interface StoryWorld {
  say(who: Speaking, text: string): Promise<void>
  tap(who: Speaking, button: { readonly messageId: string; readonly index: number }): Promise<void>
  /** The messages of the thread, the oldest first. */
  listMessages(who: Speaking): Promise<readonly Message[]>
  /** Labels of the fixed menu’s keys, by the index that a tap names them with. */
  listMenu(bot: string): Promise<readonly string[]>
  /** The codes the bank has sent to a phone, the newest first. */
  listCodes(phone: string): Promise<readonly { readonly code: string; readonly state: string }[]>
  /** The business time after moving it forward. */
  advance(duration: string | number): Promise<Date>
  setFault(fault: Fault): Promise<void>
  /** Of one party, or of both. */
  clearFaults(at?: Fault['at']): Promise<void>
  setAccountState(accountId: string, state: 'open' | 'frozen'): Promise<void>
  forceStatus(messageId: string, notice: Extract<Notice, { at: 'operator' }>): Promise<void>
  readBank(): Promise<BankBooks>
  findTenant(id: string): Promise<TenantFacts | undefined>
  /** Applies a definition and answers with the tenant’s id. */
  applyDefinition(path: string): Promise<string>
  findOrder(tenant: string, number: string): Promise<Order | undefined>
  readBook(tenant: string): Promise<Book>
}

/**
 * Why a story cannot go on. `environment`: something is not running or not as the story was given; `refused`: a
 * sandbox did not take what the story does.
 */
export class StoryError extends Error {
  readonly kind: 'environment' | 'refused'

  constructor(kind: StoryError['kind'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StoryError'
    this.kind = kind
  }
}
