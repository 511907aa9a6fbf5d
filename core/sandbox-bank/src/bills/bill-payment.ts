import { Type } from 'typebox'
import { defineCommit } from '../deeds/deed-kind.ts'
import { Problem } from '../transport/problem.ts'
import { beginBillerPayment, billerMachine, type BillerFacts } from './biller-payment.ts'
import { findBiller } from './billers.ts'
import { findOwed, maskAccount } from './owed.ts'

/** What a quoted bill remembers. */
export interface BillFacts {
  readonly biller: string
  readonly account: string
}

const body = Type.Object({
  again: Type.Optional(Type.Boolean({ description: 'Pay a bill that was paid within a day once more.' })),
})

export const billPayment = defineCommit<BillerFacts, typeof body>({
  thing: 'bill_payment',
  prefix: 'bil',
  url: '/v1/bill-payments',
  name: 'BillPayment',
  summary: 'Pays a quoted bill and tells its biller.',
  ops: ['bill-payment'],
  ...billerMachine,
  body,
  problems: ['insufficient_funds', 'account_frozen', 'above_limit', 'duplicate_business'],
  begin: (desk) => {
    const { biller: id, account } = desk.quote?.facts as BillFacts
    const biller = findBiller(id)
    const owed = biller && findOwed(desk.bank, biller, account)
    if (owed?.amountMinor !== desk.amountMinor) {
      throw new Problem('amount_changed', 'The bill is not what it was when it was quoted: query it again.')
    }
    if (owed.paidAt !== undefined && desk.body.again !== true) {
      throw new Problem('duplicate_business', 'This bill was paid within a day: send again: true to pay it once more.')
    }
    const facts = { biller: id, account: maskAccount(account), period: owed.period }
    return { ...beginBillerPayment(desk, facts), parentId: owed.key }
  },
})
