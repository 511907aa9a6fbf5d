import type { StatementLine } from '@inthread/sdk/bank'
import type { Member } from './cast.ts'
import { exactOf, money } from './cast.ts'
import type { DrawnLine } from './drawn.ts'

type StatedLine = Partial<StatementLine> & Pick<StatementLine, 'bankRef' | 'kind' | 'amount' | 'status'>

export interface Line {
  readonly member: Member | undefined
  readonly line: StatedLine
  /** Whether it takes something back, by what the bank means. */
  readonly back: boolean
}

/** What the bank has stated for good, and what it comes to. */
export class Stated {
  readonly lines: Line[] = []
  #count = 0

  build({ about, kind: drawn, size, currency, status, names }: DrawnLine, members: readonly Member[]): Line {
    const isPayout = drawn === 'payout'
    const member = isPayout ? undefined : members[about]
    const kind = member?.kind === 'refund' && (drawn === 'payment' || drawn === 'adjustment') ? 'refund' : drawn
    const exact = exactOf(member, kind)
    const sizes = { exact, less: (exact * 2n) / 3n + 1n, more: exact + 100n }
    const clientRef = isPayout ? undefined : (member?.id ?? `x${about}`)
    const named = names === 'the last' ? this.#findLast(kind, clientRef) : undefined
    const reversalOf = named?.line.bankRef ?? (names === 'a stranger' ? 'x' : undefined)
    this.#count += 1
    const back = named ? !named.back : names === 'a stranger' || isReturn(kind, member)
    const line = { bankRef: `line_${this.#count}`, clientRef, kind, amount: money(sizes[size], currency), status }
    return { member, back, line: { ...line, reversalOf } }
  }

  #findLast(kind: string, clientRef: string | undefined): Line | undefined {
    const isAlike = ({ line }: Line): boolean => classOf(line.kind) === classOf(kind) && line.clientRef === clientRef
    return this.lines.findLast((each) => each.line.status === 'booked' && isAlike(each))
  }

  /** Booked lines about it. */
  about(member: Member): readonly Line[] {
    return this.lines.filter((each) => each.member === member && each.line.status === 'booked')
  }
}

function classOf(kind: string): string {
  return kind === 'fee' || kind === 'payout' ? kind : 'amount'
}

function isReturn(kind: string, member: Member | undefined): boolean {
  return kind === 'return' || (kind === 'refund' && member?.kind === 'order')
}

/** From whom it goes to the merchant, and less than nothing for what it takes from them; of a bill nothing does. */
export function effectOf({ member, line, back }: Line): { readonly due: bigint; readonly income: bigint } {
  const { amountMinor } = line.amount
  const signed = back ? -amountMinor : amountMinor
  const isBill = member?.kind === 'order' && member.capability === 'bill'
  if (line.kind === 'fee') {
    // Of a refund it is the bank's fee that comes back.
    const income = member?.kind === 'refund' ? -signed : signed
    return { due: isBill ? 0n : -income, income }
  }
  if (isBill) return { due: 0n, income: 0n }
  const takes = line.kind === 'payout' || member?.kind === 'refund' || (line.kind === 'refund' && !member)
  return { due: takes ? -signed : signed, income: 0n }
}
