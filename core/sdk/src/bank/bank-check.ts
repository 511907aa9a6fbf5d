import type { DoorRequest, HttpClient } from '../message/http.ts'
import type { Clock } from '../time.ts'

/**
 * What a connector needs to ask a live bank everything that it must do right before it may be connected. Money moves by
 * single minor units, from accounts of the given test number alone.
 */
export interface BankCheckPorts {
  readonly http: HttpClient
  readonly clock: Clock
  readonly nonce: () => string
  pause(durationMs: number): Promise<void>
  /** E.164, of a customer of the bank who may pay. Wrong codes are given for it at the end. */
  readonly phone: string
  /** E.164, of a customer whose accounts hold less than 100.00 each. */
  readonly poorPhone?: string
  /** The newest one-time code that this number was sent. Cases that need one are skipped without it. */
  readonly readCode?: (phone: string) => Promise<string | undefined>
  /** Moves the bank's test clock and the clock of these ports, forward. Without it time is waited for. */
  readonly advance?: (durationMs: number) => Promise<void>
  /** What only the test environment of a bank can do on demand. */
  readonly trouble?: BankTrouble
  /** Absent as long as nothing was delivered: a bank may leave its events to be fetched. */
  readonly pushes?: BankPushes | undefined
  /** Another client of the same bank, whose ids have to look as if they did not exist. */
  readonly other?: { readonly clientId: string; readonly signingKey: string }
}

export interface BankTrouble {
  /** The next request to this path is worked on for a second before it is answered. */
  slowDown(path: string): Promise<void>
  /** The next request to this path is carried out, and its answer never comes. */
  loseAnswer(path: string): Promise<void>
  /** The bank begins to sign with a new key. */
  rotateKeys?(): Promise<void>
}

/** What the bank has delivered to its door while it is asked. */
export interface BankPushes {
  list(): readonly DoorRequest[]
  /** The next delivery is answered with 503. */
  refuseNext(): void
}

export type BankCaseVerdict =
  | { readonly kind: 'passed' }
  /** Without anything personal: statuses, codes and names of members. */
  | { readonly kind: 'failed'; readonly expected: string; readonly got: string; readonly remedy: string }
  | { readonly kind: 'skipped'; readonly why: string }

export interface BankCaseResult {
  readonly id: string
  readonly title: string
  readonly rule: string
  readonly verdict: BankCaseVerdict
}

export interface BankCheckReport {
  /** No case failed, and more passed than were skipped. */
  readonly passed: boolean
  readonly cases: readonly BankCaseResult[]
}
