import { bankWays } from '@inthread/messaging'
import { z } from 'zod'
import { wireProblem } from '../saying/wire-said.ts'

/** How a simulated thread looks on the wire. */

export const actsAtMost = 60
const latestInstant = 4_102_444_800_000_000
const name = z.string().max(100)
/** JSON, with amounts as `{ "amountMinor": { "$n": "1250" }, "currency": "CNY" }` and instants in microseconds. */
const given = z.string().max(8000)

export const actSchema = z.discriminatedUnion('does', [
  z.strictObject({ does: z.literal('says'), words: z.string().min(1).max(2000) }),
  /** The button of the message with this number; the youngest with this label when left out. */
  z.strictObject({
    does: z.literal('taps'),
    label: z.string().min(1).max(200),
    message: z.number().int().min(0).optional(),
  }),
  /** An entry of the fixed menu. */
  z.strictObject({ does: z.literal('picks'), label: z.string().min(1).max(200) }),
  /** `accepts`, `declines`, `times_out`, or the name of any outcome of what the bank is asked. */
  z.strictObject({ does: z.literal('bank'), answers: z.union([z.enum(bankWays), name]), data: given.optional() }),
  /** How an order ended that the bank had left open. */
  z.strictObject({ does: z.literal('settles'), result: z.enum(['succeeded', 'declined']) }),
  /** What the host answers, as JSON; without it, it does not, for this reason. */
  z.strictObject({
    does: z.literal('host'),
    data: given.optional(),
    fails: z.enum(['unreachable', 'late', 'refused', 'malformed']).optional(),
  }),
  z.strictObject({ does: z.literal('waits'), seconds: z.number().int().min(1).max(5_184_000) }),
])

export type WireAct = z.infer<typeof actSchema>

const draftCharacters = 256 * 1024

/** What is tried in place of what is in force. */
const draft = z
  .strictObject({
    config: z
      .array(z.strictObject({ plugin: name, config: z.record(z.string(), z.unknown()) }))
      .max(20)
      .default([]),
    texts: z
      .array(z.strictObject({ plugin: name, text: name, locale: z.string().max(20), source: z.string().max(16_000) }))
      .max(100)
      .default([]),
    intents: z
      .array(
        z.strictObject({
          plugin: name,
          intent: name,
          words: z.record(z.string().max(20), z.array(z.string().trim().min(1).max(60)).max(50)),
        }),
      )
      .max(50)
      .default([]),
    menu: z.array(z.unknown()).max(20).optional(),
  })
  .refine((given) => JSON.stringify(given).length <= draftCharacters, 'a draft has at most 256 KB as JSON')

export const simulateInput = z.strictObject({
  tenant: z.string().max(60),
  bot: z.string().max(60),
  /** When the thread begins, in microseconds since 1970; now when left out. The same script then goes the same. */
  startsAt: z.number().int().min(0).max(latestInstant).optional(),
  /** A language of the tenant's users; that of the tenant when left out. */
  locale: z
    .string()
    .max(20)
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag like zh-CN or en')
    .optional(),
  /** As a phone without 5G messaging shows it. */
  sms: z.boolean().default(false),
  acts: z.array(actSchema).max(actsAtMost).default([]),
  draft: draft.optional(),
})

const voice = z.enum(['merchant', 'bank', 'platform'])
const json = z.string().nullable()

const message = z.object({
  number: z.number(),
  voice,
  text: z.string().nullable(),
  cards: z.array(z.object({ title: z.string(), description: z.string().nullable() })),
  /** `card` counts the cards of the message; null for what stands below all of it. */
  buttons: z.array(z.object({ label: z.string(), kind: z.string(), card: z.number().nullable() })),
})

const asked = z.object({
  who: z.enum(['bank', 'host']),
  /** The bank connection, or the host. */
  name: z.string(),
  capability: z.string().nullable(),
  operation: z.string(),
  route: z.string().nullable(),
  input: json,
  /** `refused`: the grants do not allow it, and the bank would hear nothing of it. */
  verdict: z.string(),
  refusal: z.object({ party: z.string(), reason: z.string(), ceiling: z.string() }).nullable(),
})

const turn = z.object({
  act: z.number(),
  at: z.number(),
  from: z.enum(['user', 'bank', 'host', 'time', 'plugin']),
  said: z.string().nullable(),
  why: z.object({
    by: z.string(),
    plugin: z.string().nullable(),
    flow: z.string().nullable(),
    step: z.string().nullable(),
    intent: z.string().nullable(),
    word: z.string().nullable(),
    value: json,
  }),
  steps: z.array(
    z.object({
      plugin: z.string(),
      version: z.string(),
      flow: z.string(),
      voice,
      heard: z.string(),
      from: z.string(),
      to: z.string(),
    }),
  ),
  messages: z.array(message),
  asked: z.array(asked),
  wrote: z.array(z.object({ plugin: z.string(), collection: z.string(), act: z.string(), done: z.boolean() })),
  cases: z.array(z.string()),
  problem: z.object({ code: z.string(), data: json, detail: z.string().nullable() }).nullable(),
})

const question = z.object({
  who: z.enum(['bank', 'host']),
  name: z.string(),
  capability: z.string().nullable(),
  operation: z.string(),
  input: json,
  /** The bank's dialogue is not played: only its end is chosen. */
  unplayed: z.boolean(),
  choices: z.array(z.object({ outcome: z.string(), sample: json })),
})

const menuEntry = z.object({ label: z.string(), entries: z.array(z.string()) })

export const threadSchema = z.object({
  turns: z.array(turn),
  /** Sent back with the next acts, so that what was before stays as it was. */
  startsAt: z.number(),
  now: z.number(),
  open: z.array(
    z.object({
      plugin: z.string(),
      version: z.string(),
      flow: z.string(),
      step: z.string(),
      kind: z.string(),
      voice,
      suspended: z.boolean(),
      confidential: z.boolean(),
      dueAt: z.number().nullable(),
      slots: json,
    }),
  ),
  asked: question.nullable(),
  undecided: z.number(),
  /** Why the last acts were not carried out. */
  cut: z.enum(['time', 'length']).nullable(),
  menu: z.array(menuEntry),
})

export type WireThread = z.infer<typeof threadSchema>

export const simulateOutput = z.object({
  problems: z.array(wireProblem),
  thread: threadSchema.nullable(),
})

/** A stored thread as a script: what may not be done again has a reason in place of its act. */
export const scriptOutput = z.object({
  bot: z.string(),
  startsAt: z.number(),
  acts: z.array(actSchema),
  /** How much was left out, and why. */
  left: z.record(z.string(), z.number()),
  shortened: z.boolean(),
})
