import type { PaymentView, RefundView } from '@inthread/sdk/bank'
import { bills, consumerLoan, points } from '@inthread/sdk/capabilities'
import type { Money } from '@inthread/sdk/money'
import type { Judgement } from '../../src/orders/judge.ts'
import type { OrderName } from '../../src/orders/order.store.ts'
import type { RefundJudgement } from '../../src/refunds/judge-refund.ts'
import { commitRefundJudgement } from '../../src/refunds/settle-refund.store.ts'
import type { RefundRow } from '../../src/schema/book-tables.ts'
import { paymentOf, type Books } from '../books.ts'
import { askRefund, refundRow, refundViewOf } from '../refunding.ts'
import { submitRouted } from '../routed.ts'
import type { Capability, Word } from './drawn.ts'

export type Member =
  | { readonly kind: 'order'; readonly id: string; readonly name: OrderName; readonly capability: Capability }
  | { readonly kind: 'refund'; readonly id: string; readonly refund: RefundRow; readonly name: OrderName }

export const money = (amountMinor: bigint, currency = 'CNY'): Money => ({ amountMinor, currency })
const paid = 12_800n
/** What points are worth to the merchant, beside. */
const worth = 2000n

/** The orders and refunds of a story. */
export class Cast {
  readonly members: Member[] = []
  readonly #books: Books
  #version = 2

  constructor(books: Books) {
    this.#books = books
  }

  async open(capability: Capability): Promise<Member> {
    const name = await this.#submit(capability)
    const member = { kind: 'order', id: name.orderId, name, capability } as const
    this.members.push(member)
    return member
  }

  #submit(capability: Capability): Promise<OrderName> {
    if (capability === 'loan') return submitRouted(this.#books, consumerLoan.operations.finance)
    if (capability === 'bill') return submitRouted(this.#books, bills.operations.pay)
    if (capability === 'payment') return this.#books.submitted()
    const counted = { points: { minor: '2000' }, worth: { minor: worth.toString(), currency: 'CNY' } }
    return submitRouted(this.#books, points.operations.pay, { counted })
  }

  /** Whatever the bank says of it now is a later word than any before. */
  async say(member: Member, word: Word): Promise<void> {
    this.#version += 1
    if (member.kind === 'order') {
      await this.#books.settle(member.name, this.#judge(member, word))
      return
    }
    const settling = { refund: member.refund, submitted: false, notFoundIsFinalAfterMs: 0 }
    const judgement = this.#judgeRefund(member.refund, word)
    await this.#books.ground.store.write('settle', (tx) =>
      commitRefundJudgement(tx, { ...settling, judgement }, this.#books.ports),
    )
  }

  #judge({ id, name }: Member, { word, fee, less }: Word): Judgement {
    if (word === 'failed') return { kind: word, reason: 'declined', code: 'no' }
    if (word === 'unknown') return { kind: word, code: 'no_answer' }
    const fees = fee === undefined ? undefined : money(fee)
    const view = paymentOf(name, { version: this.#version, fee: fees, bankRef: `pay_${id}` })
    if (word === 'succeeded' || word === 'pending') return { kind: word, view }
    const others: Readonly<Record<typeof word, Partial<PaymentView>>> = {
      'other amount': { amount: money(less ? 10_000n : 15_000n) },
      'other currency': { amount: money(paid, 'USD') },
      'other payee': { payeeId: 'else' },
    }
    return { kind: 'mismatch', view: { ...view, ...others[word] } }
  }

  #judgeRefund(refund: RefundRow, { word, fee, less }: Word): RefundJudgement {
    if (word === 'failed' || word === 'other payee') return { kind: 'failed', reason: 'declined', code: 'no' }
    if (word === 'unknown') return { kind: word, code: 'no_answer' }
    const fees = fee === undefined ? undefined : money(10n)
    const view = refundViewOf(refund, { version: this.#version, fee: fees, bankRef: `rfd_${refund.id}` })
    if (word === 'succeeded' || word === 'pending') return { kind: word, view }
    const amount: RefundView['amount'] =
      word === 'other amount' ? money(less ? 1500n : 4000n) : money(refund.amount_minor, 'USD')
    return { kind: 'mismatch', view: { ...view, amount } }
  }

  async giveBack({ kind, name }: Member, amountMinor: bigint | undefined): Promise<void> {
    if (kind !== 'order') return
    const amount = amountMinor === undefined ? undefined : money(amountMinor)
    const opening = await askRefund(this.#books, name, { amount })
    if (opening.kind !== 'opened') return
    this.members.push({ kind: 'refund', id: opening.refund.id, refund: opening.refund, name })
  }

  async read(member: Member): Promise<Standing> {
    if (member.kind === 'refund') {
      const { state, task, fee_minor: feeMinor } = await refundRow(this.#books, member.refund)
      return { state: state === 'processing' && task === null ? 'conflicted' : state, feeMinor: feeMinor ?? 0n }
    }
    const { state, fee_minor: feeMinor } = await this.#books.row(member.name)
    return { state, feeMinor: feeMinor ?? 0n }
  }
}

export interface Standing {
  readonly state: string
  readonly feeMinor: bigint
}

/** What a line about it says when it agrees. */
export function exactOf(member: Member | undefined, kind: string): bigint {
  if (kind === 'fee') return member?.kind === 'refund' ? 10n : 77n
  if (member?.kind === 'refund') return member.refund.amount_minor
  return member?.capability === 'points' ? paid + worth : paid
}
