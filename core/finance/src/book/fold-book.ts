/**
 * One entry of the book, before anybody stores it: money that moves at once (`single`), that is spoken for (`pending`),
 * and the end of such a hold: it moved (`post`, all of it or less) or it did not (`void`). Amounts in minor units.
 */
export type Transfer = Moving | Ending

export interface Moving {
  readonly kind: 'single' | 'pending'
  readonly id: string
  /** What gets more, and what gets less. */
  readonly dr: string
  readonly cr: string
  readonly amount: bigint
  /** A currency, or the name of what is counted (points, units of a product). */
  readonly asset: string
}

export interface Ending {
  readonly kind: 'post' | 'void'
  readonly id: string
  /** The hold that it ends. */
  readonly pending: string
  /** Of a post, less than the hold; what is left goes back. Default: all of it. */
  readonly amount?: bigint
}

export type Refusal =
  /** The id has been used, for whatever. */
  | 'id_taken'
  | 'amount_not_positive'
  | 'same_account'
  | 'unknown_hold'
  | 'hold_ended'
  /** More is posted than is held. */
  | 'more_than_held'
  /** An account of our own would have less than nothing, with what is held of it. */
  | 'below_zero'

export interface RefusedGroup {
  /** Which of the groups, counted from 0, and which transfer of it. */
  readonly group: number
  readonly id: string
  readonly reason: Refusal
}

/** Debits less credits by `account|asset`. Each of both adds up to nothing for every asset. */
export interface FoldedBook {
  readonly posted: ReadonlyMap<string, bigint>
  readonly pending: ReadonlyMap<string, bigint>
  readonly refused: readonly RefusedGroup[]
}

/** The accounts that hold what is entrusted to us: money in clearing, the purse of a campaign, the pool of points. */
export function isOwnAccount(account: string): boolean {
  return /^(promo:.+|points:pool|bank:[^:]+:clearing)$/.test(account)
}

/**
 * Books groups of transfers, one after the other. The transfers of a group are linked: all of them or none. What is
 * refused has no effect and is told.
 */
export function foldBook(
  groups: readonly (readonly Transfer[])[],
  isOwn: (account: string) => boolean = isOwnAccount,
): FoldedBook {
  const book: Book = { posted: new Map(), pending: new Map(), leaving: new Map(), holds: new Map(), ids: new Set() }
  const refused: RefusedGroup[] = []
  for (const [index, transfers] of groups.entries()) {
    const undo: (() => void)[] = []
    const found = bookGroup({ book, undo, isOwn }, transfers)
    if (found === undefined) continue
    for (const back of undo.toReversed()) back()
    refused.push({ group: index, ...found })
  }
  return { posted: withoutZeros(book.posted), pending: withoutZeros(book.pending), refused }
}

interface Book {
  readonly posted: Map<string, bigint>
  readonly pending: Map<string, bigint>
  /** What holds may still take from an account. */
  readonly leaving: Map<string, bigint>
  readonly holds: Map<string, { readonly hold: Moving; readonly ended: boolean }>
  readonly ids: Set<string>
}

interface Desk {
  readonly book: Book
  readonly undo: (() => void)[]
  readonly isOwn: (account: string) => boolean
}

function bookGroup(desk: Desk, transfers: readonly Transfer[]): Omit<RefusedGroup, 'group'> | undefined {
  for (const transfer of transfers) {
    const reason = bookTransfer(desk, transfer)
    if (reason !== undefined) return { id: transfer.id, reason }
  }
  const short = transfers.find((transfer) => isShort(desk, transfer))
  return short && { id: short.id, reason: 'below_zero' }
}

function bookTransfer(desk: Desk, transfer: Transfer): Refusal | undefined {
  const { book, undo } = desk
  if (book.ids.has(transfer.id)) return 'id_taken'
  book.ids.add(transfer.id)
  undo.push(() => book.ids.delete(transfer.id))
  return 'pending' in transfer ? end(desk, transfer) : move(desk, transfer)
}

function move(desk: Desk, transfer: Moving): Refusal | undefined {
  if (transfer.amount <= 0n) return 'amount_not_positive'
  if (transfer.dr === transfer.cr) return 'same_account'
  const { book } = desk
  if (transfer.kind === 'single') return shift(desk, book.posted, transfer)
  setHold(desk, { hold: transfer, ended: false })
  add(desk, book.leaving, [`${transfer.cr}|${transfer.asset}`, transfer.amount])
  return shift(desk, book.pending, transfer)
}

function end(desk: Desk, { kind, pending, amount }: Ending): Refusal | undefined {
  const { book } = desk
  const known = book.holds.get(pending)
  if (known === undefined) return 'unknown_hold'
  if (known.ended) return 'hold_ended'
  const { hold } = known
  const posted = amount ?? hold.amount
  if (kind === 'post' && posted > hold.amount) return 'more_than_held'
  if (kind === 'post' && posted <= 0n) return 'amount_not_positive'
  setHold(desk, { hold, ended: true })
  add(desk, book.leaving, [`${hold.cr}|${hold.asset}`, -hold.amount])
  shift(desk, book.pending, { ...hold, amount: -hold.amount })
  return kind === 'void' ? undefined : shift(desk, book.posted, { ...hold, amount: posted })
}

function setHold({ book, undo }: Desk, next: { readonly hold: Moving; readonly ended: boolean }): void {
  const { id } = next.hold
  const before = book.holds.get(id)
  book.holds.set(id, next)
  undo.push(() => (before === undefined ? book.holds.delete(id) : book.holds.set(id, before)))
}

function shift(desk: Desk, balances: Map<string, bigint>, { dr, cr, asset, amount }: Moving): undefined {
  add(desk, balances, [`${dr}|${asset}`, amount])
  add(desk, balances, [`${cr}|${asset}`, -amount])
}

function add({ undo }: Desk, balances: Map<string, bigint>, [name, amount]: readonly [string, bigint]): void {
  const before = balances.get(name) ?? 0n
  balances.set(name, before + amount)
  undo.push(() => balances.set(name, before))
}

/** What comes in by a hold is not there yet; what leaves by one is gone already. */
function isShort({ book, isOwn }: Desk, transfer: Transfer): boolean {
  const moved = 'pending' in transfer ? book.holds.get(transfer.pending)?.hold : transfer
  if (moved === undefined) return false
  return [moved.dr, moved.cr].some((account) => {
    const name = `${account}|${moved.asset}`
    return isOwn(account) && (book.posted.get(name) ?? 0n) - (book.leaving.get(name) ?? 0n) < 0n
  })
}

function withoutZeros(balances: Map<string, bigint>): ReadonlyMap<string, bigint> {
  return new Map([...balances].filter(([, amount]) => amount !== 0n))
}
