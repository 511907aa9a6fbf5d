import { z } from 'zod'
import { explainWords } from '@inthread/messaging'
import type { Plugin } from '@inthread/sdk/engine'
import { encodeJson } from '@inthread/sdk/json'
import { openScope, type ListPart } from '@inthread/store'
import type { AdminPorts } from '../../ports.ts'
import { changeOwnWords } from '../../wordings/change-own-words.ts'
import { listScenes, type Scene } from '../../wordings/find-scene.ts'
import { listOwnIntentProblems } from '../../wordings/list-own-intent-problems.ts'
import { readOwnWords, saveOwnIntent, type OwnIntentRow } from '../../wordings/own-words.store.ts'
import { readWords } from '../../wordings/wear-own-words.ts'
import { pageInput, pageOutput, readPage } from '../paging.ts'
import { conflict, notFound, procedure, router } from '../procedure.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'
import { wireSaid } from '../../saying/wire-said.ts'

const tenant = z.string().max(60)
const words = z.record(z.string().max(20), z.array(z.string().max(60)))
const intent = z.object({
  bot: z.string(),
  plugin: z.string(),
  intent: z.string(),
  title: z.record(z.string(), z.string()),
  words,
  /** What the tenant's users may say besides. */
  own: words,
  /** Whether the plugin reads free sentences for it too. */
  reads: z.boolean(),
  version: z.number(),
})

const explanation = z.object({
  /** `platform`: a word of the platform itself; `menu`: nobody takes it, and the menu is shown. */
  by: z.enum(['platform', 'expression', 'reading', 'menu']),
  word: z.string().nullable(),
  plugin: z.string().nullable(),
  intent: z.string().nullable(),
  /** What the reader made of it, as JSON. */
  input: z.string().nullable(),
})

/** What users may say to get into something. */
export const intentsRouter = router({
  list: procedure('intent.read')
    .input(z.strictObject({ tenant, ...pageInput }))
    .output(pageOutput(intent))
    .query(async ({ ctx: { ports }, input }) => {
      const { scenes, rows } = await open(input.tenant, ports)
      const all = scenes
        .flatMap((scene) => Object.keys(scene.plugin.intents).map((name) => describe(scene, name, rows)))
        .toSorted((left, right) => (idOf(left) < idOf(right) ? -1 : 1))
      const read = ({ after, limit }: ListPart) =>
        Promise.resolve(all.filter((each) => after === undefined || idOf(each) > after.id).slice(0, limit))
      return readPage(
        { list: 'intents', input, sealer: ports.sealer },
        { read, placeOf: (each) => ({ at: 0, id: idOf(each) }) },
      )
    }),

  /** The tenant's own expressions for an intent, in place of those it had; `version` is the one that was read. */
  put: procedure('intent.write')
    .input(
      z.strictObject({
        tenant,
        plugin: z.string().max(60),
        intent: z.string().max(100),
        words: z.record(z.string().max(20), z.array(z.string().trim().min(1).max(60)).max(50)),
        version: z.number().int().min(0),
      }),
    )
    .output(z.object({ problems: z.array(wireSaid), version: z.number() }))
    .mutation(async ({ ctx: { ports, actor }, input }) => {
      const { scenes, rows } = await open(input.tenant, ports)
      const known = scenes.some(({ plugin }) => idOfPlugin(plugin) === input.plugin && hasIntent(plugin, input.intent))
      if (!known) throw notFound('intent')
      const before = rows.find((row) => row.plugin === input.plugin && row.intent === input.intent)
      if ((before?.version ?? 0) !== input.version) throw conflict(say('changed.meanwhile'))
      const row: OwnIntentRow = {
        ...{ tenant_id: input.tenant, plugin: input.plugin, intent: input.intent, version: input.version },
        words: JSON.stringify(input.words),
        updated_at: ports.clock.now(),
      }
      const problems = listOwnIntentProblems(scenes, { row, others: rows.filter((each) => each !== before) })
      if (problems.length > 0) return { problems, version: input.version }
      const change = { tenant: input.tenant, actor, action: 'intent.put', object: `${row.plugin}/${row.intent}` }
      await changeOwnWords({ ...change, write: (tx) => saveOwnIntent(tx, row) }, ports)
      return { problems: [], version: input.version + 1 }
    }),

  /** What a sentence would start, and why; nothing is begun. */
  explain: procedure('intent.read')
    .input(z.strictObject({ tenant, bot: z.string().max(60), words: z.string().min(1).max(2000) }))
    .output(explanation)
    .query(async ({ ctx: { ports }, input }) => {
      const tenancy = await ports.tenancies.find(input.tenant)
      const bot = tenancy?.bots.get(input.bot)
      if (!tenancy || !bot) throw notFound('bot')
      const found = await explainWords({ tenancy, bot, words: input.words, now: ports.clock.now() })
      const nothing = { word: null, plugin: null, intent: null, input: null }
      if (found.by === 'menu') return { by: found.by, ...nothing }
      if (found.by === 'platform') return { ...nothing, by: found.by, word: found.word }
      return { by: found.by, word: null, plugin: found.plugin, intent: found.intent, input: encodeJson(found.input) }
    }),
})

async function open(name: string, ports: AdminPorts): Promise<{ scenes: readonly Scene[]; rows: OwnIntentRow[] }> {
  const scenes = await listScenes(name, ports)
  const own = await ports.store.read('intent.own', (reader) => readOwnWords(reader, openScope(name)))
  return { scenes, rows: [...own.intents] }
}

const idOfPlugin = (plugin: Plugin): string => plugin.contract.declaration.id
const hasIntent = (plugin: Plugin, name: string): boolean => Object.hasOwn(plugin.intents, name)
const idOf = ({ bot, plugin, intent: name }: z.infer<typeof intent>): string => `${bot}/${plugin}/${name}`

function describe(scene: Scene, name: string, rows: readonly OwnIntentRow[]): z.infer<typeof intent> {
  const { plugin, bot } = scene
  const declared = plugin.intents[name]
  const row = rows.find((each) => each.plugin === idOfPlugin(plugin) && each.intent === name)
  return {
    ...{ bot, plugin: idOfPlugin(plugin), intent: name, title: { ...declared?.title } },
    words: copy(declared?.words ?? {}),
    own: row ? copy(readWords(row)) : {},
    reads: declared?.understand !== undefined,
    version: row?.version ?? 0,
  }
}

function copy(lists: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(lists).map(([language, list]) => [language, [...list]]))
}
