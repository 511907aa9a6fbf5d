import { createHash, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '@inthread/sdk/json'
import { money } from '@inthread/sdk/money'
import { problem, type Said, type SigningBank } from '../../../test/signing-bank.ts'
import { openWorld } from '../../../test/world.ts'

const line = (seq: number, change: object = {}): string =>
  `${JSON.stringify({
    seq,
    bankRef: `pay_${seq}`,
    clientRef: `ord_${seq}`,
    kind: 'payment',
    amount: { value: '12800', currency: 'CNY' },
    valueDate: '2026-03-05',
    bookedAt: '2026-03-05T10:00:00+08:00',
    payerMask: '****1234',
    payeeMask: '****6621',
    status: 'booked',
    ...change,
  })}\n`

interface Day {
  readonly pages: readonly string[]
  readonly head?: object
}

/** For good: over everything that it says, in its canonical form. */
function signHead({ key: { kid, key } }: SigningBank, head: object): object {
  const value = sign(null, Buffer.from(canonicalJson(head)), key).toString('base64')
  return { ...head, signature: { keyid: kid, alg: 'ed25519', value } }
}

/** A bank that hands its file out in these pages. */
function serve({ pages, head = {} }: Day) {
  const file = pages.join('')
  const world = openWorld()
  let page = 0
  world.bank.say = ({ url }): Said =>
    url.includes('/lines')
      ? { status: 200, json: Buffer.from(pages[(page += 1) - 1] ?? '') }
      : {
          status: 200,
          json: signHead(world.bank, {
            date: '2026-03-05',
            account: '****6621',
            count: file.split('\n').length - 1,
            sha256: createHash('sha256').update(file).digest('hex'),
            ...head,
          }),
        }
  return world
}

describe('a statement', () => {
  it('is read over its pages, and whole', async () => {
    const { connection, sent } = serve({ pages: [line(1) + line(2), line(3, { kind: 'refund', clientRef: null })] })
    const found = await connection.statement('2026-03-05')
    expect(found).toMatchObject({ kind: 'done', value: { day: '2026-03-05' } })
    const lines = found.kind === 'done' ? found.value.lines : []
    expect(lines.map(({ seq, clientRef }) => [seq, clientRef])).toEqual([
      [1, 'ord_1'],
      [2, 'ord_2'],
      [3, undefined],
    ])
    expect(lines[0]).toMatchObject({ amount: money('128.00', 'CNY'), bookedAt: 1_772_676_000_000_000 })
    expect(sent.at(-1)?.url).toContain('after=2')
  })

  it('of a day without bookings is one without lines', async () => {
    const { connection } = serve({ pages: [''] })
    expect(await connection.statement('2026-03-05')).toMatchObject({ kind: 'done', value: { lines: [] } })
  })

  it('that is not ready is not found', async () => {
    const { bank, connection } = openWorld()
    bank.say = () => problem(404, 'not_found')
    expect(await connection.statement('2026-03-05')).toEqual({ kind: 'not_found' })
  })

  it.each([
    ['answer_of_another_request', { date: '2026-03-04' }],
    ['statement_digest_mismatch', { sha256: '0'.repeat(64) }],
    ['statement_incomplete', { count: 3 }],
    [
      'statement_sums_differ',
      { sumDebit: { value: '0', currency: 'CNY' }, sumCredit: { value: '12801', currency: 'CNY' } },
    ],
  ])('is unknown as a whole: %s', async (code, head) => {
    const { connection } = serve({ pages: [line(1) + line(2)], head })
    expect(await connection.statement('2026-03-05')).toEqual({ kind: 'unknown', code })
  })

  it('whose head is not signed, or by nobody we know, or otherwise than it says, is none', async () => {
    const told = async (change: (head: Record<string, unknown>) => object) => {
      const { bank, connection } = serve({ pages: [line(1)] })
      const { say } = bank
      bank.say = (request) => {
        const said = say(request)
        return request.url.includes('/lines') ? said : { ...said, json: change(said.json as Record<string, unknown>) }
      }
      return connection.statement('2026-03-05')
    }
    expect(await told((head) => head)).toMatchObject({
      kind: 'done',
      value: { head: expect.stringContaining('keyid') },
    })
    expect(await told((head) => ({ ...head, account: '****9999' }))).toMatchObject({
      code: 'statement_signature_invalid',
    })
    expect(await told(({ signature: _none, ...head }) => head)).toMatchObject({ code: 'answer_malformed' })
    expect(
      await told((head) => ({ ...head, signature: { ...(head['signature'] as object), keyid: 'bank-9' } })),
    ).toMatchObject({ code: 'statement_signed_with_unknown_key' })
  })

  it('with one broken or doubled line is no statement', async () => {
    const broken = serve({ pages: [line(1) + line(2, { amount: '128.00' })] })
    expect(await broken.connection.statement('2026-03-05')).toEqual({ kind: 'unknown', code: 'answer_malformed' })
    const doubled = serve({ pages: [line(1) + line(1)] })
    expect(await doubled.connection.statement('2026-03-05')).toMatchObject({ code: 'statement_sequence_broken' })
  })
})
