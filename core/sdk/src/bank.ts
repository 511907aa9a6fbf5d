import type { z } from 'zod'
import type { BankCheckPorts, BankCheckReport } from './bank/bank-check.ts'
import type { DeclineReason } from './capability/payment.ts'
import type { WireJson } from './capability/bank-wire.ts'
import type { DoorRequest, HttpClient } from './message/http.ts'
import type { Money } from './money.ts'
import type { PaymentPayload } from './confirm.ts'
import type { Clock, Instant } from './time.ts'

export type * from './bank/bank-check.ts'
export type { DoorRequest, HttpClient, HttpRequest, HttpResponse, TlsIdentity } from './message/http.ts'

/**
 * A bank connector: the client of one kind of bank API. It touches bytes, an injected HTTP port and the connection's
 * own signing key; never a database, never a conversation.
 */
export interface BankDefinition<S extends z.ZodType = z.ZodType> {
  /** Named in a tenant definition: `"connector": "open-api"`. */
  readonly id: string
  readonly settings: S
  /** Paths of settings that are secrets and are written as `{ "secret": … }` in a definition. */
  readonly secrets: readonly string[]
  open(settings: z.infer<S>, ports: BankPorts): BankConnection
  /** Asks a live bank all that it must do right. A connector without it is taken at its word. */
  check?(settings: z.infer<S>, ports: BankCheckPorts): Promise<BankCheckReport>
}

export function defineBank<S extends z.ZodType>(definition: BankDefinition<S>): BankDefinition<S> {
  return Object.freeze(definition)
}

export interface BankPorts {
  readonly http: HttpClient
  readonly clock: Clock
  /** A fresh, unguessable name for each call; the bank remembers it against replays. */
  readonly nonce: () => string
}

/**
 * What a bank's answer means. `unknown` is a real state: no answer, a broken one, or one that says so. It is never
 * read as refused and never as done; whoever gets it asks again with the same key.
 */
export type BankOutcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'pending'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: DeclineReason }
  | { readonly kind: 'unknown'; readonly code: string }

/**
 * Every method resolves; none throws for what the bank or the network does. Keys are made and stored by the caller
 * first.
 */
export interface BankConnection {
  /** After a "not found" on our reference that is older than this, the request surely never arrived. */
  readonly notFoundIsFinalAfterMs: number
  profile(): Promise<BankOutcome<BankProfile>>
  link(request: LinkRequest): Promise<BankOutcome<BankLink>>
  methods(link: string): Promise<BankOutcome<readonly PayMethod[]>>
  challenge(request: ChallengeRequest): Promise<BankOutcome<Challenge>>
  answer(request: AnswerRequest): Promise<BankOutcome<Challenge>>
  /** How a challenge stands that is answered on the bank's own page. */
  findChallenge(ref: string): Promise<BankOutcome<Challenge>>
  submit(request: PaymentRequest): Promise<BankOutcome<PaymentView>>
  /** By our own reference. `not_found` is final only after {@link notFoundIsFinalAfterMs}. */
  query(clientRef: string): Promise<BankOutcome<PaymentView> | { readonly kind: 'not_found' }>
  /**
   * Any operation of the shared API, by its route. `done` carries the resource as the bank wrote it, whatever its
   * state: what that means is up to the capability that declares the route. `not_found` only for a search.
   */
  ask(request: BankAsk): Promise<BankOutcome<BankResource> | { readonly kind: 'not_found' }>
  /** Bank → platform. */
  verifyNotice(request: DoorRequest): Promise<NoticeVerdict>
  /** The pull side of the notices; `after` is the cursor of the last call. */
  notices(after: string | undefined): Promise<BankOutcome<NoticePage>>
  /** The public half of the connection's signing key, as a JWK with `kid`. */
  readonly publicKey: Readonly<Record<string, string>>
  /** Gives back a part of a payment, or all of it. The same key may be sent as often as it takes. */
  refund(request: RefundRequest): Promise<BankOutcome<RefundView>>
  /** By our own reference; `not_found` as for {@link query}. */
  findRefund(
    clientRef: string,
    path?: readonly string[],
  ): Promise<BankOutcome<RefundView> | { readonly kind: 'not_found' }>
  /** Tells the bank what a user allowed, or that they no longer do. */
  consent(request: ConsentRequest): Promise<BankOutcome<ConsentView>>
  withdrawConsent(request: ConsentWithdrawal): Promise<BankOutcome<ConsentView>>
  /** Whether a number is still held by whoever held it then. Only the carrier can tell, and only the bank may ask. */
  numberCheck(request: NumberCheckRequest): Promise<BankOutcome<NumberCheck>>
  /**
   * What the bank booked on a day (`YYYY-MM-DD`, in its own zone), whole and proved by its digest. `not_found`: it is
   * not ready.
   */
  statement(day: string): Promise<BankOutcome<Statement> | { readonly kind: 'not_found' }>
}

