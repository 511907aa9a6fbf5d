import { z } from 'zod'
import { listConversations, listTimeline } from '@inthread/messaging'
import { openScope } from '@inthread/store'
import { notFound, procedure, router } from './procedure.ts'

const entry = z.object({
  at: z.number(),
  kind: z.enum(['received', 'journal', 'sent', 'effect']),
  id: z.string(),
  text: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})

const limit = z.number().int().min(1).max(500).default(100)

export const conversationsRouter = router({
  /** The tenant's conversations, the latest first. */
  list: procedure('conversation.read')
    .input(z.strictObject({ tenant: z.string(), limit }))
    .output(z.array(z.object({ id: z.string(), bot: z.string(), updatedAt: z.number() })))
    .query(async ({ ctx, input }) => {
      const rows = await ctx.ports.store.read('conversation.list', (reader) =>
        listConversations(reader, openScope(input.tenant), input.limit),
      )
      return rows.map((row) => ({ id: row.id, bot: row.bot_id, updatedAt: row.updated_at }))
    }),

  /** Why did it say that? What came in, what it was taken for, what was asked of the bank, what went out; by time. */
  timeline: procedure('conversation.read')
    .input(z.strictObject({ tenant: z.string(), conversation: z.string(), limit }))
    .output(z.array(entry))
    .query(async ({ ctx, input }) => {
      const { store, sealer } = ctx.ports
      const query = { conversationId: input.conversation, limit: input.limit, sealer }
      const entries = await store.read('conversation.timeline', (reader) =>
        listTimeline(reader, openScope(input.tenant), query),
      )
      if (entries.length === 0) throw notFound('conversation')
      return entries.map(({ facts, ...rest }) => ({ ...rest, facts: { ...facts } }))
    }),
})
