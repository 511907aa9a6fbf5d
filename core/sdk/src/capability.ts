import type { z } from 'zod'
import type { Money } from './money.ts'

/**
 * What an operation does to the world, and thereby which duties the core enforces.
 *
 * - `read`: deadline, cache rule, data class
 * - `quote`: a promise of the provider that expires
 * - `hold`: something kept for the user that expires and can be released
 * - `commit`: money or a contract moves: idempotency key, status query, a routed `unknown`, the user's confirmation
 *   bound to amount and payee, an audit record
 */
export type EffectClass = 'read' | 'quote' | 'hold' | 'commit'

export interface OperationDeclaration {
  readonly class: EffectClass
  readonly input: z.ZodType
  /**
   * Every way it can end, each with the schema of what comes with it. The set is closed: a caller routes all of them.
   */
  readonly outcomes: Readonly<Record<string, z.ZodType>>
  /** `confidential`: the operation may be given a reference to an answer that the platform never reads. */
  readonly confidential?: boolean
  /** How it is carried out at the bank. Without it the platform does it by means of its own. */
  readonly bank?: BankRoute
  /** `false` for a commit that asks nothing of the user, like giving money back: no dialogue is opened for it. */
  readonly dialogue?: false
  /** For a commit: what the card says that the user confirms. A payment's words when left out. */
  readonly confirm?: ConfirmDeclaration
  /** For a commit with an amount: how it stands in the book. Like a payment to the tenant when left out. */
  readonly book?: BookDeclaration
}

/**
 * Where the shared bank API carries an operation out, as data: a bank may publish an operation that the platform has
 * never heard of. The input is the body of a POST or PATCH, with amounts and instants in their wire forms; members
 * that the path names are taken out of it.
 */
export interface BankRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /**
   * Like `/v1/transfers/{transfer}/cancel`, with a query where one is needed: `/v1/accounts?link={link}`. Names in
   * braces stand for members of the input; `{link}` is the user's own link with the bank, which a POST also says in its
   * body.
   */
  readonly path: string
  /**
   * The outcome that each state of the answered resource stands for. Of a commit, `succeeded` and `declined` end the
   * order; any other outcome is told while the bank goes on, and a state that is not listed means just that.
   */
  readonly states?: Readonly<Record<string, string>>
  /** The outcome of an answer whose state is not listed, or that has none. Not for commits. */
  readonly otherwise?: string
  /** The outcome that a refusal stands for, by the bank's code. Every other refusal is `declined`. */
  readonly refusals?: Readonly<Record<string, string>>
  /** The answered resource lives on at the bank: the platform mirrors its state and tells the run of every change. */
  readonly product?: boolean
  /** The same user asks for the same only once, however often they tap. */
  readonly once?: OnceDeclaration
  /**
   * Also for a number that belongs to no customer: the bank keeps what is asked for until somebody is. Everything else
   * is `declined` as `not_linked` before the bank is asked.
   */
  readonly strangers?: boolean
  /** For a commit: where it is found by our reference, when that is not the path it was sent to. */
  readonly collection?: string
  /** For a commit: where what it moved is given back, when that is no refund of a payment. */
  readonly refunds?: RefundRoute
}

/**
 * What makes an acting operation one thing for each user: asked again, by another tap or another process, it goes to
 * the bank under the key and the reference that it had before, and is one product here. Not for commits, whose order is
 * their key.
 */
export interface OnceDeclaration {
  /** The members of the input that tell one from another, like `campaign`. */
  readonly per: readonly string[]
  /** The outcome that a state stands for where another run has asked for it already; as usual when left out. */
  readonly again?: Readonly<Record<string, string>>
}

/** Money that a merchant gives back of something else than a payment: to where it came from, and never in cash. */
export interface RefundRoute {
  /** `{payment}` stands for the bank's name of what was paid: `/v1/drawdowns/{payment}/refunds`. */
  readonly path: string
  /** Where a refund is found by our reference. */
  readonly collection: string
}

/**
 * Between which accounts of the memo book a commit moves money: `debit` gets more, `credit` gets less. Names in braces
 * stand for the order's own: `{user}`, `{tenant}`, `{bank}`, `{payee}`, `{order}`.
 */
export interface BookDeclaration {
  /** Spoken for when the order is handed over, and moved when the bank has done it. */
  readonly hold: AccountPair
  /** What follows at once when it is done. */
  readonly then?: AccountPair
}

export interface AccountPair {
  readonly debit: string
  readonly credit: string
}

/** The card that the user confirms is rendered by the platform alone, out of this and the stored order. */
export interface ConfirmDeclaration {
  /** What the bank calls it in the payload that the user's will is bound to, like `transfer`. */
  readonly op: string
  /** Title and button, per locale: `{ 'zh-CN': '确认转账', en: 'Confirm transfer' }`. */
  readonly title: Readonly<Record<string, string>>
  /**
   * `false` where no account of the user is charged; `credit` where only a credit card will do, `debit` where only an
   * account: nobody pays a debt with another.
   */
  readonly payer?: boolean | 'credit' | 'debit'
  /** `false` where nobody is paid, so that no payee is shown. */
  readonly payee?: boolean
  /**
   * Members of the input that the card says as rows of their own, with the words for each of their values: when money
   * that is sent later arrives.
   */
  readonly rows?: Readonly<Record<string, ConfirmRow>>
  /** How long the user may take before they confirm: an application takes longer than the 15 minutes of a payment. */
  readonly livesMs?: number
}

