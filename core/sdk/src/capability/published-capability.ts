import { z } from 'zod'

const name = z.string().min(1).max(100)
const json = z.record(z.string(), z.unknown())

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
    }),
  ),
  events: z.record(name, json),
})
export type PublishedCapability = z.infer<typeof publishedCapabilitySchema>
