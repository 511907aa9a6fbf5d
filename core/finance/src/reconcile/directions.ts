import type { StatementLine } from '@inthread/sdk/bank'
import { isBack, isBooked } from './line.ts'

/** A booked line that others may name. */
export interface KnownLine {
  readonly bankRef: string
  readonly kind: string
  readonly back: boolean
}

/**
 * Which way the lines of a statement go. One that names an older one takes back what that one booked: what went back,
 * and is given back for that, is there again.
 */
export class Directions {
  readonly #known = new Map<string, boolean[]>()

  constructor(known: readonly KnownLine[]) {
    for (const line of known) this.#keep(line)
  }

  /** Whether it takes something back; in the order in which they stand. */
  read(line: StatementLine, of: 'order' | 'refund' | undefined): boolean {
    const { bankRef, kind, reversalOf } = line
    const named = reversalOf === undefined ? [] : (this.#known.get(keyOf({ kind, bankRef: reversalOf })) ?? [])
    // A payment and its return may have one reference: what names it is about the payment.
    const undoes = named.length > 0 && named.every((back) => back)
    const back = !undoes && isBack(line, of)
    if (isBooked(line)) this.#keep({ bankRef, kind, back })
    return back
  }

  #keep(line: KnownLine): void {
    const key = keyOf(line)
    this.#known.set(key, [...(this.#known.get(key) ?? []), line.back])
  }
}

const apart: ReadonlySet<string> = new Set(['fee', 'payout'])

/** A payment and its fee may have one reference too. */
function keyOf({ kind, bankRef }: Pick<KnownLine, 'kind' | 'bankRef'>): string {
  return `${apart.has(kind) ? kind : ''}/${bankRef}`
}