/** A request to the shared API, with everything that a path template stands for filled in. */
export interface BankAsk {
  /**
   * What the answer decides: nothing (`reading`), whether something was done (`acting`: codes that leave that open are
   * unknown), or whether something that was sent has arrived (`search`).
   */
  readonly asks: 'reading' | 'acting' | 'search'
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Segments below the bank's address, not yet percent-encoded. */
  readonly path: readonly string[]
  readonly query?: Readonly<Record<string, string>>
  /** For POST and PATCH: made and stored by the caller before the first try. */
  readonly key?: string
  readonly body?: { readonly [member: string]: WireJson | undefined }
}

/** As the bank wrote it; amounts are `{ value, currency }`, instants RFC 3339. */
export type BankResource = { readonly [member: string]: WireJson | undefined }

export interface BankProfile {
  readonly name: Readonly<Record<string, string>>
  readonly payee: Payee
  /** Where the bank's days begin and end; undefined when it does not say. */
  readonly zone?: string | undefined
  /** What users are asked to allow, in the bank's own words; none where it asks for nothing. */
  readonly consents?: readonly ConsentWording[]
}

/** One purpose, which a user can agree to or refuse on its own. */
export interface ConsentWording {
  readonly purpose: string
  readonly version: string
  readonly text: Readonly<Record<string, string>>
  /** Who gets the data. */
  readonly receiver: Readonly<Record<string, string>>
  readonly dataClasses: readonly string[]
  /** Counts only together with a confirmation that was made for it. */
  readonly signed: boolean
}

/** The tenant's own account at the bank, masked. */
export interface Payee {
  readonly id: string
  readonly name: string
  readonly account: string
}

export interface LinkRequest {
  readonly key: string
  /** E.164. */
  readonly phone: string
  readonly userRef: string
  /** In which the bank writes to the user: its codes, its pages, whom they pay. */
  readonly locale?: 'zh-CN' | 'en'
}

/** `none`: the number belongs to no customer of the bank who allowed paying by it. */
/** `none`: the number belongs to no customer; the bank may have a name for it all the same. */
export type BankLink =
  { readonly state: 'active'; readonly id: string } | { readonly state: 'none'; readonly id?: string | undefined }

export interface PayMethod {
  readonly id: string
  readonly label: Readonly<Record<string, string>>
  readonly mask: string
  readonly preferred: boolean
  /** `debit`, `credit`, or what the bank calls it. */
  readonly kind?: string | undefined
}

export interface ChallengeRequest {
  readonly key: string
  readonly clientRef: string
  readonly link: string
  readonly payload: PaymentPayload
  readonly payloadDigest: string
  readonly renderedDigest: string
  /** How surely the bank has to know the user; a code when left out. */
  readonly method?: 'code' | 'code+pin' | 'sim-shield'
}

export interface Challenge {
  readonly ref: string
  readonly state: 'pending' | 'verified' | 'locked' | 'expired' | 'used'
  /** Masked. */
  readonly destination: string
  readonly triesLeft: number
  readonly expiresAt: Instant
  /** The bank's own page, where it asks for what must not be typed into a message. */
  readonly page?: { readonly url: string; readonly expiresAt: Instant } | undefined
  /** How the bank makes sure of the user, where that is more than a code. */
  readonly method?: string | undefined
  /** Present once verified: the bank's token, bound to the payload's digest. */
  readonly authorisation: string | undefined
}

