import { createHash } from 'node:crypto'
import { assertStatus, assertThat, describeReply, memberAt, textAt } from '../assert.ts'
import type { ConformanceCase, Kit } from '../case.ts'
import type { Reply } from '../courier.ts'
import { skip } from '../mismatch.ts'

interface Statement {
  readonly header: Reply
  readonly lines: Reply
}

/** Of the day before, or of today where the test clock can be moved; skipped where there is none. */
async function getStatement({ courier, ports, customer }: Kit): Promise<Statement> {
  const zone = textAt((await courier.get('/v1/capabilities')).body, 'bank', 'zone')
  await customer.paid()
  const dayOf = (ms: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(ms)
  const nowMs = ports.clock.now() / 1000
  for (const day of [dayOf(nowMs - 86_400_000), dayOf(nowMs)]) {
    const header = await courier.get(`/v1/statements/${day}`)
    if (header.status === 200) return { header, lines: await courier.get(`/v1/statements/${day}/lines`) }
    if (header.status !== 404) assertThat(false, 'a statement or 404', describeReply(header))
  }
  return skip('the bank has no statement for yesterday or today')
}

function readLines({ text }: Reply): readonly unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
}

export const statementCases: readonly ConformanceCase[] = [
  {
    id: 'statements.digest',
    title: 'The lines of a statement are those of its digest',
    rule: 'sha256 of the header is that of the bytes of the lines file',
    remedy: 'Digest the NDJSON exactly as it is sent',
    run: async (kit) => {
      const { header, lines } = await getStatement(kit)
      assertStatus(lines, 200)
      const digest = createHash('sha256').update(lines.text).digest('hex')
      assertThat(textAt(header.body, 'sha256') === digest, 'the digest of the lines', 'another one')
    },
  },
  {
    id: 'statements.count',
    title: 'A statement counts its lines',
    rule: 'count of the header is the number of lines, each with a seq of its own that grows',
    remedy: 'Make header and lines in one read of the books',
    run: async (kit) => {
      const { header, lines } = await getStatement(kit)
      const read = readLines(lines)
      assertThat(Number(header.body['count']) === read.length, `${read.length} lines`, String(header.body['count']))
      const seqs = read.map((line) => Number(memberAt(line, 'seq')))
      const grows = seqs.every((seq, index) => index === 0 || seq > (seqs[index - 1] ?? 0))
      assertThat(grows, 'a growing seq', 'another order')
    },
  },
  {
    id: 'statements.totals',
    title: 'A statement adds up',
    rule: 'opening + credits − debits = closing, and sums are those of the lines',
    remedy: 'Compute the totals from the lines, and compare with the balance of the account',
    run: async (kit) => {
      const { header } = await getStatement(kit)
      const minor = (name: string): bigint =>
        BigInt(String(memberAt(header.body, name, 'value') ?? memberAt(header.body, name) ?? '0'))
      const closing = minor('opening') + minor('sumCredit') - minor('sumDebit')
      assertThat(closing === minor('closing'), 'opening + credits − debits = closing', 'a difference')
    },
  },
]
