import { z } from 'zod'
import { findWireMoney, type Money } from '@inthread/sdk/money'
import { findInstant, type Instant } from '@inthread/sdk/time'

/** The bodies of the shared bank API, as far as we read them. What else a bank sends is left aside. */

export const ref = z.string().min(1).max(200)
const words = z.record(z.string().max(35), z.string().max(200))
export const version = z.int().min(0)

/** Codes go on into outcomes and logs, so one that could be a sentence about somebody is not read as a code. */
const code = z.string().regex(/^[a-z][a-z0-9_.]{0,63}$/)
export const failureWord = code.optional().catch(undefined)

export const wireMoney = z.unknown().transform((wire, context): Money => {
  const amount = findWireMoney(wire)
  if (amount !== undefined) return amount
  context.addIssue({ code: 'custom', message: 'an amount is { value, currency } with digits as text' })
  return z.NEVER
})

export const instant = z.string().transform((text, context): Instant => {
  const at = findInstant(text)
  if (at !== undefined) return at
  context.addIssue({ code: 'custom', message: 'an instant is RFC 3339 with a zone' })
  return z.NEVER
})

export const capabilitiesSchema = z.object({
  tenant: ref,
  bank: z.object({ name: words, zone: z.string().refine(isZone).optional().catch(undefined) }),
  payee: z.object({ id: ref, name: z.string().min(1).max(200), account: z.string().min(1).max(64) }),
  consents: z
    .array(
      z.object({
        purpose: ref,
        version: ref,
        text: z.record(z.string().max(35), z.string().min(1).max(2000)),
        receiver: words,
        dataClasses: z.array(ref).max(50),
        signed: z.boolean().default(false),
      }),
    )
    .max(100)
    .default([]),
})

/** A state we have never heard of is "other, not final", so states are plain text here. */
export const linkSchema = z.object({ id: ref.nullish(), state: ref })

const methodSchema = z.object({
  id: ref,
  label: words,
  mask: z.string().min(1).max(64),
  canPay: z.boolean(),
  kind: z.string().max(40).optional().catch(undefined),
  default: z.boolean().default(false),
})

export const methodsSchema = z.object({ methods: z.array(methodSchema).max(200) })

export const confirmationSchema = z.object({
  id: ref,
  clientRef: ref,
  state: ref,
  destination: z.string().max(64),
  triesLeft: z.int().min(0).max(100),
  expiresAt: instant,
  page: z.object({ url: z.url({ protocol: /^https?$/ }).max(500), expiresAt: instant }).nullish(),
  method: ref.optional(),
  authorisation: z.string().min(1).max(4096).nullish(),
})
export type WireConfirmation = z.output<typeof confirmationSchema>

export const paymentSchema = z.object({
  id: ref,
  clientRef: ref,
  state: ref,
  version,
  amount: wireMoney,
  payee: z.object({ id: ref }),
  fee: wireMoney.optional(),
  failure: z.object({ code: failureWord, class: failureWord }).nullish(),
})
export type WirePayment = z.output<typeof paymentSchema>

/** A search by our reference: the payment itself, or a list of at most one. */
export const paymentSearchSchema = z.union([
  paymentSchema.transform((payment) => ({ items: [payment] })),
  z.object({ items: z.array(paymentSchema).max(1) }),
])

/** Thin: a notice of a kind that has no state or version of its own is accepted as it is. */
export const noticeSchema = z.object({
  type: z.string().min(1).max(100),
  data: z
    .object({
      id: ref.optional().catch(undefined),
      clientRef: ref.nullish(),
      version: version.optional(),
      state: ref.optional(),
      link: ref.optional().catch(undefined),
      date: z.iso.date().optional().catch(undefined),
    })
    .default({}),
})
export type WireNotice = z.output<typeof noticeSchema>

export const noticePageSchema = z.object({
  events: z.array(noticeSchema.extend({ id: ref })).max(200),
  cursor: z.string().min(1).max(1024).nullish(),
  more: z.boolean(),
})

/** RFC 9457 with the bank API's own members. `outcome` says whether money may have moved. */
export const problemSchema = z.object({
  code,
  outcome: z.string().max(32),
  retry: z.string().max(32).optional(),
})
export type WireProblem = z.output<typeof problemSchema>

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
