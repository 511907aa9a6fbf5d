import { grantSchema } from '@inthread/finance'
import { z } from 'zod'
import { sayDefinition as say } from '../saying/say-definition.ts'

/** A tenant as a file: what `inthread apply` brings in. Fields that belong to a channel or a bank are checked by it. */
const name = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, say('form.name').message)
const wording = z
  .record(z.string(), z.string().min(1))
  .refine((value) => Object.keys(value).length > 0, say('form.language').message)
const label = wording.refine(
  (value) => Object.values(value).every((text) => [...text].length <= 25),
  say('form.label').message,
)

/**
 * `env:NAME`, `file:path` or, in the sandbox, `plain:value`; `sealed:` is what a plain one is kept as. An export has
 * `kept:NAME` there, which stands for the secret that the platform has at this place.
 */
export const secretSchema = z.strictObject({
  secret: z
    .string()
    .regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|plain:[\s\S]+|sealed:.+|kept:.+)$/, say('form.secret').message),
})

export const tenantSchema = z.strictObject({
  id: name.refine((id) => id !== 'platform', say('form.tenant').message),
  name: z.string().min(1).max(60),
  locale: z.string().refine(isLocale, say('form.locale').message),
  timeZone: z.string().refine(isTimeZone, say('form.zone').message),
  currency: z.string().regex(/^[A-Z]{3}$/, say('form.currency').message),
  /** Whether a user who asks for a person is handed to the desk; noted there otherwise, while the bot goes on. */
  handOver: z.boolean().optional(),
})

const intentEntry = z.strictObject({ label, plugin: name, intent: z.string().min(1) })
const wordEntry = z.strictObject({ label, word: z.enum(['help', 'menu', 'human', 'cancel', 'stop']) })
const leafEntry = z.union([intentEntry, wordEntry])
const subMenu = z.strictObject({ label, entries: z.array(leafEntry).min(1).max(5) })
export const menuSchema = z.array(z.union([leafEntry, subMenu])).max(3)

/** Users are shown these as links, and tap on them. */
const page = z.url({ protocol: /^https?$/, error: say('form.address').message }).max(150)

export const botSchema = z.strictObject({
  id: name,
  name: z.string().min(1).max(60),
  logo: z.string().optional(),
  serviceNumber: z
    .string()
    .regex(/^[0-9]{3,21}$/, say('form.digits').message)
    .optional(),
  description: z.string().max(500).optional(),
  provider: z.string().max(100).optional(),
  address: z.string().max(200).optional(),
  phone: z.string().max(21).optional(),
  website: page.optional(),
  terms: page.optional(),
  menu: menuSchema.default([]),
  plugins: z.array(
    z.strictObject({
      use: name,
      version: z.string().min(1),
      config: z.record(z.string(), z.unknown()).default({}),
      // What the plugin's contract asks for; sent to their declared hosts, and never shown to the plugin.
      secrets: z.record(z.string(), secretSchema).default({}),
      /** By the plugin's name for its need; false withholds what it can do without. */
      grants: z.record(z.string(), z.union([grantSchema, z.literal(false)])).default({}),
    }),
  ),
})

export const operatorSchema = z.looseObject({
  id: name,
  bot: name,
  channel: name,
  rate: z.strictObject({ perSecond: z.number().positive().max(10_000) }).optional(),
})

/** Ed25519, as SPKI in base64: as `inthread plugin keygen` writes it. */
const publisherKeySchema = z.string().regex(/^[A-Za-z0-9+/]{59}=$/, say('form.publisher').message)

export const bankSchema = z.looseObject({
  id: name,
  connector: name,
  /** What the bank allows the tenant, by capability; all that its plugins need when left out. */
  grants: z.record(z.string(), grantSchema).optional(),
  /** Whose dialogues the bank lets speak for it, by public key, besides the platform's own. */
  publishers: z.array(publisherKeySchema).max(20).optional(),
})

export const dataSchema = z.strictObject({ plugin: name, collection: z.string().min(1), file: z.string().min(1) })

export const definitionSchema = z.strictObject({
  tenant: tenantSchema,
  bots: z.array(botSchema).min(1),
  operators: z.array(operatorSchema),
  banks: z.array(bankSchema),
  data: z.array(dataSchema).default([]),
})

export type TenantDefinition = z.infer<typeof definitionSchema>
export type BotDefinition = z.infer<typeof botSchema>
export type OperatorDefinition = z.infer<typeof operatorSchema>
export type BankEntry = z.infer<typeof bankSchema>
export type MenuDefinition = z.infer<typeof menuSchema>

/** For editors: the JSON Schema of the file. */
export function buildTenantJsonSchema(): unknown {
  return z.toJSONSchema(definitionSchema, { io: 'input' })
}

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
