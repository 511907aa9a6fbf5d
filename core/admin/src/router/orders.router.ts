import { z } from 'zod'
import { findOrderView, readBook } from '@inthread/finance'
import { openScope } from '@inthread/store'
import { notFound, procedure, router } from './procedure.ts'
import { refund, refunds } from './books/refund-procedures.ts'

const money = z.object({ value: z.string(), currency: z.string() })

const orderOutput = z.object({
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
  confirmation: z.object({ state: z.string(), triesLeft: z.number() }).nullable(),
  attempts: z.array(
    z.object({ n: z.number(), sentAt: z.number(), answeredAt: z.number().nullable(), outcome: z.string().nullable() }),
  ),
  movements: z.array(z.object({ kind: z.string(), dr: z.string(), cr: z.string(), amount: money })),
})

const balances = z.record(z.string(), z.string())

export const ordersRouter = router({
  refund,
  refunds,

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
  book: procedure('order.read')
    .input(z.strictObject({ tenant: z.string() }))
    .output(z.object({ posted: balances, pending: balances, undecided: z.number(), breaks: z.number() }))
    .query(async ({ ctx, input }) => {
      const book = await ctx.ports.store.read('order.book', (reader) => readBook(reader, openScope(input.tenant)))
      return { ...book, posted: { ...book.posted }, pending: { ...book.pending } }
    }),
})
