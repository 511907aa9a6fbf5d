import { describe, expect, it } from 'vitest'
import { answerRequest, challengeRequest, wireConfirmation } from '../../test/purchase.ts'
import { openWorld } from '../../test/world.ts'

/** What the connection makes of a confirmation, as the answer to the challenge and to the code. */
async function readConfirmation(json: unknown): Promise<unknown> {
  const { bank, connection } = openWorld()
  bank.say = () => ({ status: 200, json })
  const challenged = await connection.challenge(challengeRequest)
  expect(await connection.answer(answerRequest)).toEqual(challenged)
  return challenged
}

const expiresAt = 1_772_703_120_000_000

describe('the state of a challenge decides', () => {
  it.each(['pending', 'somewhere_else'])('%s is pending', async (state) => {
    const value = { ref: 'cnf_1', state: 'pending', destination: '138****0001', triesLeft: 3, expiresAt }
    expect(await readConfirmation({ ...wireConfirmation, state })).toEqual({
      kind: 'pending',
      value: { ...value, authorisation: undefined },
    })
  })

  it.each([
    ['locked', 'locked'],
    ['expired', 'expired'],
    ['superseded', 'expired'],
    ['used', 'used'],
  ])('%s is an end, and carries no authorisation', async (state, end) => {
    expect(await readConfirmation({ ...wireConfirmation, state, authorisation: 'aut_1' })).toMatchObject({
      kind: 'done',
      value: { state: end, authorisation: undefined },
    })
  })

  it('verified is done and carries the authorisation', async () => {
    expect(await readConfirmation({ ...wireConfirmation, state: 'verified', authorisation: 'aut_1' })).toMatchObject({
      kind: 'done',
      value: { state: 'verified', authorisation: 'aut_1' },
    })
  })

  it.each([undefined, null, '', 7])('verified with %j for an authorisation is unknown', async (authorisation) => {
    const confirmation = { ...wireConfirmation, state: 'verified', authorisation }
    expect(await readConfirmation(confirmation)).toEqual({ kind: 'unknown', code: 'answer_malformed' })
  })

  it.each([
    ['no tries left said', { triesLeft: undefined }],
    ['half a try', { triesLeft: 0.5 }],
    ['a negative try', { triesLeft: -1 }],
    ['no end', { expiresAt: undefined }],
    ['an end without a zone', { expiresAt: '2026-03-05T09:32:00' }],
    ['an end that is no day', { expiresAt: '2026-13-45T09:32:00Z' }],
    ['no destination', { destination: undefined }],
  ])('%s is unknown', async (_what, change) => {
    const confirmation = { ...wireConfirmation, ...change }
    expect(await readConfirmation(confirmation)).toEqual({ kind: 'unknown', code: 'answer_malformed' })
  })

  it('reads an end in the zone of the bank', async () => {
    expect(await readConfirmation({ ...wireConfirmation, expiresAt: '2026-03-05T17:32:00+08:00' })).toMatchObject({
      value: { expiresAt },
    })
  })
})

describe('a challenge of another', () => {
  const elsewhere = { kind: 'unknown', code: 'answer_of_another_request' }

  it('is unknown by its reference when it is made, by its id when it is answered', async () => {
    const { bank, connection } = openWorld()
    const verified = { ...wireConfirmation, state: 'verified', authorisation: 'aut_1' }
    bank.say = () => ({ status: 201, json: { ...verified, clientRef: 'ord_2' } })
    expect(await connection.challenge(challengeRequest)).toEqual(elsewhere)
    bank.say = () => ({ status: 200, json: { ...verified, id: 'cnf_2' } })
    expect(await connection.answer(answerRequest)).toEqual(elsewhere)
  })
})

describe('on the wire', () => {
  it('the challenge carries the payload and both digests', async () => {
    const { bank, connection } = openWorld()
    await connection.challenge(challengeRequest)
    expect(JSON.parse(bank.received[0]?.body.toString() ?? '')).toEqual({
      clientRef: 'ord_1',
      link: 'lnk_1',
      payload: challengeRequest.payload,
      payloadSha256: challengeRequest.payloadDigest,
      renderedSha256: challengeRequest.renderedDigest,
      method: 'code',
    })
  })

  it('the code stands in the body and nowhere else', async () => {
    const { connection, sent } = openWorld()
    await connection.answer(answerRequest)
    const [request] = sent
    expect(Buffer.from(request?.body ?? []).toString()).toBe('{"code":"392817"}')
    expect(JSON.stringify([request?.url, request?.headers])).not.toContain('392817')
  })

  it('the third wrong code locks, and the same key does not cost another try', async () => {
    const { connection } = openWorld()
    await connection.challenge(challengeRequest)
    const tries = ['answer-key-number-001', 'answer-key-number-001', 'answer-key-number-002', 'answer-key-number-003']
    const outcomes = []
    for (const key of tries) outcomes.push(await connection.answer({ ...answerRequest, key, code: '000000' }))
    expect(outcomes).toMatchObject([
      { kind: 'pending', value: { triesLeft: 2 } },
      { kind: 'pending', value: { triesLeft: 2 } },
      { kind: 'pending', value: { triesLeft: 1 } },
      { kind: 'done', value: { triesLeft: 0, state: 'locked' } },
    ])
  })
})
