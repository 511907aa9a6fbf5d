import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { addDays, findDay, findDayStartMs } from '../credit/calendar.ts'
import { defineDeed, type DeedChange } from '../deeds/deed-kind.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { currency, type NewAccount } from '../ledger/accounts.store.ts'
import type { Text } from '../quotes/terms.ts'
import { bilingual, money } from '../routes/fields.ts'
import { buildLineClaims, isPaid, sumClaims, sumPrincipalLeft, type LoanBook, type LoanLine } from './loan-book.ts'

export interface LoanFacts extends LoanBook {
  readonly product: string
  readonly name: Text
  readonly principal: string
  readonly application: string
  readonly drawdown: string
  readonly coolingOffDays?: number
  /** The numbers of the instalments that were announced as late. */
  readonly lateTold: readonly number[]
}

export type Loan = Deed<LoanFacts>

const states = [
  ...(['active', 'overdue', 'closed_paid', 'closed_prepaid', 'cancelled_cooling_off', 'reversed'] as const),
  ...(['restructured', 'written_off'] as const),
]

const pending = Type.Object({ n: Type.Integer(), due: Type.String({ format: 'date' }), payment: money })

/** A loan that was paid out, until it is paid back. */
export const loans = defineDeed<LoanFacts>({
  thing: 'loan',
  prefix: 'lon',
  url: '/v1/loans',
  name: 'Loan',
  states,
  outcomes: Object.fromEntries(states.map((state) => [state, 'done' as const])),
  view: Type.Object({
    product: Type.String(),
    name: bilingual,
    principal: money,
    principalLeft: money,
    annualRate: Type.String(),
    periods: Type.Integer(),
    application: Type.String(),
    drawdown: Type.String(),
    next: Type.Optional(pending),
    arrears: Type.Optional(
      Type.Object({
        n: Type.Integer({ description: 'The oldest instalment that is late.' }),
        due: Type.String({ format: 'date' }),
        days: Type.Integer(),
        amount: money,
        penalty: money,
      }),
    ),
  }),
  render: renderLoan,
  step: (bank, loan) => buildNextDay(bank, loan),
  controls: {
    'write-off': (_bank, { facts }) => ({ state: 'written_off', facts }),
    restructure: (_bank, { facts }) => ({ state: 'restructured', facts }),
  },
})

export function today(bank: Bank): string {
  return findDay(bank.clock.now(), bank.terms.zone)
}

/** The accounts in which the bank notes what is owed of a loan. */
export function listLoanAccounts(loanId: string): Record<'principal' | 'interest' | 'penalty' | 'memo', NewAccount> {
  const loan = (part: string): NewAccount => ({ id: `acc_${loanId}_${part}`, kind: 'loan' })
  return {
    principal: loan('principal'),
    interest: loan('interest'),
    penalty: loan('penalty'),
    memo: { id: `acc_${loanId}_memo`, kind: 'memo' },
  }
}

/** What a day brings: an instalment is due, or was not paid. */
function buildNextDay(bank: Bank, { facts, state }: Loan): DeedChange<LoanFacts> {
  const day = today(bank)
  const dueAt = findNextMoment(bank, facts.lines)
  const next = dueAt === undefined ? {} : { dueAt }
  const late = facts.lines.filter((line) => !isPaid(line) && line.due < day)
  if (late.some(({ n }) => !facts.lateTold.includes(n))) {
    return { ...next, state: 'overdue', facts: { ...facts, lateTold: late.map(({ n }) => n) }, event: 'overdue' }
  }
  const isDue = facts.lines.some((line) => !isPaid(line) && line.due === day)
  return { ...next, state, event: isDue ? 'instalment_due' : 'noted' }
}

/** The beginning of the next day on which an open instalment is due, or has become late. */
export function findNextMoment(bank: Bank, lines: readonly LoanLine[]): number | undefined {
  const now = bank.clock.now()
  const moments = lines
    .filter((line) => !isPaid(line))
    .flatMap(({ due }) => [findDayStartMs(due), findDayStartMs(addDays(due, 1))])
    .filter((moment) => moment > now)
  return moments.length === 0 ? undefined : Math.min(...moments)
}

function renderLoan(bank: Bank, { facts, state }: Loan): object {
  const { product, name, principal, application, drawdown, lines, terms } = facts
  const day = today(bank)
  const running = state === 'active' || state === 'overdue'
  const next = running ? lines.find((line) => !isPaid(line) && line.due >= day) : undefined
  const late = running ? lines.filter((line) => !isPaid(line) && line.due < day) : []
  return {
    ...{ product, name, application, drawdown, annualRate: terms.annualRate, periods: lines.length },
    principal: cny(BigInt(principal)),
    principalLeft: cny(running ? sumPrincipalLeft(lines) : 0n),
    ...(next ? { next: { n: next.n, due: next.due, payment: cny(BigInt(next.payment)) } } : {}),
    ...renderArrears(facts, late, day),
  }
}

function renderArrears(book: LoanBook, late: readonly LoanLine[], day: string): object {
  const [first] = late
  if (!first) return {}
  const claims = late.map((line) => buildLineClaims(book, line, day))
  const amount = claims.reduce((sum, claim) => sum + sumClaims(claim), 0n)
  const penalty = claims.reduce((sum, claim) => sum + claim.penaltyMinor, 0n)
  const days = Math.round((Date.parse(day) - Date.parse(first.due)) / 86_400_000)
  return { arrears: { n: first.n, due: first.due, days, amount: cny(amount), penalty: cny(penalty) } }
}

export function cny(amountMinor: bigint): { value: string; currency: string } {
  return { value: amountMinor.toString(), currency }
}
