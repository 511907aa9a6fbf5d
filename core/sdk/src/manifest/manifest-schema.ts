import { z } from 'zod'
import { publishedCapabilitySchema } from '../capability/published-capability.ts'

/** A zod schema as JSON Schema 2020-12, see `write-schema.ts`. */
const jsonSchema = z.record(z.string(), z.unknown())
export type JsonSchema = z.infer<typeof jsonSchema>

const name = z.string().min(1).max(100)
const wording = z.record(z.string().max(35), z.string().max(16_000))
const count = z.int().nonnegative()
const named = <T extends z.ZodType>(schema: T): z.ZodRecord<z.ZodString, T> => z.record(name, schema)

/** The next step; `sets` when a function puts the result into slots. */
const route = z.union([name, z.strictObject({ to: name, sets: z.literal(true) })])
export type ManifestRoute = z.infer<typeof route>

const wireMoney = z.strictObject({ value: z.string().regex(/^(0|[1-9][0-9]{0,17})$/), currency: z.string() })

/**
 * What a message consists of, as far as it can be known without a run: the names of its texts, of those that are titles
 * of cards, and of its labels, how many cards and chips, and the most suggestions on one card.
 */
const shown = z.strictObject({
  texts: z.array(name),
  titles: z.array(name),
  labels: z.array(name),
  cards: count,
  chips: count,
  cardSuggestions: count,
})
export type ManifestMessage = z.infer<typeof shown>

const found = z.strictObject({ found: route, none: route })

const write = z.discriminatedUnion('act', [
  z.strictObject({ kind: z.literal('write'), act: z.enum(['put', 'remove']), to: name, next: name }),
  z.strictObject({
    kind: z.literal('write'),
    act: z.literal('insert'),
    to: name,
    on: z.strictObject({ written: route, present: route }),
  }),
])

const wait = z.discriminatedUnion('for', [
  z.strictObject({ kind: z.literal('wait'), for: z.literal('moment'), next: name }),
  z.strictObject({
    kind: z.literal('wait'),
    for: z.literal('event'),
    need: name,
    event: name,
    limitMs: z.number(),
    on: z.strictObject({ happened: route, limit: route }),
  }),
])

/** One step: everything about it that is no function. */
const step = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), shows: shown.optional(), next: name }),
  z.strictObject({
    kind: z.literal('ask'),
    slot: name,
    confidential: z.literal(true).optional(),
    shape: z.strictObject({ digits: z.int().min(1).max(12) }).optional(),
    shows: shown.optional(),
    /** Whether words other than a label are read. */
    reads: z.boolean(),
    timeout: z.strictObject({ afterMs: z.number(), to: name }),
    reminderMs: z.number().optional(),
    retries: z.number().optional(),
    giveUp: name.optional(),
    next: route,
  }),
  z.strictObject({ kind: z.literal('branch'), when: z.array(name), otherwise: name }),
  z.strictObject({ kind: z.literal('call'), need: name, operation: name, on: named(route) }),
  z.strictObject({
    kind: z.literal('confirm'),
    on: z.strictObject({ confirmed: name, cancelled: name, expired: name }),
  }),
  z.strictObject({
    kind: z.literal('read'),
    from: name,
    by: name,
    /** Whether it says which documents, by the first fields of the index. */
    filters: z.boolean(),
    limit: z.number().optional(),
    on: found,
  }),
  write,
  z.strictObject({
    kind: z.literal('fetch'),
    from: name,
    deadlineMs: z.number().optional(),
    on: z.strictObject({ answered: route, failed: route }),
  }),
  z.strictObject({ kind: z.literal('run'), flow: name, on: z.strictObject({ done: route }) }),
  z.strictObject({ kind: z.literal('emit'), event: name, next: name }),
  z.strictObject({
    kind: z.literal('reserve'),
    from: name,
    counter: name,
    holdMs: z.number(),
    on: z.strictObject({ held: route, none_left: route }),
  }),
  z.strictObject({ kind: z.literal('take'), on: z.strictObject({ taken: route, lapsed: route }) }),
  z.strictObject({ kind: z.literal('release'), next: name }),
  wait,
  z.strictObject({ kind: z.literal('end'), returns: z.boolean() }),
])
export type ManifestStep = z.infer<typeof step>

