import { createHash, verify } from 'node:crypto'
import type { BankConnection, BankOutcome, Statement, StatementLine } from '@inthread/sdk/bank'
import { canonicalJson } from '@inthread/sdk/json'
import { buildOutcome, findProblem, unknown } from '../outcome.ts'
import type { Undecided } from '../problem.ts'
import type { Answer, Exchange } from '../transport/exchange.ts'
import { findJson } from '../transport/json-body.ts'
import type { KeyRing } from '../transport/key-ring.ts'
import { statementLineSchema, statementSchema, type WireStatement } from './resources.ts'

/** Of a line of the usual length, what a page of a file can hold. */
const linesAtOnce = 2000
const pagesAtMost = 500

export interface StatementPorts {
  readonly exchange: Exchange
  readonly keys: KeyRing
}

type Found = Awaited<ReturnType<BankConnection['statement']>>

/**
 * A day's bookings, page by page. Every answer is signed by the bank for the moment; its head is signed for good, and
 * the digest in it proves that the pages are the whole file. So a statement is read whole or not at all, and what is
 * kept of it proves later whose word it was.
 */
export async function runStatement({ exchange, keys }: StatementPorts, day: string): Promise<Found> {
  const answer = await exchange({ method: 'GET', path: ['v1', 'statements', day] })
  if (isMissing(answer)) return { kind: 'not_found' }
  const head = buildOutcome(answer, { asked: 'reading', schema: statementSchema, read: (wire) => wire })
  if (isUndecided(head)) return head
  if (head.date !== day) return unknown('answer_of_another_request')
  // Over every member that the bank sent, those that we do not read too.
  const sent = { ...((answer.kind === 'genuine' ? answer.body : {}) as Readonly<Record<string, unknown>>) }
  const flaw = await findHeadFlaw(sent, head.signature, keys)
  return flaw === undefined ? readLines(exchange, head, canonicalJson(sent)) : unknown(flaw)
}

function isUndecided(head: WireStatement | Undecided): head is Undecided {
  return !('sha256' in head)
}

async function findHeadFlaw(
  sent: Readonly<Record<string, unknown>>,
  signature: WireStatement['signature'],
  keys: KeyRing,
): Promise<string | undefined> {
  const { signature: _own, ...head } = sent
  const key = await keys.find(signature.keyid)
  if (key === 'unavailable') return 'bank_keys_unavailable'
  if (key === 'unknown_key') return 'statement_signed_with_unknown_key'
  const genuine = verify(null, Buffer.from(canonicalJson(head)), key, Buffer.from(signature.value, 'base64'))
  return genuine ? undefined : 'statement_signature_invalid'
}

async function readLines(exchange: Exchange, head: WireStatement, sent: string): Promise<BankOutcome<Statement>> {
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
  if (flaw !== undefined) return unknown(flaw)
  return { kind: 'done', value: { day: head.date, sha256: head.sha256, head: sent, lines } }
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
