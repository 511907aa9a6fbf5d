import {
  allocate,
  buildAccruedInterest,
  buildPenalty,
  buildPenaltyRate,
  buildRest,
  type Claims,
  type PrepayStrategy,
} from '../credit/after-start.ts'
import { readLine, renderLine, type WireLine } from '../credit/render-credit.ts'
import type { CreditTerms } from '../credit/schedule.ts'

/** A line of a loan that runs, with what was paid of it. Amounts are digits, as in a quote. */
export interface LoanLine extends WireLine {
  readonly paidPrincipal: string
  readonly paidInterest: string
  readonly paidPenalty: string
  /** Since when the penalty runs, if not since the due day. */
  readonly penaltyFrom?: string
  /** Penalty of earlier days that is not paid. */
  readonly penaltyLeft?: string
  /** Interest of days before `from`, when part was paid back in between. */
  readonly carried?: string
}

export interface LoanBook {
  readonly terms: Omit<CreditTerms, 'principalMinor'>
  readonly penaltyMultiplier: string
  readonly lines: readonly LoanLine[]
}

export interface RepaymentWish {
  /** `due`: what is due, or the next instalment; `payoff`: everything; `part`: that, and some principal early. */
  readonly kind: 'due' | 'payoff' | 'part'
  readonly on: string
  /** Less than all that is due, or what `part` comes to. */
  readonly amountMinor?: bigint
  /** That instalment alone. */
  readonly n?: number
  readonly strategy?: PrepayStrategy
}

export interface Repayment {
  readonly amountMinor: bigint
  readonly allocation: Claims
  readonly lines: readonly LoanLine[]
  /** Principal was paid before it was due. */
  readonly early: boolean
}

export function openLines(lines: readonly WireLine[]): LoanLine[] {
  return lines.map((line) => ({ ...line, paidPrincipal: '0', paidInterest: '0', paidPenalty: '0' }))
}

export function isPaid(line: LoanLine): boolean {
  return (
    line.paidPrincipal === line.principal && line.paidInterest === line.interest && !BigInt(line.penaltyLeft ?? '0')
  )
}

export function sumPrincipalLeft(lines: readonly LoanLine[]): bigint {
  return lines.reduce((sum, line) => sum + BigInt(line.principal) - BigInt(line.paidPrincipal), 0n)
}

export type LineState = 'scheduled' | 'due' | 'part_paid' | 'paid' | 'overdue'

export function judgeLine(line: LoanLine, today: string): LineState {
  if (isPaid(line)) return 'paid'
  if (line.due < today) return 'overdue'
  if (line.paidPrincipal !== '0' || line.paidInterest !== '0') return 'part_paid'
  return line.due === today ? 'due' : 'scheduled'
}

/** What is owed of one line on a day. */
export function buildLineClaims(book: LoanBook, line: LoanLine, on: string): Claims {
  const principalMinor = BigInt(line.principal) - BigInt(line.paidPrincipal)
  const interestMinor = BigInt(line.interest) - BigInt(line.paidInterest)
  const rate = buildPenaltyRate(book.terms.annualRate, book.penaltyMultiplier)
  const running = buildPenalty(rate, { principalMinor, interestMinor, from: line.penaltyFrom ?? line.due }, on)
  const penaltyMinor = BigInt(line.penaltyLeft ?? '0') + (on > line.due ? running : 0n)
  return { penaltyMinor, feeMinor: 0n, interestMinor, principalMinor }
}

/** The lines with what of the payment they took; what is over in `restMinor`. `undefined` pays them in full. */
export function buildRepayment(book: LoanBook, wish: RepaymentWish): Repayment {
  const due = listDue(book, wish)
  const whole = due.reduce((sum, line) => sum + sumClaims(buildLineClaims(book, line, wish.on)), 0n)
  const early = wish.kind === 'due' ? undefined : findEarly(book, wish.on)
  const owedMinor = early ? early.interestMinor + early.balanceMinor : 0n
  const amountMinor = wish.amountMinor ?? (wish.kind === 'payoff' ? whole + owedMinor : whole)
  const { lines, allocation, restMinor } = payLines(book, { due, amountMinor, on: wish.on })
  if (!early || restMinor === 0n) return { amountMinor, allocation, lines, early: false }
  return payEarly(book, { wish, early, restMinor, paid: { amountMinor, allocation, lines, early: true } })
}

export function sumClaims({ penaltyMinor, feeMinor, interestMinor, principalMinor }: Claims): bigint {
  return penaltyMinor + feeMinor + interestMinor + principalMinor
}

function listDue({ lines }: LoanBook, { kind, on, n }: RepaymentWish): LoanLine[] {
  const open = lines.filter((line) => !isPaid(line) && (n === undefined || line.n === n))
  const due = open.filter((line) => line.due <= on)
  return due.length === 0 && kind === 'due' ? open.slice(0, 1) : due
}

interface Early {
  readonly next: LoanLine
  readonly balanceMinor: bigint
  /** Since the last due day, on what is not yet due. */
  readonly interestMinor: bigint
}

