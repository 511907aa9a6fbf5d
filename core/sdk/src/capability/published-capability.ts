import { z } from 'zod'

const name = z.string().min(1).max(100)
const json = z.record(z.string(), z.unknown())

const outcomes = z.record(name, name)
const route = z.strictObject({
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']),
  path: z.string().min(1).max(200),
  states: outcomes.optional(),
  otherwise: name.optional(),
  refusals: outcomes.optional(),
  product: z.boolean().optional(),
  once: z.strictObject({ per: z.array(name).min(1).max(10), again: outcomes.optional() }).optional(),
  strangers: z.boolean().optional(),
  collection: z.string().min(1).max(200).optional(),
  refunds: z.strictObject({ path: z.string().min(1).max(200), collection: z.string().min(1).max(200) }).optional(),
})
const wording = z.record(name, z.string().min(1).max(30))
const confirm = z.strictObject({
  op: name,
  title: wording,
  payer: z.union([z.boolean(), z.enum(['credit', 'debit'])]).optional(),
  payee: z.boolean().optional(),
  rows: z.record(name, z.strictObject({ label: wording, values: z.record(name, wording) })).optional(),
  livesMs: z.number().int().min(60_000).max(604_800_000).optional(),
})

const account = z.string().regex(/^[a-z{}][a-z0-9:{}-]{0,99}$/)
const pair = z.strictObject({ debit: account, credit: account })
const book = z.strictObject({ hold: pair, then: pair.optional() })

/** A capability as JSON: what a bank's package carries along when the platform does not know what it provides. */
export const publishedCapabilitySchema = z.strictObject({
  audience: z.enum(['scene', 'dialogue']),
  operations: z.record(
    name,
    z.strictObject({
      class: z.enum(['read', 'quote', 'hold', 'commit']),
      input: json,
      outcomes: z.record(name, json),
      confidential: z.boolean().optional(),
      bank: route.optional(),
      dialogue: z.literal(false).optional(),
      confirm: confirm.optional(),
      book: book.optional(),
    }),
  ),
  events: z.record(name, json),
})
export type PublishedCapability = z.infer<typeof publishedCapabilitySchema>
