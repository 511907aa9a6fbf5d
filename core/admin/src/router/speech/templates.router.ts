import { z } from 'zod'
import { countSms, previewText, smsProfile } from '@inthread/messaging'
import type { ChannelProfile, RenderedContent } from '@inthread/sdk/channel'
import type { Plugin } from '@inthread/sdk/engine'
import { openScope, type ListPart } from '@inthread/store'
import type { TenantDefinition } from '../../definition/schema.ts'
import type { AdminPorts } from '../../ports.ts'
import { findTenant } from '../../tenants/tenant.store.ts'
import { changeOwnWords } from '../../wordings/change-own-words.ts'
import { findScene } from '../../wordings/find-scene.ts'
import { listOwnTextProblems } from '../../wordings/list-own-text-problems.ts'
import { dropOwnText, readOwnWords, saveOwnText, type OwnTextRow } from '../../wordings/own-words.store.ts'
import { readVars } from '../../wordings/read-vars.ts'
import { fits, wearOwnWords } from '../../wordings/wear-own-words.ts'
import { pageInput, pageOutput, readPage } from '../paging.ts'
import { conflict, notFound, procedure, router } from '../procedure.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'
import { sayDefinition } from '../../saying/say-definition.ts'
import { wireSaid } from '../../saying/wire-said.ts'

const kinds = z.enum(['text', 'count', 'money', 'date', 'time', 'dateTime'])
const locale = z
  .string()
  .max(20)
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, sayDefinition('form.locale').message)
const ofPlugin = { tenant: z.string().max(60), plugin: z.string().max(60) }
const ofText = { ...ofPlugin, text: z.string().max(100) }
const source = z.string().max(16_000)

const template = z.object({
  text: z.string(),
  vars: z.record(z.string(), kinds),
  /** Variables that every wording shows to everybody. */
  keep: z.array(z.string()),
  /** The plugin's own, by language. */
  wording: z.record(z.string(), z.string()),
  /** The tenant's, by language. One that no longer fits the plugin's version is not used. */
  own: z.record(z.string(), z.object({ source: z.string(), version: z.number(), fits: z.boolean() })),
})

const suggestion = z.object({ kind: z.string(), label: z.string() })
const shown = z.object({
  kind: z.enum(['text', 'cards']),
  text: z.string(),
  cards: z.array(z.object({ title: z.string(), description: z.string().nullable() })),
  buttons: z.array(suggestion),
})

const previewInput = z.strictObject({
  ...ofText,
  locale: locale.optional(),
  /** Shown in place of what is in force, and not kept. */
  source: source.optional(),
  as: z.enum(['text', 'title', 'description', 'label']).default('text'),
  /** Amounts like `480.00`, instants in microseconds or as RFC 3339; samples for what is left out. */
  vars: z.record(z.string().max(60), z.union([z.string().max(2000), z.number()])).default({}),
})

const previewOutput = z.object({
  problems: z.array(wireSaid),
  channels: z.array(z.object({ channel: z.string(), messages: z.array(shown), sms: z.number().nullable() })),
})

