import { Type, type Static } from 'typebox'
import type { Client } from '../clients/clients.store.ts'
import { currency } from '../ledger/accounts.store.ts'
import { renderDecimal } from '../ledger/fee.ts'
import { renderCanonicalJson, sha256Hex } from '../signing/digest.ts'
import { Problem } from '../transport/problem.ts'

export const amountPattern = '^(0|[1-9][0-9]{0,17})$'
const name = { minLength: 1, maxLength: 64 }

/**
 * What the customer agrees to, word for word. Closed: a member that this bank does not understand would be agreed to
 * without having been shown.
 */
export const payloadSchema = Type.Object(
  {
    v: Type.Literal(1),
    op: Type.Literal('payment'),
    intent: Type.String(name),
    bank: Type.String(name),
    tenant: Type.String(name),
    amount: Type.String({ pattern: amountPattern, description: 'Minor units.' }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    payee: Type.Object(
      { id: Type.String(name), name: Type.String(name), account: Type.String(name) },
      { additionalProperties: false },
    ),
    payer: Type.String({ ...name, description: 'Id of the payment method, acc_….' }),
    expires: Type.String({ format: 'date-time' }),
    nonce: Type.String(name),
  },
  { additionalProperties: false, description: 'The payment, in the form whose RFC 8785 text is digested.' },
)

export type PaymentPayload = Static<typeof payloadSchema>

/** What was stored is what was checked. */
export function readPayload(confirmation: { readonly payload: string }): PaymentPayload {
  return JSON.parse(confirmation.payload) as PaymentPayload
}

export interface PayloadRules {
  readonly client: Client
  /** Ids of the accounts that the payer of this link may pay from. */
  readonly methods: readonly string[]
  readonly perPaymentMinor: bigint
  readonly nowMs: number
}

/** The canonical text, once the digest was found right. */
export function buildCanonicalPayload(payload: PaymentPayload, payloadSha256: string): string {
  const canonical = renderCanonicalJson(payload)
  if (sha256Hex(canonical) === payloadSha256) return canonical
  throw new Problem(
    'amount_changed',
    'payloadSha256 is not the SHA-256 of the canonical form (RFC 8785) of payload: compute it again.',
  )
}

/** Throws the first Problem found: payee, payer, amount, time. */
export function assertPayloadAllowed(payload: PaymentPayload, rules: PayloadRules): void {
  assertPayee(payload.payee, rules.client)
  if (!rules.methods.includes(payload.payer)) {
    throw new Problem(
      'payer_mismatch',
      'payload.payer is not a payment method of this link: read GET /v1/links/{id}/methods.',
    )
  }
  assertAmount(payload, rules.perPaymentMinor)
  // Written this way round, a time that the calendar does not have (a leap second) counts as over.
  if (!(Date.parse(payload.expires) > rules.nowMs)) {
    throw new Problem('expired', 'payload.expires is over: make a new payload with a later time.')
  }
}

/** The payee's id also pins this bank and this client, which is why `bank` and `tenant` may be the caller's words. */
function assertPayee(payee: PaymentPayload['payee'], client: Client): void {
  const named = payee.name === client.names.zh || payee.name === client.names.en
  if (payee.id === client.payeeId && payee.account === client.accountMask && named) return
  throw new Problem(
    'payee_mismatch',
    'payload.payee is not the merchant of this client: copy it from GET /v1/capabilities.',
  )
}

function assertAmount(payload: PaymentPayload, perPaymentMinor: bigint): void {
  if (payload.currency !== currency) throw new Problem('bad_currency', `This bank pays in ${currency} only.`)
  const amountMinor = BigInt(payload.amount)
  if (amountMinor <= 0n) throw new Problem('below_min', 'A payment must be at least one minor unit.')
  if (amountMinor > perPaymentMinor) {
    throw new Problem('above_max', `A payment may not be above ${renderDecimal(perPaymentMinor)} ${currency}.`)
  }
}