/** One row of the card, per locale. A value that is not listed is no row. */
export interface ConfirmRow {
  readonly label: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface CapabilityDeclaration {
  /** Published name, like `payment`. */
  readonly id: string
  readonly version: string
  /**
   * Who may call it: any plugin with a grant (`scene`), or only the plugin that provides the named capability's
   * dialogue (`dialogue`), because its operations need the user in front of the bank.
   */
  readonly audience: 'scene' | 'dialogue'
  readonly operations: Readonly<Record<string, OperationDeclaration>>
  /** Things that happen later by themselves, each with the schema of its data. A flow waits for them. */
  readonly events: Readonly<Record<string, z.ZodType>>
}

/**
 * Checks what the types cannot: that whatever may stay unanswered can end as `unknown`, and that a route names outcomes
 * that there are.
 */
export function defineCapability<const C extends CapabilityDeclaration>(declaration: C): C {
  for (const [name, operation] of Object.entries(declaration.operations)) {
    const place = `capability ${declaration.id}: the ${operation.class} ${name}`
    if ((operation.class === 'commit' || operation.bank) && !('unknown' in operation.outcomes))
      throw new TypeError(`${place} needs an outcome "unknown"`)
    for (const problem of listRouteProblems(operation)) throw new TypeError(`${place} ${problem}`)
  }
  return Object.freeze(declaration)
}

/** The operations that open a dialogue with the bank: the commits, but for those that ask nothing of the user. */
export function listDialogueOperations(capability: CapabilityDeclaration | undefined): readonly string[] {
  const operations = Object.entries(capability?.operations ?? {})
  return operations
    .filter(([, { class: effect, dialogue }]) => effect === 'commit' && dialogue !== false)
    .map(([name]) => name)
}

/** As it comes out of JSON: what is left out may be there as undefined. */
interface WrittenRoute {
  readonly method: BankRoute['method']
  readonly path: string
  readonly states?: Readonly<Record<string, string>> | undefined
  readonly otherwise?: string | undefined
  readonly refusals?: Readonly<Record<string, string>> | undefined
  readonly product?: boolean | undefined
  readonly once?:
    { readonly per: readonly string[]; readonly again?: Readonly<Record<string, string>> | undefined } | undefined
}

/** What is wrong with the route of an operation, in words that go on after its name. */
export function listRouteProblems(operation: {
  readonly class: EffectClass
  readonly outcomes: Readonly<Record<string, unknown>>
  readonly bank?: WrittenRoute | undefined
}): readonly string[] {
  const { bank, outcomes } = operation
  if (!bank) return []
  const named: string[] = bank.otherwise === undefined ? [] : [bank.otherwise]
  for (const routes of [bank.states, bank.refusals, bank.once?.again]) named.push(...Object.values(routes ?? {}))
  const strange = named.filter((outcome) => !Object.hasOwn(outcomes, outcome))
  const problems = strange.map((outcome) => `leads to the outcome "${outcome}", which it does not have`)
  if (!/^\/v1\/[a-z0-9{}/?&=_-]+$/i.test(bank.path)) problems.push(`has the path "${bank.path}": begin it with /v1/`)
  if (operation.class !== 'commit' && bank.otherwise === undefined)
    problems.push('has no outcome for states that are not listed: add "otherwise"')
  if (bank.once && (operation.class === 'commit' || bank.method !== 'POST' || !bank.product))
    problems.push('cannot be done once for each user: that is for a POST of a product that is no commit')
  if (bank.once?.per.length === 0) problems.push('says "once" of nothing: name a member of its input in "per"')
  if (!Object.hasOwn(outcomes, 'declined')) problems.push('needs an outcome "declined": the bank may refuse')
  return problems
}

/** One declared need of a plugin: the capability, the versions it can work with, and why, in the user's languages. */
export interface Need<C extends CapabilityDeclaration = CapabilityDeclaration, Optional extends boolean = boolean> {
  readonly capability: C
  readonly range: string
  readonly purpose: Readonly<Record<string, string>>
  readonly optional: Optional
  /** The most that the plugin itself will ever ask for. A tenant and the bank may allow less, never more. */
  readonly ceiling?: Ceiling
}

/** How much may move. Each that is left out is unlimited on this side; of all sides the smallest counts. */
export interface Ceiling {
  readonly perCall?: Money
  /** Of the whole plugin at one tenant, per day in the tenant's zone. */
  readonly perDay?: Money
  readonly perUserDay?: Money
  /** Calls per minute of the whole plugin at one tenant. */
  readonly perMinute?: number
}

interface NeedOptions {
  readonly range: string
  readonly purpose: Readonly<Record<string, string>>
  readonly ceiling?: Ceiling
}

/** The plugin cannot work without it. */
export function need<const C extends CapabilityDeclaration>(capability: C, options: NeedOptions): Need<C, false> {
  return { capability, ...options, optional: false }
}

/** The plugin can do without it: every call then also routes `unavailable`. */
export function want<const C extends CapabilityDeclaration>(capability: C, options: NeedOptions): Need<C, true> {
  return { capability, ...options, optional: true }
}