export interface AnswerRequest {
  readonly key: string
  readonly challenge: string
  readonly code: string
}

export interface PaymentRequest {
  /** Made and stored before the first attempt; every attempt of one order carries the same. */
  readonly key: string
  readonly clientRef: string
  readonly challenge: string
  readonly authorisation: string
  readonly payloadDigest: string
  readonly amount: Money
  readonly payeeId: string
  readonly link: string
  readonly method: string
  readonly purpose: string
}

export interface PaymentView {
  readonly bankRef: string
  readonly clientRef: string
  readonly state: 'processing' | 'succeeded' | 'failed'
  readonly version: number
  readonly amount: Money
  readonly payeeId: string
  /** Borne by the payee. */
  readonly fee: Money | undefined
  readonly failure: DeclineReason | undefined
}

/** `unverifiable`: the bank's keys cannot be read at the moment, so nobody can tell; the bank should send it again. */
export type NoticeVerdict =
  | { readonly kind: 'genuine'; readonly notice: Notice }
  | { readonly kind: 'forged' | 'stale' | 'malformed' | 'unverifiable' }

/** Thin: ids, state and version. Whoever needs more asks the bank. */
export interface Notice {
  readonly id: string
  readonly type: string
  readonly clientRef: string | undefined
  readonly version: number
  readonly state: string
  /** Of a notice about a user or a day: the bank's name of the user's link, and the day it speaks of. */
  readonly link?: string | undefined
  readonly day?: string | undefined
  /** The bank's name of what it speaks of. */
  readonly ref?: string | undefined
}

export interface NoticePage {
  readonly notices: readonly Notice[]
  readonly cursor: string | undefined
  readonly more: boolean
}

export interface RefundRequest {
  /** Made and stored before the first attempt; every attempt of one refund carries the same. */
  readonly key: string
  readonly clientRef: string
  /** The bank's name of the payment. */
  readonly payment: string
  readonly amount: Money
  readonly reason: string | undefined
  /** Segments of the address that it is sent to, where it is no refund of a payment. */
  readonly path?: readonly string[] | undefined
}

export interface RefundView {
  readonly bankRef: string
  readonly clientRef: string
  readonly state: 'processing' | 'succeeded' | 'failed'
  readonly version: number
  readonly amount: Money
  /** What the bank gives back to the payee of its own fee. */
  readonly fee: Money | undefined
}

/** What was shown and answered; the text itself stays with us, the bank gets its digest. */
export interface ConsentRequest {
  readonly key: string
  readonly clientRef: string
  readonly link: string
  readonly purpose: string
  readonly dataClasses: readonly string[]
  readonly receiver: string
  readonly textVersion: string
  readonly textSha256: string
  readonly grantedAt: Instant
}

export interface ConsentWithdrawal {
  readonly key: string
  /** The bank's name of the consent. */
  readonly consent: string
}

export interface ConsentView {
  readonly bankRef: string
  readonly state: string
  readonly version: number
}

export interface NumberCheckRequest {
  readonly key: string
  /** E.164. */
  readonly phone: string
  /** The last moment at which the number surely was our user's. */
  readonly since: Instant
}

/** A carrier that does not know says `unknown`: that is no "same". */
export interface NumberCheck {
  readonly result: 'same' | 'reassigned' | 'unknown'
}

export interface Statement {
  readonly day: string
  readonly sha256: string
  /** As the bank signed it, with its signature: what proves later whose word it was. */
  readonly head: string
  readonly lines: readonly StatementLine[]
}

/** One booking. A correction is a new line that names the old one. */
export interface StatementLine {
  readonly seq: number
  readonly bankRef: string
  readonly clientRef: string | undefined
  /** `payment`, `refund`, `fee`, `payout`, `loan_disbursement`, `repayment`, `return`, `adjustment`, or another. */
  readonly kind: string
  readonly amount: Money
  readonly valueDate: string
  readonly bookedAt: Instant
  readonly payerMask: string | undefined
  readonly payeeMask: string | undefined
  readonly status: string
  readonly reversalOf: string | undefined
}

export type { Clock, DeclineReason, Instant, Money, WireJson }
