import { z } from 'zod'
import { openScope, type ListPart } from '@inthread/store'
import { readPost } from '../../access/access.ts'
import type { TenantDefinition } from '../../definition/schema.ts'
import { applyTenant } from '../../tenants/apply.ts'
import { keepSecrets } from '../../tenants/secrets.ts'
import { findTenant, listTenantLines } from '../../tenants/tenant.store.ts'
import { readOwnWords } from '../../wordings/own-words.store.ts'
import { pageInput, pageOutput, readPage } from '../paging.ts'
import { notFound, procedure } from '../procedure.ts'
import { wireProblem, wireSaid } from '../../saying/wire-said.ts'

const applyOutput = z.object({
  tenant: z.string().nullable(),
  applied: z.boolean(),
  plan: z.array(
    z.object({
      action: z.enum(['create', 'update', 'remove']),
      path: z.string(),
      /** Like `bot school`. */
      what: wireSaid,
      /** Of an update, what changes from what to what; secrets are never told. */
      details: z.array(wireSaid),
    }),
  ),
  problems: z.array(wireProblem),
  epoch: z.number(),
  /** Grants that allow more than before: not in force until a second person has approved them. */
  waiting: z
    .object({ proposal: z.string(), subject: z.string(), digest: z.string(), grants: z.array(z.string()) })
    .nullable(),
  /** On a dry run: the grants that would wait for a second person. */
  wouldWait: z.array(z.string()),
})

const applyInput = z.strictObject({
  /** The definition as JSON; it is checked by us, so that every problem can be named. */
  definition: z.unknown(),
  /** The texts of the files it names, by their path. */
  files: z.record(z.string(), z.string().max(8_000_000)).default({}),
  dryRun: z.boolean().default(false),
})

const getOutput = z.object({ tenant: z.string(), epoch: z.number(), updatedAt: z.number(), definition: z.unknown() })

const exportOutput = z.object({
  tenant: z.string(),
  epoch: z.number(),
  definition: z.unknown(),
  data: z.array(z.object({ plugin: z.string(), collection: z.string(), file: z.string() })),
  /** Secrets that stay here, each with its place and what it may be called in another platform's environment. */
  kept: z.array(z.object({ path: z.string(), name: z.string() })),
  /** What the tenant words itself. */
  words: z.object({
    texts: z.array(
      z.object({
        plugin: z.string(),
        text: z.string(),
        locale: z.string(),
        source: z.string(),
        version: z.number(),
      }),
    ),
    intents: z.array(
      z.object({
        plugin: z.string(),
        intent: z.string(),
        words: z.record(z.string(), z.array(z.string())),
        version: z.number(),
      }),
    ),
  }),
})

const line = z.object({ tenant: z.string(), name: z.string(), epoch: z.number(), updatedAt: z.number() })

/** A plain record and not a router: as a router's own key, tRPC keeps `apply` for itself. */
export const tenantsRouter = {
  /** Creates or updates a tenant. Problems are an answer, not an error: all of them, each with its place. */
  apply: procedure('tenant.write')
    .input(applyInput)
    .output(applyOutput)
    .mutation(async ({ ctx, input }) => {
      const { plan, problems, waiting, wouldWait, ...result } = await applyTenant(
        { ...input, holder: ctx.holder },
        ctx.ports,
      )
      return {
        ...result,
        plan: plan.map(({ details = [], ...change }) => ({ ...change, details: [...details] })),
        problems: [...problems],
        wouldWait: [...wouldWait],
        waiting: waiting ? { ...waiting, grants: [...waiting.grants] } : null,
      }
    }),

  /** By their ids. A tenant's own key sees that one alone. */
  list: procedure('tenant.list')
    .input(z.strictObject(pageInput))
    .output(pageOutput(line))
    .query(({ ctx: { ports, holder }, input }) => {
      const only = readPost(holder.role)?.tenant
      const read = (part: ListPart) =>
        ports.store.read('tenant.list', (reader) => listTenantLines(reader, { ...part, only }))
      const list = `tenants of ${holder.role}`
      return readPage({ list, input, sealer: ports.sealer }, { read, placeOf: ({ tenant }) => ({ at: 0, id: tenant }) })
    }),

  /**
   * The definition as it can be applied again, here or elsewhere. In place of secrets that lie here stands `kept:` and
   * a name. The files of `data` are to be had from `collections.export`.
   */
  export: procedure('tenant.read')
    .input(z.strictObject({ tenant: z.string() }))
    .output(exportOutput)
    .query(async ({ ctx, input }) => {
      const row = await ctx.ports.store.read('tenant.get', (reader) => findTenant(reader, input.tenant))
      if (!row) throw notFound('tenant')
      const stored = JSON.parse(row.definition) as TenantDefinition
      const { definition, kept } = keepSecrets(stored)
      const { texts, intents } = await ctx.ports.store.read('tenant.words', (reader) =>
        readOwnWords(reader, openScope(row.tenant_id)),
      )
      return {
        ...{ tenant: row.tenant_id, epoch: row.epoch, definition, data: stored.data, kept: [...kept] },
        words: {
          texts: texts.map(({ tenant_id: _, updated_at: __, ...text }) => text),
          intents: intents.map(({ plugin, intent, words, version }) => ({
            ...{ plugin, intent, version },
            words: JSON.parse(words) as Record<string, string[]>,
          })),
        },
      }
    }),

  /** The definition as it is in force; secrets as references, plain ones as sealed. */
  get: procedure('tenant.read')
    .input(z.strictObject({ tenant: z.string() }))
    .output(getOutput)
    .query(async ({ ctx, input }) => {
      const row = await ctx.ports.store.read('tenant.get', (reader) => findTenant(reader, input.tenant))
      if (!row) throw notFound('tenant')
      return {
        tenant: row.tenant_id,
        epoch: row.epoch,
        updatedAt: row.updated_at,
        definition: hideSealed(JSON.parse(row.definition)),
      }
    }),
}

function hideSealed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hideSealed)
  if (typeof value === 'string') return value.startsWith('sealed:') ? 'sealed' : value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hideSealed(item)]))
}
