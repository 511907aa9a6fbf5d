import { z } from 'zod'
import { killLevels } from '@inthread/messaging/ports'
import { assertFactor } from '../access/assert-factor.ts'
import { describePackage, packageOutput } from '../packages/describe-package.ts'
import { listThrown } from '../packages/kill.store.ts'
import { throwKill, unkill } from '../packages/kills.ts'
import { listPackages } from '../packages/package.store.ts'
import { decidePackage, readVersion, registerPublisher, uploadPackage } from '../packages/packages.ts'
import { packageStates, type PackageState } from '../lifecycle/states.ts'
import { pageInput, pageOutput, readPage } from './paging.ts'
import { conflict, notFound, procedure, router } from './procedure.ts'

const state = z.enum(packageStates)
const packageName = z.strictObject({ plugin: z.string(), version: z.string() })
const approval = z.strictObject({ proposal: z.string(), digest: z.string() })

const uploadInput = z.strictObject({
  manifest: z.string().max(2_000_000),
  bundle: z.string().max(8_000_000),
  signature: z.string().max(200),
})

const uploadOutput = z.object({
  problems: z.array(z.string()),
  digest: z.string(),
  package: z.object({ id: z.string(), version: z.string(), state }).nullable(),
})

const publisherInput = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, 'lower-case letters, digits and hyphens, beginning with a letter'),
  publicKey: z.string().max(200),
  tier: z.enum(['first_party', 'guest']),
  state: z.enum(['active', 'suspended']).default('active'),
})

const catalogueOutput = z.array(
  z.object({
    plugin: z.string(),
    version: z.string(),
    publisher: z.string(),
    digest: z.string(),
    state,
    /** The capability whose dialogue it holds. */
    provides: z.string().nullable(),
    updatedAt: z.number(),
  }),
)

const killed = z.string().min(1).max(190).optional()
const killInput = z.strictObject({
  level: z.enum(killLevels),
  plugin: killed,
  version: killed,
  tenant: killed,
  capability: killed,
  provider: killed,
  reason: z.string().min(1).max(500),
})

const thrown = z.object({
  id: z.string(),
  level: z.enum(killLevels),
  plugin: z.string().nullable(),
  version: z.string().nullable(),
  tenant: z.string().nullable(),
  capability: z.string().nullable(),
  provider: z.string().nullable(),
  reason: z.string(),
  at: z.number(),
})

const unkillOutput = z.object({ lifted: z.boolean(), approval: approval.nullable() })

const decide = (to: PackageState) =>
  procedure('plugin.review')
    .input(packageName)
    .output(z.object({ state }))
    .mutation(async ({ ctx, input }) => {
      // What lets code in is not done on a session alone; what stops it is.
      if (to === 'reviewed' || to === 'listed') assertFactor(ctx.holder)
      const name = { id: input.plugin, version: input.version }
      const decided = await decidePackage(name, { to, actor: ctx.actor }, ctx.ports)
      if (!decided) throw notFound('version of this plugin')
      if ('problem' in decided) throw conflict(decided.problem)
      return decided
    })

/** Packages, from upload to the end, and the switches that stop them. */
export const pluginsRouter = router({
  /** Who may upload, with which key, and where its code runs. */
  registerPublisher: procedure('plugin.review')
    .input(publisherInput)
    .output(z.object({ id: z.string() }))
    .mutation(async ({ ctx, input: { publicKey, ...publisher } }) => {
      if (publisher.state === 'active') assertFactor(ctx.holder)
      await registerPublisher({ ...publisher, public_key: publicKey }, ctx.actor, ctx.ports)
      return { id: publisher.id }
    }),

  /** Problems are an answer, not an error: all of them, each with its remedy. */
  upload: procedure('plugin.upload')
    .input(uploadInput)
    .output(uploadOutput)
    .mutation(async ({ ctx, input }) => {
      const { problems, digest, package: uploaded } = await uploadPackage(input, ctx.actor, ctx.ports)
      return { problems: [...problems], digest, package: uploaded ?? null }
    }),

  review: decide('reviewed'),
  list: decide('listed'),
  /** Nothing new begins with it; what is under way ends as it would have. */
  suspend: decide('suspended'),
  /** Its code runs nowhere any more; the core ends what is under way. */
  revoke: decide('revoked'),

  catalogue: procedure('plugin.read')
    .input(z.strictObject({ plugin: z.string().optional() }))
    .output(catalogueOutput)
    .query(async ({ ctx, input }) => {
      const rows = await ctx.ports.store.read('package.catalogue', (reader) => listPackages(reader, input.plugin))
      return rows.map(({ id, updated_at: updatedAt, version, publisher, digest, state: now, provides }) => {
        return { plugin: id, version, publisher, digest, state: now, provides, updatedAt }
      })
    }),

  /** What is known of a version without running it: what it wants, keeps and says, and its flows as they are drawn. */
  get: procedure('plugin.read')
    .input(z.strictObject({ plugin: z.string().max(60), version: z.string().max(60) }))
    .output(packageOutput)
    .query(async ({ ctx, input }) => {
      const manifest = await readVersion(input.plugin, input.version, ctx.ports)
      if (!manifest) throw notFound('version of this plugin')
      return describePackage(manifest)
    }),

  /** The switches that are thrown now, the latest first. */
  kills: procedure('kill.read')
    .input(z.strictObject(pageInput))
    .output(pageOutput(thrown))
    .query(async ({ ctx: { ports }, input }) => {
      const { items, next } = await readPage(
        { list: 'kills', input, sealer: ports.sealer },
        {
          read: (part) => ports.store.read('kill.list', (reader) => listThrown(reader, part)),
          placeOf: ({ created_at: at, id }) => ({ at, id }),
        },
      )
      const show = ({ created_at: at, lifted_at: _, level, ...row }: (typeof items)[number]) => {
        return { ...row, level: thrown.shape.level.parse(level), at }
      }
      return { items: items.map(show), next }
    }),

  /** Stops what the scope names, in every process within seconds. Nobody has to agree. */
  kill: procedure('kill.throw')
    .input(killInput)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input: { level, reason, ...scope } }) => {
      const named = Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined))
      return throwKill({ level, reason, ...named }, ctx.actor, ctx.ports)
    }),

  /** Takes two: the first call proposes, the same call of somebody else with the approval lifts the switch. */
  unkill: procedure('kill.lift')
    .input(z.strictObject({ id: z.string(), approval: approval.optional() }))
    .output(unkillOutput)
    .mutation(async ({ ctx, input }) => {
      const lifted = await unkill({ id: input.id, approval: input.approval }, ctx.holder, ctx.ports)
      if (lifted.kind === 'unknown') throw notFound('switch that is thrown')
      if (lifted.kind === 'refused') throw conflict(lifted.problem)
      return { lifted: lifted.kind === 'lifted', approval: lifted.kind === 'proposed' ? lifted.approval : null }
    }),
})
