import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { divideRounded } from '../credit/exact.ts'
import { addDays, findDay } from '../credit/calendar.ts'
import { defineDeed } from '../deeds/deed-kind.ts'
import type { Deed } from '../deeds/deeds.store.ts'
import { currency } from '../ledger/accounts.store.ts'
import { money } from '../routes/fields.ts'

export interface BillFacts {
  readonly card: string
  readonly account: string
  readonly minimum: string
  readonly paid: string
  readonly issuedOn: string
  readonly dueOn: string
}

export type CardBill = Deed<BillFacts>

const daysToPay = 20
const day = Type.String({ format: 'date' })

/** What a card owes at the end of its month; paid, or turned into a plan. */
export const cardBills = defineDeed<BillFacts>({
  thing: 'card_bill',
  prefix: 'bil',
  url: '/v1/card-bills',
  name: 'CardBill',
  states: ['open', 'paid', 'planned'],
  outcomes: { open: 'none', paid: 'done', planned: 'done' },
  view: Type.Object({ card: Type.String(), minimum: money, paid: money, issuedOn: day, dueOn: day }),
  render: (_bank, { facts: { card, minimum, paid, issuedOn, dueOn } }) => ({
    ...{ card, issuedOn, dueOn },
    minimum: { value: minimum, currency },
    paid: { value: paid, currency },
  }),
})

/** What was not paid of it yet. */
export function countLeft({ amountMinor = 0n, facts }: CardBill): bigint {
  return amountMinor - BigInt(facts.paid)
}

export function findBillId(bank: Bank, card: string): string {
  return bank.vault.idOf('bil', card, findDay(bank.clock.now(), bank.terms.zone))
}

interface Owing {
  readonly card: string
  readonly account: string
  readonly owedMinor: bigint
}

/** A bill as it is issued: a tenth is the least to pay. */
export function buildBillChange(bank: Bank, { card, account, owedMinor }: Owing) {
  const issuedOn = findDay(bank.clock.now(), bank.terms.zone)
  const facts: BillFacts = {
    ...{ card, account, issuedOn, dueOn: addDays(issuedOn, daysToPay), paid: '0' },
    minimum: divideRounded(owedMinor, 10n).toString(),
  }
  return { state: 'open', facts, amountMinor: owedMinor }
}
