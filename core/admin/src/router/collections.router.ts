import { Refusal } from './refusal.ts'
import { z } from 'zod'
import { listDocuments, type CollectionRef } from '@inthread/messaging'
import { openScope } from '@inthread/store'
import { toPlain } from '../collections/plain-value.ts'
import {
  exportDocuments,
  findCollection,
  importDocuments,
  listCollections,
  type TransferPorts,
} from '../collections/transfer.ts'
import { notFound, procedure, router } from './procedure.ts'
import { sayRefusal as say } from '../saying/say-refusal.ts'
import { wireSaid } from '../saying/wire-said.ts'

const ofCollection = { tenant: z.string(), plugin: z.string(), collection: z.string() }
const format = z.enum(['csv', 'json'])
const page = { after: z.string().max(190).default(''), limit: z.number().int().min(1).max(1000).default(500) }

const collectionOutput = z.object({
  plugin: z.string(),
  collection: z.string(),
  dataClass: z.enum(['public', 'personal']),
  version: z.number(),
  ttlMs: z.number().nullable(),
  fields: z.array(z.string()),
  documents: z.number(),
  outdated: z.number(),
  stuck: z.number(),
})

const importInput = z.strictObject({
  ...ofCollection,
  format,
  /** The file's text. */
  text: z.string().max(16_000_000),
  mode: z.enum(['replace', 'merge']).default('merge'),
  skipBad: z.boolean().default(false),
  dryRun: z.boolean().default(false),
})

const importOutput = z.object({
  lines: z.number(),
  good: z.number(),
  bad: z.number(),
  problems: z.array(wireSaid.extend({ line: z.number(), field: z.string() })),
  imported: z.boolean(),
})

export const collectionsRouter = router({
  /** What the tenant's installed plugins keep, and how much of it. */
  list: procedure('collection.read')
    .input(z.strictObject({ tenant: z.string() }))
    .output(z.array(collectionOutput))
    .query(async ({ ctx, input }) => {
      const views = await listCollections(openScope(input.tenant), ctx.ports)
      return views.map(({ declaration: { schema, dataClass, version, ttlMs = null }, ...view }) => ({
        ...view,
        dataClass,
        version,
        ttlMs,
        fields: Object.keys(schema.shape),
      }))
    }),

  /** Documents of a public collection, by their keys, page by page. */
  get: procedure('collection.read')
    .input(z.strictObject({ ...ofCollection, ...page }))
    .output(z.object({ documents: z.array(z.unknown()), leftOut: z.number(), next: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const ref = await getPublic(input, ctx.ports)
      const now = ctx.ports.clock.now()
      const found = await ctx.ports.store.read('collection.get', (reader) =>
        listDocuments(reader, openScope(input.tenant), { ...ref, after: input.after, limit: input.limit, now }),
      )
      return { ...found, documents: found.documents.map(toPlain), next: found.next ?? null }
    }),

  /** Bad lines are an answer, not an error: the first hundred, each with its place, and how many there are. */
  import: procedure('collection.write')
    .input(importInput)
    .output(importOutput)
    .mutation(async ({ ctx, input }) => {
      const ref = await getPublic(input, ctx.ports)
      const report = await importDocuments(openScope(input.tenant), { ...input, ref, actor: ctx.actor }, ctx.ports)
      return { ...report, problems: [...report.problems] }
    }),

  /** One page of a file: its lines, and where the next page begins. */
  export: procedure('collection.read')
    .input(z.strictObject({ ...ofCollection, format, ...page }))
    .output(z.object({ lines: z.array(z.string()), leftOut: z.number(), next: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const ref = await getPublic(input, ctx.ports)
      const exported = await exportDocuments(openScope(input.tenant), { ...input, ref }, ctx.ports)
      return { ...exported, lines: [...exported.lines] }
    }),
})

interface Named {
  readonly tenant: string
  readonly plugin: string
  readonly collection: string
}

/** Users' own documents are theirs: nobody reads or fills them here. */
async function getPublic({ tenant, ...name }: Named, ports: TransferPorts): Promise<CollectionRef> {
  const ref = await findCollection(openScope(tenant), name, ports)
  if (!ref) throw notFound('collection of an installed plugin')
  if (ref.plugin.contract.declaration.collections[ref.collection]?.dataClass === 'personal')
    throw new Refusal({ code: 'FORBIDDEN', said: say('collection.personal', { collection: ref.collection }) })
  return ref
}
