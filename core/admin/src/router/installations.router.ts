import { z } from 'zod'
import { verdicts } from '@inthread/sdk/manifest'
import { openScope, type ListPart } from '@inthread/store'
import type { ConfigLayers } from '../lifecycle/config.ts'
import { findInstallation, listInstallations } from '../lifecycle/installation.store.ts'
import { listPublishedConfigs } from '../lifecycle/published-config.store.ts'
import { configure, install, moveTo, type InstallationResult } from '../lifecycle/installations.ts'
import { changeSecret, listSecretStates, type SecretChanged } from '../lifecycle/plugin-secrets.ts'
import { installationStates, type InstallationState } from '../lifecycle/states.ts'
import type { InstallationRow } from '../lifecycle/tables.ts'
import { uninstall } from '../lifecycle/uninstall.ts'
import { assessUpgrade, upgrade, type Assessment } from '../lifecycle/upgrade.ts'
import { pageInput, pageOutput, readPage } from './paging.ts'
import { notFound, procedure, router } from './procedure.ts'
import { Refusal } from './refusal.ts'
import { sayDefinition } from '../saying/say-definition.ts'
import { wireProblem, wireSaid } from '../saying/wire-said.ts'

const state = z.enum(installationStates)
const name = z.strictObject({ tenant: z.string(), bot: z.string(), plugin: z.string() })
const layer = z.record(z.string(), z.unknown())
/** Every one that is published is kept. */
const configCharacters = 256 * 1024
const config = z
  .strictObject({
    platform: layer.optional(),
    parent: layer.optional(),
    locked: z.array(z.string()).optional(),
    tenant: layer.optional(),
  })
  .refine((layers) => JSON.stringify(layers).length <= configCharacters, sayDefinition('form.config_size').message)
const approval = z.strictObject({ proposal: z.string(), digest: z.string() })

const installation = z.object({
  bot: z.string(),
  plugin: z.string(),
  version: z.string(),
  state,
  config: z.unknown(),
  updatedAt: z.number(),
})

const published = z.object({
  id: z.string(),
  at: z.number(),
  /** Who published it. */
  by: z.string(),
  version: z.string(),
  config: z.unknown(),
})

const secretName = name.extend({ secret: z.string().max(100) })

const secretState = z.object({
  secret: z.string(),
  /** Entered here, which goes before what a definition names; in the definition; or nowhere. */
  from: z.enum(['entered', 'definition', 'nowhere']),
  setAt: z.number().nullable(),
  setBy: z.string().nullable(),
  /** Where something is signed with it: it is `whsec_` and base64 then. */
  signs: z.literal('standard-webhooks').nullable(),
})

const result = z.object({
  problems: z.array(wireProblem),
  installation: z.object({ version: z.string(), state }).nullable(),
})

const assessment = z.object({
  from: z.string(),
  to: z.string(),
  problems: z.array(wireSaid),
  verdict: z.enum(verdicts),
  differences: z.array(wireProblem.extend({ verdict: z.enum(verdicts) })),
  openRuns: z.object({
    open: z.number(),
    same: z.number(),
    differs: z.number(),
    movable: z.number(),
    fixed: z.number(),
  }),
  fourEyes: z.boolean(),
})

const receipt = z.object({
  tenant: z.string(),
  bot: z.string(),
  plugin: z.string(),
  version: z.string(),
  at: z.number(),
  erased: z.array(z.object({ what: z.string(), class: z.string(), count: z.number() })),
  kept: z.array(z.object({ what: z.string(), why: z.string() })),
})

const uninstallOutput = z.object({
  erased: z.boolean(),
  /** Conversations that are in the middle of it; ask again when they have ended. */
  open: z.number(),
  receipt: receipt.nullable(),
  digest: z.string().nullable(),
})

const move = (to: InstallationState) =>
  procedure('installation.write')
    .input(name)
    .output(result)
    .mutation(async ({ ctx, input }) => show(await moveTo({ ...input, state: to }, ctx.actor, ctx.ports)))

