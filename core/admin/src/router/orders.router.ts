import { z } from 'zod'
import { findOrderView, listOrders, readBook } from '@inthread/finance'
import { openScope } from '@inthread/store'
import { notFound, procedure, router } from './procedure.ts'
import { pageInput, pageOutput, readPage } from './paging.ts'
import { refund, refunds } from './books/refund-procedures.ts'

const money = z.object({ value: z.string(), currency: z.string() })

const line = z.object({
  id: z.string(),
  number: z.string(),
  conversationId: z.string(),
  bank: z.string(),
  capability: z.string(),
  state: z.string(),
  version: z.number(),
  amount: money,
  display: z.string(),
  fee: money.nullable(),
  reason: z.string().nullable(),
  bankRef: z.string().nullable(),
  createdAt: z.number(),
  submittedAt: z.number().nullable(),
  settledAt: z.number().nullable(),
})

const orderOutput = line.extend({
  confirmation: z.object({ state: z.string(), triesLeft: z.number() }).nullable(),
  attempts: z.array(
    z.object({ n: z.number(), sentAt: z.number(), answeredAt: z.number().nullable(), outcome: z.string().nullable() }),
  ),
  movements: z.array(z.object({ kind: z.string(), dr: z.string(), cr: z.string(), amount: money })),
})

const instant = z.number().int().min(0)
const listInput = z.strictObject({
  tenant: z.string(),
  state: z.string().max(40).optional(),
  /** Only those of which nobody knows yet how they end: as many as the book counts. */
  undecided: z.boolean().optional(),
  bank: z.string().max(60).optional(),
  capability: z.string().max(100).optional(),
  conversation: z.string().max(60).optional(),
  /** Opened at this instant or later. */
  from: instant.optional(),
  /** Opened before this instant. */
  until: instant.optional(),
  /** The number that a user reads out. */
  number: z.string().max(60).optional(),
  ...pageInput,
})

const balances = z.record(z.string(), z.string())

export const ordersRouter = router({
  refund,
  refunds,

  /** The newest first. */
  list: procedure('order.read')
    .input(listInput)
    .output(pageOutput(line))
    .query(({ ctx: { ports }, input }) =>
      readPage(
        { list: 'orders', input, sealer: ports.sealer },
        {
          read: (part) =>
            ports.store.read('order.list', (reader) =>
              listOrders(reader, openScope(input.tenant), { ...input, ...part }),
            ),
          placeOf: ({ createdAt, id }) => ({ at: createdAt, id }),
        },
      ),
    ),

  /** By id, or by the number that a user reads out. */
  get: procedure('order.read')
    .input(z.strictObject({ tenant: z.string(), order: z.string() }))
    .output(orderOutput)
    .query(async ({ ctx, input }) => {
      const view = await ctx.ports.store.read('order.get', (reader) =>
        findOrderView(reader, openScope(input.tenant), input.order),
      )
      if (!view) throw notFound('order')
      return { ...view, attempts: [...view.attempts], movements: [...view.movements] }
    }),

  /** The tenant's memo book, summed up: what must agree with the bank's own. */
  book: procedure('book.read')
    .input(z.strictObject({ tenant: z.string() }))
    .output(z.object({ posted: balances, pending: balances, undecided: z.number(), breaks: z.number() }))
    .query(async ({ ctx, input }) => {
      const book = await ctx.ports.store.read('order.book', (reader) => readBook(reader, openScope(input.tenant)))
      return { ...book, posted: { ...book.posted }, pending: { ...book.pending } }
    }),
})
