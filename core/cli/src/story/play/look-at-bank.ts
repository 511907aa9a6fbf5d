import type { ExpectedBank } from '../format/expectation-schema.ts'
import type { BankBooks } from '../world/story-world.ts'

type Payment = BankBooks['payments'][number]

/** What in the bank’s books is not as expected, counted from `before` on. */
export function listBankProblems(expected: ExpectedBank, before: BankBooks, now: BankBooks): string[] {
  const payments = listNew(now.payments, before.payments)
  const transfers = listNew(now.transfers, before.transfers)
  if (expected.payments !== undefined) return compare('payments at the bank', expected.payments, payments.length)
  if (expected.transfers)
    return compare('transfers at the bank', expected.transfers.join(', '), transfers.map(({ kind }) => kind).join(', '))
  if (expected.payment) return listPaymentProblems(expected.payment, payments.at(-1))
  return expected.account ? listAccountProblems(expected.account, before, now) : []
}

/** How often a customer’s account has given money away for good. */
export function countDebits(before: BankBooks, now: BankBooks): number {
  const customers = new Set(now.accounts.filter(({ kind }) => kind === 'customer').map(({ id }) => id))
  return listNew(now.transfers, before.transfers).filter(
    ({ kind, cr }) => (kind === 'post' || kind === 'single') && customers.has(cr),
  ).length
}

export function compare(what: string, expected: unknown, seen: unknown): string[] {
  if (JSON.stringify(expected) === JSON.stringify(seen)) return []
  return [`${what}: expected ${render(expected)}, but there is ${render(seen)}`]
}

function render(value: unknown): string {
  if (value === '' || value === undefined) return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function listNew<T extends { readonly id: string }>(now: readonly T[], before: readonly T[]): T[] {
  const known = new Set(before.map(({ id }) => id))
  return now.filter(({ id }) => !known.has(id))
}

function listPaymentProblems(expected: NonNullable<ExpectedBank['payment']>, payment: Payment | undefined): string[] {
  if (!payment) return ['payment at the bank: there is none']
  const { state, failure, amount, requests } = expected
  return [
    ...(state === undefined ? [] : compare('state of the payment at the bank', state, payment.state)),
    ...(failure === undefined ? [] : compare('failure of the payment', failure, payment.failure?.code)),
    ...(amount ? compare('amount of the payment', pick(amount), pick(payment.amount)) : []),
    ...(requests === undefined ? [] : compare('requests for the payment', requests, payment.attempts)),
  ]
}

function pick({ value, currency }: { readonly value: string; readonly currency: string }): string {
  return `${value} ${currency}`
}

function listAccountProblems(
  { mask, changeMinor, heldMinor }: NonNullable<ExpectedBank['account']>,
  before: BankBooks,
  now: BankBooks,
): string[] {
  const [earlier, later] = [before, now].map(({ accounts }) => accounts.find((account) => account.mask === mask))
  if (!earlier || !later) return [`the bank has no account ${mask}`]
  const balance = (BigInt(later.balanceMinor) - BigInt(earlier.balanceMinor)).toString()
  const held = (BigInt(later.heldMinor) - BigInt(earlier.heldMinor)).toString()
  return [
    ...(changeMinor === undefined ? [] : compare(`change of ${mask}`, changeMinor, balance)),
    ...(heldMinor === undefined ? [] : compare(`change of what is held in ${mask}`, heldMinor, held)),
  ]
}
