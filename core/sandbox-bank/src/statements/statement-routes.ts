import { Type } from 'typebox'
import type { Bank } from '../app/bank.ts'
import type { Client } from '../clients/clients.store.ts'
import { defineReading, type Route } from '../routes/define-route.ts'
import { money, sha256 } from '../routes/fields.ts'
import { Problem } from '../transport/problem.ts'
import { buildStatement, findReadyDay, signHead, type Statement } from './statement.ts'

const dayParams = Type.Object({ date: Type.String({ format: 'date', description: "A day of the bank's zone." }) })
const ndjson = 'application/x-ndjson'
const mostLines = 2000

const headSchema = Type.Object({
  date: Type.String({ format: 'date' }),
  account: Type.String({ description: 'Masked.' }),
  opening: money,
  closing: money,
  count: Type.Integer({ minimum: 0 }),
  sumDebit: money,
  sumCredit: money,
  sha256,
  signature: Type.Object(
    { keyid: Type.String(), alg: Type.Enum(['ed25519']), value: Type.String() },
    { description: 'Over the RFC 8785 form of all other members.' },
  ),
})

const lineText =
  'One JSON object a line: seq, bankRef, clientRef?, kind (payment, refund, fee, payout, loan_disbursement, return), ' +
  'amount, valueDate, bookedAt, payerMask?, payeeMask?, status, reversalOf?. A correction is a new line. camt.053: ' +
  'bankRef is AcctSvcrRef, clientRef EndToEndId, valueDate ValDt, bookedAt BookgDt, reversalOf RvslInd.'

const linesQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: mostLines })),
  after: Type.Optional(
    Type.String({ pattern: '^[0-9]{1,9}$', description: 'The seq of the last line that is known.' }),
  ),
})

export function buildStatementRoutes(bank: Bank): Route[] {
  return [buildHead(bank), buildLines(bank)]
}

function buildHead(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/statements/:date',
    id: 'getStatement',
    summary: "A day on the client's account, ready at six in the morning after it.",
    params: dayParams,
    answers: { 200: headSchema },
    problems: ['malformed', 'not_found'],
    run: ({ client, params }) => {
      const { head } = getStatement(bank, client, params.date)
      return { status: 200, body: { ...head, signature: signHead(bank, head) } }
    },
  })
}

function buildLines(bank: Bank): Route {
  return defineReading({
    method: 'GET',
    url: '/v1/statements/:date/lines',
    id: 'getStatementLines',
    summary: 'Its lines. The digest in the head is over all of them, each with its line feed.',
    params: dayParams,
    query: linesQuery,
    media: ndjson,
    answers: { 200: Type.String({ description: lineText }) },
    problems: ['malformed', 'not_found'],
    run: ({ client, params, query: { limit = mostLines, after = '0' } }) => {
      const { lines } = getStatement(bank, client, params.date)
      const first = Number(after)
      return { status: 200, text: { type: ndjson, content: lines.slice(first, first + limit).join('') } }
    },
  })
}

function getStatement(bank: Bank, client: Client, date: string): Statement {
  const startMs = findReadyDay(bank, date)
  if (startMs === undefined) throw new Problem('not_found', 'The statement of this day is not ready.')
  return buildStatement(bank, client, startMs)
}
