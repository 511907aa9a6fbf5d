import { readFileSync } from 'node:fs'

interface PaymentMachine {
  readonly states: readonly string[]
  readonly terminal: readonly string[]
  readonly initial: string
  readonly transitions: readonly { readonly from: string; readonly to: string; readonly event: string }[]
}

/** As it is written down: amounts are digits, and an asset is named where it is not money. */
export interface Transfer {
  readonly kind: 'pending' | 'post' | 'void' | 'single'
  readonly id: string
  readonly pending?: string
  readonly dr?: string
  readonly cr?: string
  readonly amount?: string
  readonly asset?: string
}

interface Posting {
  readonly id: string
  readonly title: string
  readonly steps: readonly { readonly on: string; readonly transfers: readonly Transfer[] }[]
  readonly expected: {
    readonly balances: Readonly<Record<string, string>>
    readonly pending: Readonly<Record<string, string>>
  }
}

const folder = new URL('../../../test/wire/finance/', import.meta.url)
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))

/** The payment machine, and how payments are booked, as they were agreed. */
export const paymentVector = read('payment-machine.json') as PaymentMachine
export const postings = (read('postings.json') as { readonly cases: readonly Posting[] }).cases
