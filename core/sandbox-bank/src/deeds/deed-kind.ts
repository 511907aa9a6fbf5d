import type { Static, TObject } from 'typebox'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import type { OperationName } from '../confirmations/operations.ts'
import type { Link } from '../customers/links.store.ts'
import type { CustomerLink } from '../customers/get-linked.ts'
import type { Account } from '../ledger/accounts.store.ts'
import type { FailureCode } from '../payments/failure.ts'
import type { Payee, Quote } from '../quotes/quotes.store.ts'
import type { ProblemCode } from '../transport/problem.ts'
import type { Deed } from './deeds.store.ts'

/** What a step does to a deed. What is left out stays; `dueAt` left out means that nothing more is due. */
export interface DeedChange<Facts = unknown> {
  readonly state?: string
  readonly facts?: Facts
  readonly dueAt?: number
  readonly failureCode?: string
  readonly amountMinor?: bigint
  readonly feeMinor?: bigint
  /** What the event calls it where that is not the state: `instalment_due` gives `loan.instalment_due`. */
  readonly event?: string
}

type Step<Facts> = (bank: Bank, deed: Deed<Facts>) => DeedChange<Facts>

/** POST <url>/{id}/<name>: something that may still be done with it. */
interface Action<Facts, B extends TObject> {
  readonly summary: string
  readonly body: B
  readonly problems: readonly ProblemCode[]
  /** Throws a Problem when the state does not allow it. */
  readonly run: (bank: Bank, deed: Deed<Facts>, body: Static<B>) => DeedChange<Facts>
}

interface DeedSpec<Facts> {
  /** Begins its events: `bill_payment` gives `bill_payment.settled`. */
  readonly thing: string
  /** Three letters its ids begin with. */
  readonly prefix: string
  readonly url: string
  /** Name in the document: `BillPayment` gives createBillPayment, getBillPayment, listBillPayments. */
  readonly name: string
  readonly states: readonly string[]
  /** What the states say about money that may have moved; `unknown` for those not named. */
  readonly outcomes: Readonly<Record<string, 'none' | 'done'>>
  /** Members of its own in the answer. */
  readonly view: TObject
  readonly render: (bank: Bank, deed: Deed<Facts>) => object
  /** What GET ?link= shows; the deeds that came by the link, if left out. */
  readonly listOf?: (bank: Bank, link: Link) => readonly Deed[]
  /** What the bank does by itself when it is due. */
  readonly step?: Step<Facts>
  /** What the sandbox may let happen to it, by name; throws a Problem when the state does not allow it. */
  readonly controls?: Readonly<Record<string, Step<Facts>>>
}

/** A kind of deed with the types of its parts forgotten. */
export type DeedKind = DeedSpec<unknown> & { readonly actions: Readonly<Record<string, Action<unknown, TObject>>> }

/** Everybody and everything there is when a customer's will is carried out. */
export interface CommitDesk<Body> {
  readonly bank: Bank
  readonly client: Client
  readonly link: CustomerLink
  /** The id the deed will have. */
  readonly id: string
  readonly clientRef: string
  /** What was confirmed: 0 where nothing is paid. */
  readonly amountMinor: bigint
  readonly payee: Payee
  /** Where the money comes from; absent for payer "none". */
  readonly account?: Account
  readonly quote?: Quote
  readonly confirmationId: string
  /** The `:id` in the address it was sent to. */
  readonly at?: string
  readonly body: Body
  readonly now: number
}

export interface Beginning<Facts> {
  readonly state: string
  readonly facts: Facts
  readonly dueAt?: number
  /** A refusal for business reasons: the deed is kept in this state, and the answer is the problem. */
  readonly refusal?: FailureCode
  readonly feeMinor?: bigint
  readonly parentId?: string
}

interface CommitSpec<Facts, B extends TObject> extends DeedSpec<Facts> {
  readonly summary: string
  /** Where the commit is sent, if not to the collection: may name what it is about as `:id`. */
  readonly postUrl?: string
  /** Whether a customer's link may be used to list it, too. */
  readonly listed?: true
  readonly ops: readonly OperationName[]
  /** Of its own, beside what every commit has. */
  readonly body: B
  /** The refusals of its own, beside those every commit has. */
  readonly problems: readonly ProblemCode[]
  /** Carries it out in the running transaction; throws a Problem to leave nothing behind. */
  readonly begin: (desk: CommitDesk<Static<B>>) => Beginning<Facts>
}

/** A kind of deed that a customer has to confirm. */
export interface CommitKind extends DeedKind {
  readonly summary: string
  readonly postUrl?: string
  readonly listed?: true
  readonly ops: readonly OperationName[]
  readonly body: TObject
  readonly problems: readonly ProblemCode[]
  readonly begin: (desk: CommitDesk<unknown>) => Beginning<unknown>
}

interface Acts<Facts> {
  readonly actions?: Readonly<Record<string, Action<Facts, TObject>>>
}

/** The books give back as facts what the kind wrote as facts. */
export function defineDeed<Facts>(spec: DeedSpec<Facts> & Acts<Facts>): DeedKind {
  const { step, controls, actions = {}, render, ...rest } = spec
  const known = (deed: Deed): Deed<Facts> => deed as Deed<Facts>
  const forget =
    (one: Step<Facts>): Step<unknown> =>
    (bank, deed) =>
      one(bank, known(deed))
  return {
    ...rest,
    render: (bank, deed) => render(bank, known(deed)),
    ...(step ? { step: forget(step) } : {}),
    controls: mapValues(controls ?? {}, forget),
    actions: mapValues(actions, (action) => ({
      ...action,
      run: (bank: Bank, deed: Deed, body: Static<TObject>) => action.run(bank, known(deed), body),
    })),
  }
}

export function defineCommit<Facts, B extends TObject>(spec: CommitSpec<Facts, B> & Acts<Facts>): CommitKind {
  const { summary, ops, body, problems, begin, postUrl, listed } = spec
  return {
    ...defineDeed(spec),
    ...{ summary, ops, body, problems },
    ...(postUrl === undefined ? {} : { postUrl }),
    ...(listed ? { listed } : {}),
    begin: (desk) => begin({ ...desk, body: desk.body as Static<B> }),
  }
}

/** An action with the type of its body known where it is written. */
export function defineAction<Facts, B extends TObject>(action: Action<Facts, B>): Action<Facts, TObject> {
  return { ...action, run: (bank, deed, body) => action.run(bank, deed, body as Static<B>) }
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