/** What tenants have installed, each in the version it is pinned to. */
export const installationsRouter = router({
  list: procedure('installation.read')
    .input(z.strictObject({ tenant: z.string() }))
    .output(z.array(installation))
    .query(async ({ ctx, input }) => {
      const scope = openScope(input.tenant)
      const rows = await ctx.ports.store.read('installation.list', (reader) => listInstallations(reader, scope))
      return rows.map(describe)
    }),

  get: procedure('installation.read')
    .input(name)
    .output(installation)
    .query(async ({ ctx, input }) => {
      const scope = openScope(input.tenant)
      const row = await ctx.ports.store.read('installation.get', (reader) => findInstallation(reader, scope, input))
      if (!row) throw notFound('installation')
      return describe(row)
    }),

  /** The newest listed version within the range. */
  install: procedure('installation.write')
    .input(name.extend({ range: z.string().default('*'), config: config.default({}) }))
    .output(result)
    .mutation(async ({ ctx, input }) =>
      show(await install({ ...input, config: layersOf(input.config) }, ctx.holder, ctx.ports)),
    ),

  /** A dry run says what is wrong with a config, each with its place, and publishes nothing. */
  configure: procedure('installation.write')
    .input(name.extend({ config, dryRun: z.boolean().default(false) }))
    .output(result)
    .mutation(async ({ ctx, input }) =>
      show(await configure({ ...input, config: layersOf(input.config) }, ctx.holder, ctx.ports)),
    ),

  /** The configs that have been in force, the newest first. */
  history: procedure('installation.read')
    .input(name.extend(pageInput))
    .output(pageOutput(published))
    .query(async ({ ctx: { ports }, input }) => {
      const { tenant, bot, plugin } = input
      const read = (part: ListPart) =>
        ports.store.read('installation.history', (reader) =>
          listPublishedConfigs(reader, openScope(tenant), { bot, plugin, ...part }),
        )
      const { items, next } = await readPage(
        { list: 'published-configs', input, sealer: ports.sealer },
        { read, placeOf: ({ created_at: at, id }) => ({ at, id }) },
      )
      const show = ({ id, created_at: at, actor_name: by, version, config: layers }: (typeof items)[number]) => {
        return { id, at, by, version, config: JSON.parse(layers) as unknown }
      }
      return { items: items.map(show), next }
    }),

  /** Which of the contract's secrets there are, and since when; never the secrets themselves. */
  secrets: procedure('installation.read')
    .input(name)
    .output(z.array(secretState))
    .query(async ({ ctx: { ports }, input }) => {
      const states = await listSecretStates(input, ports)
      if (!states) throw notFound('installation')
      return states.map((each) => ({ ...each }))
    }),

  /** In place of the one of before, if any. It is told to nobody any more: keep it where it is used besides. */
  setSecret: procedure('tenant.write')
    .input(secretName.extend({ value: z.string().min(1).max(4096) }))
    .output(z.object({ done: z.literal(true) }))
    .mutation(async ({ ctx, input }) => tellChanged(await changeSecret(input, ctx.actor, ctx.ports))),

  /** Takes back what was entered; where the definition names one, that counts again. */
  dropSecret: procedure('tenant.write')
    .input(secretName)
    .output(z.object({ done: z.literal(true) }))
    .mutation(async ({ ctx, input }) =>
      tellChanged(await changeSecret({ ...input, value: null }, ctx.actor, ctx.ports)),
    ),

  /** No new conversations; those under way go on. */
  pause: move('paused'),
  resume: move('active'),
  /** Back from a pause, or from draining. */
  enable: move('active'),

  /** What an upgrade would mean, without doing any of it. */
  verdict: procedure('installation.read')
    .input(name.extend({ version: z.string().optional() }))
    .output(assessment)
    .query(async ({ ctx, input }) => {
      const request = { ...input, version: input.version, consent: true, approval: undefined }
      const assessed = await assessUpgrade(request, ctx.ports)
      if (!assessed) throw notFound('installation')
      return showAssessment(assessed)
    }),

  /** Problems are an answer, not an error. What takes two people is proposed by the first call. */
  upgrade: procedure('installation.write')
    .input(
      name.extend({
        version: z.string().optional(),
        consent: z.boolean().default(false),
        approval: approval.optional(),
      }),
    )
    .output(assessment.extend({ done: z.boolean(), approval: approval.nullable() }))
    .mutation(async ({ ctx, input }) => {
      const request = { ...input, version: input.version, approval: input.approval }
      const upgraded = await upgrade(request, ctx.holder, ctx.ports)
      if (!upgraded) throw notFound('installation')
      return { ...showAssessment(upgraded), done: upgraded.done, approval: upgraded.approval ?? null }
    }),

  /** Drains first; asked again when nothing is open any more, it erases and gives a receipt. */
  uninstall: procedure('installation.write')
    .input(name)
    .output(uninstallOutput)
    .mutation(async ({ ctx, input }) => {
      const done = await uninstall(input, ctx.actor, ctx.ports)
      if (done.kind === 'unknown') throw notFound('installation')
      if (done.kind === 'draining') return { erased: false, open: done.open, receipt: null, digest: null }
      const { erased, kept, ...rest } = done.receipt
      return { erased: true, open: 0, receipt: { ...rest, erased: [...erased], kept: [...kept] }, digest: done.digest }
    }),
})

function layersOf({ platform, parent, locked, tenant }: z.infer<typeof config>): ConfigLayers {
  return {
    ...(platform ? { platform } : {}),
    ...(parent ? { parent } : {}),
    ...(locked ? { locked } : {}),
    ...(tenant ? { tenant } : {}),
  }
}

function show({ problems, installation: installed }: InstallationResult): z.infer<typeof result> {
  return { problems: [...problems], installation: installed ?? null }
}

function describe(row: InstallationRow): z.infer<typeof installation> {
  const { bot_id: bot, plugin, version, state: now, config: layers, updated_at: updatedAt } = row
  return { bot, plugin, version, state: now, config: JSON.parse(layers) as unknown, updatedAt }
}

function showAssessment({ from, to, problems, comparison, survey, fourEyes }: Assessment): z.infer<typeof assessment> {
  const { verdict, differences } = comparison
  return {
    ...{ from, to, problems: [...problems], verdict, fourEyes },
    differences: differences.map(({ reason, ...each }) => ({ ...each, ...reason })),
    openRuns: { ...survey },
  }
}

function tellChanged(changed: SecretChanged): { readonly done: true } {
  if (changed.kind === 'unknown') throw notFound(changed.what)
  if (changed.kind === 'unfit') throw new Refusal({ code: 'BAD_REQUEST', said: changed.problem })
  return { done: true }
}
