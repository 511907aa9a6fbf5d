import { z } from 'zod'
import { failureWord, instant, ref, version, wireMoney } from '../resources.ts'

/** The bodies of refunds, consents, number checks and statements, as far as we read them. */

export const refundSchema = z.object({
  id: ref,
  clientRef: ref,
  state: ref,
  version,
  amount: wireMoney,
  fee: wireMoney.optional(),
  failure: z.object({ code: failureWord, class: failureWord }).nullish(),
})
export type WireRefund = z.output<typeof refundSchema>

/** A search by our reference: the refund itself, or a list of at most one. */
export const refundSearchSchema = z.union([
  refundSchema.transform((refund) => ({ items: [refund] })),
  z.object({ items: z.array(refundSchema).max(1) }),
])

export const consentSchema = z.object({ id: ref, state: ref, version })

export const numberCheckSchema = z.object({ result: ref })

const day = z.iso.date()
const mask = z.string().max(64).nullish()

export const statementSchema = z.object({
  date: day,
  count: z.int().min(0).max(10_000_000),
  sumDebit: wireMoney.optional(),
  sumCredit: wireMoney.optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.object({ keyid: ref, alg: z.literal('ed25519'), value: z.base64().max(200) }),
})
export type WireStatement = z.output<typeof statementSchema>

export const statementLineSchema = z.object({
  seq: z.int().min(0),
  bankRef: ref,
  clientRef: ref.nullish(),
  kind: ref,
  amount: wireMoney,
  valueDate: day,
  bookedAt: instant,
  payerMask: mask,
  payeeMask: mask,
  status: ref,
  reversalOf: ref.nullish(),
})
