import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { renderInstant } from '../app/business-clock.ts'
import { getLinked } from '../customers/get-linked.ts'
import { currency } from '../ledger/accounts.store.ts'
import { defineReading, type Route } from '../routes/define-route.ts'
import { instant, money, renderMoney } from '../routes/fields.ts'
import { findPointsAccount, listOpenLots } from './points.store.ts'

const digits = Type.String({ pattern: '^(0|[1-9][0-9]{0,17})$' })

const balanceSchema = Type.Object({
  points: digits,
  worth: Type.Object(money.properties, { description: 'Rounded down.' }),
  lots: Type.Array(Type.Object({ points: digits, expiresAt: instant }), {
    description: 'In the order in which they are used.',
  }),
})

export function buildPointsRoute(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/points/balance',
    id: 'getPoints',
    summary: 'The points of a linked customer, and when they end.',
    query: Type.Object({ link: Type.String({ minLength: 1, maxLength: 64 }) }),
    answers: { 200: balanceSchema },
    problems: ['malformed', 'not_found', 'state_conflict'],
    run: ({ client, query }) => {
      const { customerId } = getLinked(bank, client.id, query.link)
      const account = findPointsAccount(bank, customerId)
      const lots = account ? listOpenLots(bank.db, account.id, bank.clock.now()) : []
      const total = lots.reduce((sum, { leftMinor }) => sum + leftMinor, 0n)
      const body = {
        points: total.toString(),
        worth: renderMoney(total, currency),
        lots: lots.map((lot) => ({ points: lot.leftMinor.toString(), expiresAt: renderInstant(lot.expiresAt) })),
      }
      return { status: 200, body }
    },
  })
}
