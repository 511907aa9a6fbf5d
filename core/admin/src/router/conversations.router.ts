import { z } from 'zod'
import { listConversations, listTimeline } from '@inthread/messaging'
import { openScope, type ListPart } from '@inthread/store'
import { follow } from '../live/follow.ts'
import { readConversationNews } from '../live/read-conversation-news.ts'
import { pageInput, pageOutput, readPage } from './paging.ts'
import { notFound, procedure, router, stream } from './procedure.ts'

const entry = z.object({
  at: z.number(),
  kind: z.enum(['received', 'journal', 'sent', 'effect']),
  id: z.string(),
  text: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
})

const limit = z.number().int().min(1).max(500).default(100)

export const conversationsRouter = router({
  /** The tenant's conversations, the latest first. One in which something happens meanwhile goes to the first page. */
  list: procedure('conversation.read')
    .input(z.strictObject({ tenant: z.string(), ...pageInput }))
    .output(pageOutput(z.object({ id: z.string(), bot: z.string(), updatedAt: z.number() })))
    .query(async ({ ctx: { ports }, input }) => {
      const read = (part: ListPart) =>
        ports.store.read('conversation.list', (reader) => listConversations(reader, openScope(input.tenant), part))
      const page = await readPage(
        { list: 'conversations', input, sealer: ports.sealer },
        { read, placeOf: (row) => ({ at: row.updated_at, id: row.id }) },
      )
      const items = page.items.map((row) => ({ id: row.id, bot: row.bot_id, updatedAt: row.updated_at }))
      return { items, next: page.next }
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

  /** The latest entries at once, then each as it comes. Its id says what was had: from there on none is missed. */
  follow: stream('conversation.read')
    .input(
      z.strictObject({
        tenant: z.string(),
        conversation: z.string(),
        limit,
        lastEventId: z.string().max(700).optional(),
      }),
    )
    .subscription(({ ctx, input, signal }) =>
      follow<z.infer<typeof entry>>({ ctx, signal }, readConversationNews(ctx.ports, input)),
    ),
})
