import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { defineReading, type Route } from '../routes/define-route.ts'
import { bilingual } from '../routes/fields.ts'
import { listPayeeBanks } from './banks.ts'

export function buildPayeeBankRoute(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/payees/banks',
    id: 'listPayeeBanks',
    summary: 'The banks whose customers can be looked up; the first is this one.',
    answers: { 200: Type.Object({ items: Type.Array(Type.Object({ id: Type.String(), name: bilingual })) }) },
    problems: [],
    run: () => ({ status: 200, body: { items: listPayeeBanks(bank.terms) } }),
  })
}
