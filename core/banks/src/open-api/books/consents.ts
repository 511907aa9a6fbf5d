import type { BankOutcome, ConsentRequest, ConsentView, ConsentWithdrawal } from '@inthread/sdk/bank'
import { instantToIso } from '@inthread/sdk/time'
import { buildOutcome, type Reader } from '../outcome.ts'
import type { Exchange } from '../transport/exchange.ts'
import { consentSchema } from './resources.ts'

/** Hands on what a user allowed: purpose, classes and the digest of the text that was shown. */
export async function runConsent(
  exchange: Exchange,
  { key, grantedAt, ...consent }: ConsentRequest,
): Promise<BankOutcome<ConsentView>> {
  const body = { ...consent, grantedAt: instantToIso(grantedAt) }
  return buildOutcome(await exchange({ method: 'POST', path: ['v1', 'consents'], key, body }), reader)
}

export async function runWithdrawal(
  exchange: Exchange,
  { key, consent }: ConsentWithdrawal,
): Promise<BankOutcome<ConsentView>> {
  const path = ['v1', 'consents', consent, 'withdraw']
  return buildOutcome(await exchange({ method: 'POST', path, key, body: {} }), reader)
}

const reader: Reader<typeof consentSchema, BankOutcome<ConsentView>> = {
  asked: 'consent',
  schema: consentSchema,
  read: ({ id: bankRef, state, version }) => ({ kind: 'done', value: { bankRef, state, version } }),
}
