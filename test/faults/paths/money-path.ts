import type { BankBooks } from '../../kit/purchase.ts'
import type { Sandbox } from '../../kit/sandbox.ts'
import type { Street } from '../../kit/street.ts'
import type { Aftermath } from '../kit/aftermath.ts'
import type { Final, Mode } from '../kit/modes.ts'
import type { Sight } from './sights.ts'

/** What is judged: what was found, how often the customer did the same again, and the bank's books before it began. */
export interface Story extends Aftermath {
  readonly repeats: number
  readonly before: BankBooks
}

export type Judge = (mode: Mode, story: Story) => readonly string[]

export type PlaceName = 'rail' | 'bank' | 'insurer' | 'mall'

/** Something that the customer did before, or that was done to the whole street. */
export type Earlier =
  | { readonly opening: string; readonly sights: readonly Sight[]; readonly until: string }
  | ((sandbox: Sandbox) => Promise<void>)

/** One way on which money moves, as data: who does what, how the bank may behave, and what must have come of it. */
export interface MoneyPath {
  readonly name: string
  /** Where it is walked: the template that its worlds are made from. */
  readonly place: PlaceName
  /** Left out of the sample: its story is long. */
  readonly wholeOnly?: true
  readonly number: string
  /** What the customer says when there is nothing to answer. */
  readonly opening: string
  readonly sights: readonly Sight[]
  /**
   * How the customer came to where the story begins, which is the message with the words of `until`; nobody dies on
   * that way. Where something happens there, the customer says nothing and waits.
   */
  readonly before?: {
    readonly opening?: string
    readonly happens?: (sandbox: Sandbox) => Promise<void>
    readonly sights: readonly Sight[]
    readonly until: string
  }
  /** What has to have happened before that, one after the other; nobody dies there either. */
  readonly earlier?: readonly Earlier[]
  /** What the bank does by itself once the story has begun: then the customer waits instead of saying anything. */
  readonly happens?: (street: Street) => Promise<void>
  /** So much business time goes by when the customer has heard it: what would be told again late is told again then. */
  readonly afterwardsMs?: number
  readonly modes: readonly Mode[]
  /** The first point at which the bank's behaviour matters: until there every mode is the same story. */
  readonly handedOver: string
  readonly judge: Judge
  /** What is found when a client begins anew with each attempt; none where a used quote already keeps that out. */
  readonly control?: RegExp
}

/** Paths that begin at the same place, and share the template of their worlds. */
export interface PathGroup {
  readonly about: string
  readonly paths: readonly MoneyPath[]
}

/** What has to have come of it, as data, for {@link judgeBy}. */
export interface Due {
  /**
   * What customers' and merchants' accounts have more or less of when the bank has done it, by mask, by the client's
   * id, or `card` for a credit card; `a share` where chance decides how much. Nothing else of them has moved, and
   * nothing is left reserved.
   */
  readonly moves: Readonly<Record<string, bigint | 'a share'>>
  /** What the user is told, once. */
  readonly results: Readonly<Partial<Record<Final, string>>>
  /** Which of our rows it is about. */
  readonly kind: OrderKind | AskedKind | 'refund' | 'claim'
}

export interface OrderKind {
  readonly capability: string
  readonly operation: string
}

/** What nothing of ours remembers but the call itself. */
export interface AskedKind {
  /** The operation that is asked for, and the flow that asks. */
  readonly asked: string
  readonly within: string
}
