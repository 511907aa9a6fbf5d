import { createHash } from 'node:crypto'
import type { BankConnection, BankOutcome, Statement, StatementLine } from '@inthread/sdk/bank'
import { buildOutcome, findProblem, unknown } from '../outcome.ts'
import type { Answer, Exchange } from '../transport/exchange.ts'
import { findJson } from '../transport/json-body.ts'
import { statementLineSchema, statementSchema, type WireStatement } from './resources.ts'

/** Of a line of the usual length, what a page of a file can hold. */
const linesAtOnce = 2000
const pagesAtMost = 500

type Found = Awaited<ReturnType<BankConnection['statement']>>

/**
 * A day's bookings, page by page. Every answer is signed by the bank; what proves that the pages are the whole file is
 * the digest in its head, so a statement is read whole or not at all.
 */
export async function runStatement(exchange: Exchange, day: string): Promise<Found> {
  const answer = await exchange({ method: 'GET', path: ['v1', 'statements', day] })
  if (isMissing(answer)) return { kind: 'not_found' }
  const head = buildOutcome(answer, { asked: 'reading', schema: statementSchema, read: (wire) => wire })
  if ('kind' in head) return head
  return head.date === day ? readLines(exchange, head) : unknown('answer_of_another_request')
}

async function readLines(exchange: Exchange, head: WireStatement): Promise<BankOutcome<Statement>> {
  const digest = createHash('sha256')
  const lines: StatementLine[] = []
  for (let page = 0; page < pagesAtMost; page += 1) {
    const answer = await readPage(exchange, head, lines.at(-1)?.seq)
    if (answer.kind === 'unknown') return answer
    const text = typeof answer.body === 'string' ? answer.body : undefined
    if (text === undefined || answer.status !== 200) return unknown('answer_malformed')
    const found = findLines(text)
    if (found === undefined) return unknown('answer_malformed')
    digest.update(text)
    for (const line of found) lines.push(line)
    if (lines.length >= head.count || found.length === 0) break
  }
  const flaw = findFlaw(head, lines, digest.digest('hex'))
  return flaw === undefined ? { kind: 'done', value: { day: head.date, sha256: head.sha256, lines } } : unknown(flaw)
}

function readPage(exchange: Exchange, { date }: WireStatement, after: number | undefined): Promise<Answer> {
  const query = { limit: String(linesAtOnce), ...(after === undefined ? {} : { after: String(after) }) }
  return exchange({ method: 'GET', path: ['v1', 'statements', date, 'lines'], query, file: true })
}

/** undefined when one of them is no line: a file with a hole is no file. */
function findLines(text: string): readonly StatementLine[] | undefined {
  const lines: StatementLine[] = []
  for (const row of text.split('\n')) {
    if (row.trim() === '') continue
    const wire = statementLineSchema.safeParse(findJson(Buffer.from(row))?.value)
    if (!wire.success) return undefined
    const { clientRef, payerMask, payeeMask, reversalOf, ...line } = wire.data
    lines.push({
      ...line,
      clientRef: clientRef ?? undefined,
      payerMask: payerMask ?? undefined,
      payeeMask: payeeMask ?? undefined,
      reversalOf: reversalOf ?? undefined,
    })
  }
  return lines
}

/** What the head says of the whole must be true of the whole. */
function findFlaw(head: WireStatement, lines: readonly StatementLine[], sha256: string): string | undefined {
  if (lines.length !== head.count) return 'statement_incomplete'
  if (sha256 !== head.sha256) return 'statement_digest_mismatch'
  if (new Set(lines.map(({ seq }) => seq)).size !== lines.length) return 'statement_sequence_broken'
  const { sumDebit, sumCredit } = head
  if (sumDebit === undefined || sumCredit === undefined) return undefined
  const total = lines.reduce((sum, { amount }) => sum + amount.amountMinor, 0n)
  return total === sumDebit.amountMinor + sumCredit.amountMinor ? undefined : 'statement_sums_differ'
}

function isMissing(answer: Answer): boolean {
  const problem = findProblem(answer)
  return problem?.status === 404 && problem.code === 'not_found'
}
