import { z } from 'zod'
import { isCurrency, money, type Money } from '@inthread/sdk/money'
import { findOrderView, listRefunds, type RefundView } from '@inthread/finance'
import { deriveId, openScope, type ListPart } from '@inthread/store'
import { assertFactor } from '../../access/assert-factor.ts'
import { pageInput, pageOutput, readPage } from '../paging.ts'
import { Refusal } from '../refusal.ts'
import { notFound, procedure, type AdminContext } from '../procedure.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'

const wire = z.object({ value: z.string(), currency: z.string() })
const refundStates = [
  ...(['requested', 'awaiting_approval', 'processing', 'rejected', 'succeeded', 'failed'] as const),
] as const

const refundOutput = z.object({
  id: z.string(),
  order: z.string(),
  orderNumber: z.string(),
  bank: z.string(),
  state: z.enum(refundStates),
  amount: wire,
  failure: z.string().nullable(),
  bankRef: z.string().nullable(),
  proposal: z.string().nullable(),
  askedBy: z.string(),
  createdAt: z.number(),
  settledAt: z.number().nullable(),
})

const amount = z.string().regex(/^(0|[1-9][0-9]{0,11})(\.[0-9]{1,2})?$/, 'an amount like 50.00')

const requestInput = z.strictObject({
  tenant: z.string(),
  /** The order's id or number. */
  order: z.string().max(60),
  /** In the order's currency; all that is left when there is none. */
  amount: amount.optional(),
  reason: z.string().min(1).max(60).optional(),
  /** The caller's own name of this refund: asked for twice under it, it is one. */
  ref: z.string().min(1).max(60),
})

const requestOutput = z.object({
  refund: refundOutput,
  waiting: z.object({ proposal: z.string(), digest: z.string() }).nullable(),
})

/** What was paid for an order, or a part of it, goes back. Above the tenant's limit a second person has to agree. */
export const refund = procedure('refund.write')
  .input(requestInput)
  .output(requestOutput)
  .mutation(async ({ ctx, input }) => {
    const scope = openScope(input.tenant)
    const order = await ctx.ports.store.read('refund.order', (reader) => findOrderView(reader, scope, input.order))
    if (!order) throw notFound('order')
    const refundId = deriveId(order.id, 'refund', input.ref)
    const wanted = {
      ...{ scope, refundId, order: order.id, reason: input.reason, by: ctx.actor, scene: undefined },
      amount: readAmount(input.amount, order.amount.currency),
      now: ctx.ports.clock.now(),
    }
    const opening = await ctx.ports.store.write('refund.request', async (tx) => {
      const asked = await ctx.ports.books.requestRefund(tx, wanted)
      // Above the limit it is a second person's turn, and nothing is handed to them on a session alone.
      if (asked.kind !== 'refused' && asked.waiting) assertFactor(ctx.holder)
      return asked
    })
    if (opening.kind === 'refused')
      throw new Refusal({
        code: opening.code === 'too_many' ? 'TOO_MANY_REQUESTS' : 'CONFLICT',
        said: say(`refund.${opening.code}`),
      })
    ctx.ports.books.wake()
    return { refund: await getRefund(ctx, input.tenant, refundId), waiting: opening.waiting ?? null }
  })

function readAmount(text: string | undefined, currency: string): Money | undefined {
  if (text === undefined) return undefined
  try {
    return money(text, currency)
  } catch {
    const said = isCurrency(currency) ? say('refund.places', { currency }) : say('refund.currency')
    throw new Refusal({ code: 'BAD_REQUEST', said })
  }
}

async function getRefund({ ports }: AdminContext, tenant: string, id: string): Promise<RefundView> {
  const [found] = await ports.store.read('refund.get', (reader) =>
    listRefunds(reader, openScope(tenant), { id, limit: 1 }),
  )
  if (!found) throw notFound('refund')
  return found
}

/** The latest first. */
export const refunds = procedure('order.read')
  .input(
    z.strictObject({
      tenant: z.string(),
      order: z.string().max(60).optional(),
      state: z.enum(refundStates).optional(),
      ...pageInput,
    }),
  )
  .output(pageOutput(refundOutput))
  .query(({ ctx: { ports }, input }) => {
    const { tenant, order, state } = input
    const read = (part: ListPart) =>
      ports.store.read('refund.list', (reader) => listRefunds(reader, openScope(tenant), { order, state, ...part }))
    const placeOf = ({ createdAt, id }: RefundView) => ({ at: createdAt, id })
    return readPage({ list: 'refunds', input, sealer: ports.sealer }, { read, placeOf })
  })
