import { describe, expect, it } from 'vitest'
import type { BankConnection, BankOutcome } from '@inthread/sdk/bank'
import { answerRequest, challengeRequest, linkRequest, paymentRequest } from '../../test/purchase.ts'
import { problem } from '../../test/signing-bank.ts'
import { openWorld } from '../../test/world.ts'

type Ask = (connection: BankConnection) => Promise<BankOutcome<unknown>>

const submit: Ask = (connection) => connection.submit(paymentRequest)
const challenge: Ask = (connection) => connection.challenge(challengeRequest)
const asks: Readonly<Record<string, Ask>> = {
  profile: (connection) => connection.profile(),
  link: (connection) => connection.link(linkRequest),
  methods: (connection) => connection.methods('lnk_1'),
  challenge,
  answer: (connection) => connection.answer(answerRequest),
  submit,
  notices: (connection) => connection.notices(undefined),
}

async function ask(what: Ask, said: ReturnType<typeof problem>): Promise<BankOutcome<unknown>> {
  const { bank, connection } = openWorld()
  bank.say = () => said
  return what(connection)
}

type Row = readonly [status: number, code: string, more: object, meaning: string]

/** Every code of the shared API, with what it says of itself and what it means for a payment. */
const rows: readonly Row[] = [
  [400, 'malformed', {}, 'declined'],
  [400, 'missing_idempotency_key', {}, 'declined'],
  [400, 'bad_amount', {}, 'declined'],
  [400, 'bad_currency', {}, 'declined'],
  [401, 'signature_invalid', { retry: 'same-key' }, 'unknown'],
  [401, 'digest_mismatch', { retry: 'same-key' }, 'unknown'],
  [401, 'clock_skew', { retry: 'same-key', serverTime: '2026-03-05T09:30:00Z' }, 'unknown'],
  [401, 'token_expired', { retry: 'same-key' }, 'unknown'],
  [401, 'nonce_replayed', { retry: 'same-key' }, 'unknown'],
  [403, 'capability_off', { retry: 'after' }, 'try_later'],
  [403, 'tenant_not_allowed', {}, 'declined'],
  [403, 'step_up_required', { retry: 'after' }, 'declined'],
  [403, 'consent_missing', { retry: 'after' }, 'not_linked'],
  [403, 'number_reassigned', {}, 'not_linked'],
  [403, 'limit_auth_strength', { retry: 'after' }, 'declined'],
  [404, 'not_found', { retry: 'same-key' }, 'declined'],
  [409, 'still_running', { retry: 'same-key' }, 'unknown'],
  [409, 'state_conflict', { retry: 'after' }, 'declined'],
  [409, 'version_conflict', { retry: 'after' }, 'declined'],
  [409, 'already_refunded', {}, 'declined'],
  [409, 'duplicate_business', {}, 'declined'],
  [410, 'expired', { retry: 'new-key' }, 'declined'],
  [412, 'precondition', {}, 'declined'],
  [422, 'key_reused', {}, 'unknown'],
  [422, 'payee_mismatch', {}, 'declined'],
  [422, 'amount_changed', {}, 'declined'],
  [422, 'suitability_mismatch', {}, 'declined'],
  [422, 'annual_rate_missing', {}, 'declined'],
  [422, 'below_min', {}, 'declined'],
  [422, 'above_max', {}, 'declined'],
  [422, 'insufficient_funds', {}, 'insufficient_funds'],
  [422, 'card_blocked', {}, 'declined'],
  [422, 'account_frozen', {}, 'declined'],
  [422, 'credit_declined', {}, 'declined'],
  [423, 'under_review', { retry: 'after' }, 'unknown'],
  [423, 'delayed_by_risk', { retry: 'after' }, 'unknown'],
  [429, 'rate_limited', { retry: 'after' }, 'try_later'],
  [500, 'internal', { outcome: 'unknown', retry: 'same-key' }, 'unknown'],
  [502, 'bank_core_down', { outcome: 'unknown', retry: 'same-key' }, 'unknown'],
  [503, 'bank_core_down', { outcome: 'none', retry: 'same-key' }, 'unknown'],
  [504, 'biller_down', { outcome: 'unknown', retry: 'same-key' }, 'unknown'],
]

const codes = rows.map(([status, code, more, meaning]) => ({ status, code, more, meaning }))

/** Where another call than the payment may take the bank at its word. */
const otherwise: Readonly<Record<string, string>> = {
  key_reused: 'declined',
  under_review: 'try_later',
  delayed_by_risk: 'try_later',
}

const expected = (code: string, meaning: string): object =>
  meaning === 'unknown' ? { kind: 'unknown', code } : { kind: 'refused', code, reason: meaning }

describe('every code of the shared API', () => {
  it.each(codes)('$status $code of a payment', async ({ status, code, more, meaning }) => {
    expect(await ask(submit, problem(status, code, more))).toEqual(expected(code, meaning))
  })

  it.each(codes)('$status $code of a challenge', async ({ status, code, more, meaning }) => {
    expect(await ask(challenge, problem(status, code, more))).toEqual(expected(code, otherwise[code] ?? meaning))
  })

  it.each(codes)('$status $code without "none" is unknown for every call', async ({ status, code, more }) => {
    const { bank, connection } = openWorld()
    for (const outcome of ['unknown', 'done', 'perhaps']) {
      bank.say = () => problem(status, code, { ...more, outcome })
      for (const what of Object.values(asks)) expect(await what(connection)).toEqual({ kind: 'unknown', code })
    }
  })
})

describe('other problems', () => {
  it('mean that the number is not linked when the link is not found', async () => {
    const refused = { kind: 'refused', code: 'not_found', reason: 'not_linked' }
    expect(await ask(asks['methods'] ?? submit, problem(404, 'not_found', { retry: 'same-key' }))).toEqual(refused)
  })

  it('with codes of the bank refuse: for later when it says so', async () => {
    const closed = { kind: 'refused', code: 'bank_closed', reason: 'try_later' }
    expect(await ask(submit, problem(403, 'bank_closed', { retry: 'after' }))).toEqual(closed)
    const strange = { kind: 'refused', code: 'bad_weather', reason: 'declined' }
    expect(await ask(submit, problem(422, 'bad_weather'))).toEqual(strange)
  })

  it('of our standing are unknown even with codes of the bank', async () => {
    expect(await ask(submit, problem(401, 'key_withdrawn'))).toEqual({ kind: 'unknown', code: 'key_withdrawn' })
  })

  it.each([
    ['no code', { code: undefined }],
    ['a code that is a sentence', { code: 'Card 6222 of Mr. Wang is blocked' }],
    ['a code without an end', { code: 'x'.repeat(65) }],
    ['no outcome', { outcome: undefined }],
    ['an outcome that is no text', { outcome: null }],
  ])('with %s are unknown', async (_what, change) => {
    const said = problem(422, 'insufficient_funds', change)
    for (const what of Object.values(asks)) {
      expect(await ask(what, said)).toEqual({ kind: 'unknown', code: 'answer_malformed' })
    }
  })

  it('are not read in an answer that says 200', async () => {
    const { json } = problem(422, 'insufficient_funds')
    expect(await ask(submit, { status: 200, json })).toEqual({ kind: 'unknown', code: 'answer_malformed' })
  })
})