/** What plugins say, as the tenant words it. The bank's dialogues are worded by the bank. */
export const templatesRouter = router({
  /** The texts of one plugin, by their names. */
  list: procedure('template.read')
    .input(z.strictObject({ ...ofPlugin, ...pageInput }))
    .output(pageOutput(template))
    .query(async ({ ctx: { ports }, input }) => {
      const { plugin, rows } = await open(input, ports)
      const all = Object.keys(plugin.contract.declaration.texts).toSorted()
      const read = ({ after, limit }: ListPart) =>
        Promise.resolve(all.filter((name) => after === undefined || name > after.id).slice(0, limit))
      const page = await readPage(
        { list: 'templates', input, sealer: ports.sealer },
        { read, placeOf: (id) => ({ at: 0, id }) },
      )
      return { ...page, items: page.items.map((text) => describe(plugin, text, rows)) }
    }),

  get: procedure('template.read')
    .input(z.strictObject(ofText))
    .output(template)
    .query(async ({ ctx: { ports }, input }) => {
      const { plugin, rows } = await open(input, ports)
      return describe(plugin, assertText(plugin, input.text), rows)
    }),

  /** What a phone shows of it, on each channel that the tenant has and as SMS. */
  preview: procedure('template.read')
    .input(previewInput)
    .output(previewOutput)
    .query(async ({ ctx: { ports }, input }) => {
      const { plugin, rows, definition } = await open(input, ports)
      const text = assertText(plugin, input.text)
      const reading = { locale: input.locale ?? definition.tenant.locale, timeZone: definition.tenant.timeZone }
      const row = { ...input, locale: reading.locale, tenant_id: input.tenant, version: 1, updated_at: 0 }
      const own = input.source === undefined ? undefined : { ...row, source: input.source }
      const problems = own ? listOwnTextProblems(plugin, own) : []
      const declaration = plugin.contract.declaration.texts[text]
      if (problems.length > 0 || !declaration) return { problems, channels: [] }
      const sample = { currency: definition.tenant.currency, now: ports.clock.now() }
      const given = readVars(declaration, input.vars, sample)
      if ('problems' in given) return { problems: [...given.problems], channels: [] }
      const worn = wearOwnWords(plugin, { texts: own ? [...rows, own] : rows, intents: [] })
      const preview = { plugin: worn, text: { template: text, vars: given.vars }, place: input.as, reading }
      const profiles = listProfiles(definition, ports)
      const channels = profiles.map(([channel, profile]) => show(channel, previewText(preview, profile)))
      return { problems: [], channels }
    }),

  /**
   * A wording of the tenant's own, or with null the plugin's again. `version` is the one that was read, 0 where there
   * is none yet. Problems are an answer, and then nothing is changed.
   */
  put: procedure('template.write')
    .input(z.strictObject({ ...ofText, locale, source: source.nullable(), version: z.number().int().min(0) }))
    .output(z.object({ problems: z.array(wireSaid), version: z.number() }))
    .mutation(async ({ ctx: { ports, actor }, input }) => {
      const { plugin, rows } = await open(input, ports)
      const text = assertText(plugin, input.text)
      const { tenant, locale: language, source: wanted, version } = input
      const known = rows.find((row) => row.text === text && row.locale === language)
      if ((known?.version ?? 0) !== version) throw conflict(say('changed.meanwhile'))
      const name = { plugin: input.plugin, text, locale: language }
      const problems = wanted === null ? [] : listOwnTextProblems(plugin, { ...name, source: wanted })
      if (problems.length > 0 || (wanted === null && !known)) return { problems, version }
      const row = { ...name, tenant_id: tenant, source: wanted ?? '', version, updated_at: ports.clock.now() }
      const change = {
        ...{ tenant, actor, action: wanted === null ? 'template.dropped' : 'template.put' },
        object: `${name.plugin}/${text}/${language}`,
      }
      await changeOwnWords(
        {
          ...change,
          write: (tx) =>
            wanted === null ? dropOwnText(tx, openScope(tenant), { ...name, version }) : saveOwnText(tx, row),
        },
        ports,
      )
      return { problems: [], version: wanted === null ? 0 : version + 1 }
    }),
})

interface Opened {
  readonly plugin: Plugin
  /** Of this plugin alone. */
  readonly rows: readonly OwnTextRow[]
  readonly definition: TenantDefinition
}

async function open({ tenant, plugin: id }: { tenant: string; plugin: string }, ports: AdminPorts): Promise<Opened> {
  const plugin = await findScene(tenant, id, ports)
  const row = await ports.store.read('template.tenant', (reader) => findTenant(reader, tenant))
  if (!plugin || !row) throw notFound('scene')
  const own = await ports.store.read('template.own', (reader) => readOwnWords(reader, openScope(tenant)))
  const rows = own.texts.filter((each) => each.plugin === id)
  return { plugin, rows, definition: JSON.parse(row.definition) as TenantDefinition }
}

function assertText(plugin: Plugin, text: string): string {
  if (!Object.hasOwn(plugin.contract.declaration.texts, text)) throw notFound('text')
  return text
}

function describe(plugin: Plugin, text: string, rows: readonly OwnTextRow[]): z.infer<typeof template> {
  const declaration = plugin.contract.declaration.texts[text]
  const own = rows.filter((row) => row.text === text)
  return {
    text,
    vars: { ...declaration?.vars },
    keep: [...(declaration?.keep ?? [])],
    wording: { ...declaration?.wording },
    own: Object.fromEntries(
      own.map((row) => [row.locale, { source: row.source, version: row.version, fits: fits(plugin, row) }]),
    ),
  }
}

function listProfiles({ operators }: TenantDefinition, { catalogue }: AdminPorts): [string, ChannelProfile][] {
  const names = [...new Set(operators.map(({ channel }) => channel))]
  const known = names.flatMap((name): [string, ChannelProfile][] => {
    const channel = catalogue.findChannel(name)
    return channel ? [[name, channel.profile]] : []
  })
  return [...known, ['sms', smsProfile]]
}

function show(
  channel: string,
  contents: readonly RenderedContent[],
): z.infer<typeof previewOutput>['channels'][number] {
  const messages = contents.map((content) => {
    const cards = content.kind === 'cards' ? content.cards : []
    const buttons = [...cards.flatMap((card) => card.suggestions), ...content.chips]
    return {
      kind: content.kind,
      text: content.kind === 'text' ? content.text : '',
      cards: cards.map(({ title, description }) => ({ title, description: description ?? null })),
      buttons: buttons.map(({ kind, label }) => ({ kind, label })),
    }
  })
  const sms = channel === 'sms' ? messages.reduce((sum, { text }) => sum + countSms(text), 0) : null
  return { channel, messages, sms }
}
