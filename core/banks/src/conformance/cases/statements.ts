import { createHash } from 'node:crypto'
import { canonicalJson } from '@inthread/sdk/json'
import { isSigned } from '../../open-api/transport/algorithm.ts'
import { assertStatus, assertThat, memberAt, textAt } from '../assert.ts'
import type { ConformanceCase, Kit } from '../case.ts'
import type { Reply } from '../courier.ts'
import { skip } from '../mismatch.ts'

interface Statement {
  readonly header: Reply
  readonly lines: Reply
  /** Of a payment that has to be in it. */
  readonly clientRef: string | undefined
}

const dayMs = 86_400_000

/** One for each kit: making a day end is done once. */
const known = new WeakMap<Kit, Promise<Statement>>()

function getStatement(kit: Kit): Promise<Statement> {
  const found = known.get(kit) ?? findStatement(kit)
  known.set(kit, found)
  return found
}

/** Of the day of a payment of ours, where the test clock can be moved past it; else of the day before today. */
async function findStatement(kit: Kit): Promise<Statement> {
  const { courier, ports, customer } = kit
  const zone = textAt((await courier.get('/v1/capabilities')).body, 'bank', 'zone')
  const { first, verified } = await customer.paid()
  await customer.settled(textAt(first.body, 'id'))
  const nowMs = ports.clock.now() / 1000
  const day = readDay(zone, ports.advance ? nowMs : nowMs - dayMs)
  await ports.advance?.(untilMorningMs(zone, nowMs))
  const header = await courier.get(`/v1/statements/${day}`)
  if (header.status === 404) skip(`the bank has no statement of ${day}`)
  assertStatus(header, 200)
  const lines = await courier.get(`/v1/statements/${day}/lines?limit=2000`)
  assertStatus(lines, 200)
  return { header, lines, clientRef: ports.advance ? verified.clientRef : undefined }
}

function readDay(zone: string, ms: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(ms)
}

/** Until half past six of the next day: statements are ready by six. */
function untilMorningMs(zone: string, nowMs: number): number {
  const options = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const [hours = 0, minutes = 0] = new Intl.DateTimeFormat('en-GB', options).format(nowMs).split(':').map(Number)
  return dayMs - (hours * 60 + minutes) * 60_000 + 6.5 * 3_600_000
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
    id: 'statements.ours',
    title: 'A payment stands in the statement of its day, under our own reference',
    rule: 'Each line has bankRef, kind, amount, valueDate, and clientRef where there is one',
    remedy: 'Write our reference into the lines of what we asked for',
    run: async (kit) => {
      const { lines, clientRef } = await getStatement(kit)
      if (clientRef === undefined) skip('needs a bank whose test clock can be moved past the day')
      const line = readLines(lines).find((each) => memberAt(each, 'clientRef') === clientRef)
      assertThat(line !== undefined, 'a line with our reference', 'none')
      assertThat(memberAt(line, 'kind') === 'payment', 'kind payment', String(memberAt(line, 'kind')))
      assertThat(memberAt(line, 'amount', 'value') === '3', 'the amount of the payment', 'another one')
    },
  },
  {
    id: 'statements.signed',
    title: 'The head of a statement is signed by itself, so that it can be shown to others',
    rule: 'signature { keyid, value } over the canonical form (RFC 8785) of all other members, by a key of the JWKS',
    remedy: 'Sign the head when the statement is made, and keep the signature with it',
    run: async (kit) => {
      const { header } = await getStatement(kit)
      const { signature, ...rest } = header.body
      const key = await kit.courier.parts.keys.find(textAt(signature, 'keyid'))
      assertThat(typeof key !== 'string', 'a key of the JWKS', String(key))
      const value = Buffer.from(textAt(signature, 'value'), 'base64')
      const holds = typeof key !== 'string' && isSigned(key, Buffer.from(canonicalJson(rest)), value)
      assertThat(holds, 'a signature that verifies', 'one that does not')
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