export function findEarly(book: LoanBook, on: string): Early | undefined {
  const ahead = book.lines.filter((line) => !isPaid(line) && line.due > on)
  const [next] = ahead
  if (!next) return undefined
  const balanceMinor = sumPrincipalLeft(ahead)
  const terms = { ...book.terms, principalMinor: balanceMinor }
  const from = next.from < on ? next.from : on
  const running = buildAccruedInterest(terms, balanceMinor, { from, to: on })
  const interestMinor = running + BigInt(next.carried ?? '0') - BigInt(next.paidInterest)
  return { next, balanceMinor, interestMinor: interestMinor > 0n ? interestMinor : 0n }
}

interface Paying {
  readonly due: readonly LoanLine[]
  readonly amountMinor: bigint
  readonly on: string
}

type Paid = Pick<Repayment, 'allocation' | 'lines'> & { readonly restMinor: bigint }

function payLines(book: LoanBook, { due, amountMinor, on }: Paying): Paid {
  let [restMinor, allocation] = [amountMinor, nothing]
  const lines = book.lines.map((line) => {
    if (!due.includes(line) || restMinor === 0n) return line
    const claims = buildLineClaims(book, line, on)
    const paid = allocate(restMinor, claims)
    restMinor = paid.restMinor
    allocation = addClaims(allocation, paid)
    return payLine(line, { paid, on, penaltyLeft: claims.penaltyMinor - paid.penaltyMinor })
  })
  return { lines, allocation, restMinor }
}

const nothing: Claims = { penaltyMinor: 0n, feeMinor: 0n, interestMinor: 0n, principalMinor: 0n }

function addClaims(left: Claims, right: Claims): Claims {
  return {
    penaltyMinor: left.penaltyMinor + right.penaltyMinor,
    feeMinor: left.feeMinor + right.feeMinor,
    interestMinor: left.interestMinor + right.interestMinor,
    principalMinor: left.principalMinor + right.principalMinor,
  }
}

function payLine(line: LoanLine, payment: { paid: Claims; on: string; penaltyLeft: bigint }): LoanLine {
  const { paid, on, penaltyLeft } = payment
  const add = (before: string, minor: bigint): string => (BigInt(before) + minor).toString()
  return {
    ...line,
    paidPrincipal: add(line.paidPrincipal, paid.principalMinor),
    paidInterest: add(line.paidInterest, paid.interestMinor),
    paidPenalty: add(line.paidPenalty, paid.penaltyMinor),
    ...(on > line.due ? { penaltyFrom: on, penaltyLeft: penaltyLeft.toString() } : {}),
  }
}

interface PayingEarly {
  readonly wish: RepaymentWish
  readonly early: Early
  readonly restMinor: bigint
  readonly paid: Repayment
}

/** Interest to the day first; the rest lowers what is not yet due, or ends it. */
function payEarly(book: LoanBook, { wish, early, restMinor, paid }: PayingEarly): Repayment {
  const interestMinor = early.interestMinor < restMinor ? early.interestMinor : restMinor
  const principalMinor = restMinor - interestMinor
  const allocation = addClaims(paid.allocation, { ...nothing, interestMinor, principalMinor })
  const carriedMinor = early.interestMinor - interestMinor
  const lines = lowerPrincipal({ ...book, lines: paid.lines }, { early, principalMinor, carriedMinor, wish })
  return { ...paid, allocation, lines }
}

interface Lowering {
  readonly early: Early
  readonly principalMinor: bigint
  readonly carriedMinor: bigint
  readonly wish: Pick<RepaymentWish, 'on' | 'strategy'>
}

/** Principal that is paid before it is due makes the later instalments smaller, or fewer. */
export function lowerPrincipal(book: LoanBook, { early, principalMinor, carriedMinor, wish }: Lowering): LoanLine[] {
  const { next, balanceMinor } = early
  const before = book.lines.filter((line) => line.n < next.n)
  const terms = { ...book.terms, principalMinor: balanceMinor }
  const rest = buildRest(terms, {
    // What was carried to it is no part of the instalment that is kept.
    next: { ...readLine(next), paymentMinor: BigInt(next.payment) - BigInt(next.carried ?? '0') },
    last: book.lines.at(-1)?.n ?? next.n,
    balanceMinor: balanceMinor - principalMinor,
    from: wish.on > next.from ? wish.on : next.from,
    strategy: wish.strategy ?? 'lower-instalment',
  })
  const [first, ...others] = openLines(rest.map(renderLine))
  if (!first) return before
  return [...before, carryInterest(first, carriedMinor), ...others]
}

function carryInterest(line: LoanLine, carriedMinor: bigint): LoanLine {
  if (carriedMinor === 0n) return line
  const interest = (BigInt(line.interest) + carriedMinor).toString()
  const payment = (BigInt(line.payment) + carriedMinor).toString()
  return { ...line, interest, payment, carried: carriedMinor.toString() }
}
