import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import { getDeed } from '../deeds/deed-routes.ts'
import { buildResourceAnswer, defineReading, type Route } from '../routes/define-route.ts'
import { idParams, version } from '../routes/fields.ts'
import { buildLineClaims, judgeLine } from './loan-book.ts'
import { loans, today, type Loan } from './loan-kind.ts'

const digits = Type.String({ pattern: '^[0-9]+$', description: 'Minor units.' })
const day = Type.String({ format: 'date' })

const lineSchema = Type.Object({
  n: Type.Integer(),
  from: day,
  due: day,
  opening: digits,
  principal: digits,
  interest: digits,
  fee: digits,
  payment: digits,
  closing: digits,
  state: Type.Enum(['scheduled', 'due', 'part_paid', 'paid', 'overdue']),
  paid: digits,
  penalty: digits,
})

export function buildScheduleRoute(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/loans/:id/schedule',
    id: 'getLoanSchedule',
    summary: 'Every instalment, with what was paid of it and what is late.',
    params: idParams,
    answers: { 200: Type.Object({ version, lines: Type.Array(lineSchema) }) },
    problems: ['not_found'],
    run: ({ client, params }) => {
      const loan = getDeed(bank, loans, { clientId: client.id, id: params.id }) as Loan
      const resource = { version: loan.version, lines: renderLines(bank, loan) }
      return buildResourceAnswer(200, resource)
    },
  })
}

function renderLines(bank: Bank, { facts }: Loan): object[] {
  const on = today(bank)
  return facts.lines.map((line) => {
    const { n, from, due, opening, principal, interest, fee, payment, closing } = line
    const paid = (BigInt(line.paidPrincipal) + BigInt(line.paidInterest) + BigInt(line.paidPenalty)).toString()
    const penalty = buildLineClaims(facts, line, on).penaltyMinor.toString()
    const state = judgeLine(line, on)
    return { n, from, due, opening, principal, interest, fee, payment, closing, state, paid, penalty }
  })
}
