import { z } from 'zod'
import { grantSchema, listGrants } from '@inthread/finance'
import { openScope } from '@inthread/store'
import { changeGrant, getDefinition, reopenGrant, shutGrant, type ChangedGrant } from '../grants/change-grant.ts'
import { procedure, router } from './procedure.ts'

const place = z.discriminatedUnion('side', [
  z.strictObject({ side: z.literal('bank'), bank: z.string().max(60), capability: z.string().min(1).max(60) }),
  z.strictObject({
    side: z.literal('plugin'),
    bot: z.string().max(60),
    plugin: z.string().max(60),
    need: z.string().max(60),
  }),
])

const changed = z.object({
  applied: z.boolean(),
  waiting: z.object({ proposal: z.string(), subject: z.string(), digest: z.string() }).nullable(),
})

const request = { tenant: z.string(), grant: place }

export const grantsRouter = router({
  /** What banks allow the tenant and what the tenant allows its plugins, with what has been used of it today. */
  list: procedure('grant.read')
    .input(z.strictObject({ tenant: z.string() }))
    .output(
      z.array(
        z.object({
          grant: place,
          state: z.enum(['active', 'blocked', 'revoked']),
          terms: grantSchema,
          version: z.number(),
          updatedAt: z.number(),
          usedToday: z.array(z.object({ value: z.string(), currency: z.string() })),
        }),
      ),
    )
    .query(async ({ ctx, input }) => {
      const { timeZone } = (await getDefinition(input.tenant, ctx.ports)).tenant
      const views = await ctx.ports.store.read('grant.list', (reader) =>
        listGrants(reader, openScope(input.tenant), { now: ctx.ports.clock.now(), timeZone }),
      )
      return views.map((view) => ({ ...view, usedToday: [...view.usedToday] }))
    }),

  /** Replaces a grant. What allows less is in force at once; what allows more waits for a second person. */
  change: procedure('grant.write')
    .input(z.strictObject({ ...request, terms: grantSchema }))
    .output(changed)
    .mutation(async ({ ctx, input }) => toOutput(await changeGrant(input, ctx))),

  /** Shuts a grant at once. */
  block: procedure('grant.write')
    .input(z.strictObject(request))
    .output(changed)
    .mutation(async ({ ctx, input }) => toOutput(await shutGrant(input, ctx))),

  /** Proposes to open a blocked grant again, as it was. */
  unblock: procedure('grant.write')
    .input(z.strictObject(request))
    .output(changed)
    .mutation(async ({ ctx, input }) => toOutput(await reopenGrant(input, ctx))),
})

function toOutput({ applied, waiting }: ChangedGrant): z.infer<typeof changed> {
  return { applied, waiting: waiting ?? null }
}
