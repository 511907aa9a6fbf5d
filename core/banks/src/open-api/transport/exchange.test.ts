import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerRequest, challengeRequest, linkRequest, paymentRequest, wirePayment } from '../../../test/purchase.ts'
import { openWorld, type World } from '../../../test/world.ts'

/** Every call once. */
function askEverything({ connection }: World): Promise<readonly { readonly kind: string }[]> {
  return Promise.all([
    connection.profile(),
    connection.link(linkRequest),
    connection.methods('lnk_1'),
    connection.challenge(challengeRequest),
    connection.answer(answerRequest),
    connection.submit(paymentRequest),
    connection.query('ord_1'),
    connection.notices('c1'),
  ])
}

const headerNames = ['signature', 'signature-input', 'content-digest', 'x-interaction-id', 'content-type']
const headerTexts = fc.oneof(
  fc.string(),
  fc.constantFrom('sig1=:AAAA:', 'sig1=();created=1', 'sig1=("@status");keyid="bank-1"', 'sha-256=:AAAA:', 'sig1=1.5'),
)

describe('whatever comes back', () => {
  it('unsigned bytes under arbitrary headers are unknown for every call', async () => {
    const world = openWorld()
    const headers = fc.dictionary(fc.constantFrom(...headerNames), headerTexts)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: 599 }), headers, fc.uint8Array(), async (status, given, bytes) => {
        world.bank.flaw = { reply: () => ({ status, headers: { ...given }, body: Buffer.from(bytes) }) }
        for (const outcome of await askEverything(world)) expect(outcome.kind).toBe('unknown')
      }),
      { numRuns: 100 },
    )
  })

  it('arbitrary bytes and values that the bank itself signed are unknown for every call', async () => {
    const world = openWorld()
    const bodies = fc.oneof(
      fc.uint8Array(),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(200, 202, 404, 422, 500), bodies, async (status, bytes) => {
        world.bank.say = () => ({ status, json: bytes })
        for (const outcome of await askEverything(world)) expect(outcome.kind).toBe('unknown')
      }),
      { numRuns: 100 },
    )
  })

  it('a payment with one member replaced by anything is done only when the bank could mean it', async () => {
    const { bank, connection } = openWorld()
    const members = fc.constantFrom('id', 'clientRef', 'state', 'version', 'amount', 'payee')
    await fc.assert(
      fc.asyncProperty(members, fc.jsonValue(), async (member, value) => {
        bank.say = () => ({ status: 200, json: { ...wirePayment, [member]: value } })
        const outcome = await connection.submit(paymentRequest)
        if (outcome.kind === 'unknown') return
        // An id and a state may be any text, and a version any number from 0.
        const isText = typeof value === 'string' && value.length > 0
        expect(['id', 'state'].includes(member) ? isText : member === 'version' && Number.isInteger(value)).toBe(true)
        expect(outcome.kind).toBe(member === 'state' ? 'pending' : 'done')
      }),
      { numRuns: 200 },
    )
  })

  it('one flipped bit anywhere in a signed answer is unknown', async () => {
    const { bank, connection } = openWorld()
    bank.say = () => ({ status: 200, json: wirePayment })
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 7 }), async (place, bit) => {
        bank.flaw = { reply: ({ body }) => ({ body: flip(body, place % body.length, bit) }) }
        expect(await connection.submit(paymentRequest)).toEqual({ kind: 'unknown', code: 'answer_digest_mismatch' })
      }),
      { numRuns: 100 },
    )
  })
})

function flip(body: Buffer, place: number, bit: number): Buffer {
  const changed = Buffer.from(body)
  changed[place] = (changed[place] ?? 0) ^ (1 << bit)
  return changed
}