const flow = z.strictObject({
  revision: z.int().positive(),
  input: jsonSchema,
  state: jsonSchema,
  result: jsonSchema.optional(),
  /** Whether a function puts the input into the slots. */
  begins: z.boolean(),
  start: name,
  steps: named(step),
  /** From an earlier revision: where an open question goes on. */
  moves: z.record(z.string(), z.strictObject({ steps: z.record(name, name), converts: z.boolean() })),
  /** A fingerprint of the source of its functions. Other functions that they call are not in it. */
  code: z.string(),
})
export type ManifestFlow = z.infer<typeof flow>

const need = z.strictObject({
  capability: name,
  range: z.string(),
  /** Of the capability that it was built with: the class and the outcomes of each operation, and its events. */
  version: z.string(),
  operations: named(z.strictObject({ class: z.enum(['read', 'quote', 'hold', 'commit']), outcomes: z.array(name) })),
  events: z.array(name),
  purpose: wording,
  optional: z.boolean(),
  ceiling: z
    .strictObject({
      perCall: wireMoney.optional(),
      perDay: wireMoney.optional(),
      perUserDay: wireMoney.optional(),
      perMinute: z.number().optional(),
    })
    .optional(),
})
export type ManifestNeed = z.infer<typeof need>

const collection = z.strictObject({
  schema: jsonSchema,
  key: name,
  indexes: named(z.array(name)),
  counters: named(z.strictObject({ capacity: name })),
  version: z.int().positive(),
  /** The versions that its code upgrades from. */
  upgrades: z.array(z.int()),
  dataClass: z.enum(['public', 'personal']),
  ttlMs: z.number().optional(),
})

/** A host by its name, or the setting of the tenant's config that holds one. */
const host = z.union([z.string(), z.strictObject({ config: name })])

const egress = z.strictObject({
  host,
  purpose: wording,
  data: z.array(z.enum(['public', 'personal'])),
  answer: jsonSchema,
  secret: name.optional(),
  sign: z.literal('standard-webhooks').optional(),
})

const limits = z
  .strictObject({
    stepMs: z.number(),
    heapBytes: z.number(),
    messagesPerTurn: z.number(),
    callsPerRun: z.number(),
    stateBytes: z.number(),
  })
  .partial()

const intent = z.strictObject({
  name,
  flow: name,
  title: wording,
  words: z.record(z.string(), z.array(z.string())),
  /** As `encodeJson` writes it. */
  input: z.unknown(),
  /** Whether it reads free sentences. */
  understands: z.boolean(),
})
export type ManifestIntent = z.infer<typeof intent>

/**
 * All that is known of a plugin without running its code: plain JSON. Amounts are `{ value, currency }` as on a wire,
 * schemas are JSON Schema, functions are left out; what depends on one says so.
 */
export const manifestSchema = z.strictObject({
  manifestVersion: z.literal(1),
  id: name,
  publisher: name,
  version: z.string(),
  host: z.string(),
  locales: z.array(z.string()),
  title: wording,
  config: z.strictObject({ schema: jsonSchema, version: z.int().positive(), upgrades: z.array(z.int()) }),
  secrets: named(z.strictObject({ purpose: wording, hosts: z.array(host) })),
  needs: named(need),
  /** Its definition goes along where it is none of the platform's own. */
  provides: z
    .strictObject({ capability: name, version: z.string(), definition: publishedCapabilitySchema.optional() })
    .optional(),
  texts: named(
    z.strictObject({
      vars: named(z.enum(['text', 'count', 'money', 'date', 'time', 'dateTime'])),
      keep: z.array(name),
      wording,
    }),
  ),
  collections: named(collection),
  egress: named(egress),
  emits: named(jsonSchema),
  /** With the flow that its reaction starts. */
  listens: named(
    z.strictObject({
      plugin: name,
      event: name,
      data: jsonSchema,
      urgent: z.literal(true).optional(),
      flow: name.optional(),
    }),
  ),
  limits,
  residency: z.array(z.string()).optional(),
  flows: named(flow),
  /** In the order in which they are tried. */
  intents: z.array(intent),
  menu: z.array(name),
  dialogues: named(name),
})
export type Manifest = z.infer<typeof manifestSchema>
