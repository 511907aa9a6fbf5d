import { z } from 'zod'
import { isFault } from '@inthread/sdk/fault'
import {
  breakDecisions,
  breakSubject,
  listBreaks,
  listDecisions,
  listInConflict,
  listUndecided,
} from '@inthread/finance'
import { openScope, type Actor, type ListPart } from '@inthread/store'
import { propose } from '../../proposals/propose.ts'
import { pageInput, pageOutput, readPage } from '../paging.ts'
import { conflict, notFound, procedure, type AdminContext } from '../procedure.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'

const breakOutput = z.object({
  id: z.string(),
  bank: z.string(),
  order: z.string().nullable(),
  refund: z.string().nullable(),
  kind: z.string(),
  state: z.string(),
  /** Amounts, states and references: what the bank says, what the book says, and by how much they differ. */
  detail: z.unknown(),
  openedAt: z.number(),
  assignee: z.string().nullable(),
  decision: z.string().nullable(),
  decidedAt: z.number().nullable(),
  /** What may be proposed as far as the break itself says; what came meanwhile is looked at once more then. */
  decisions: z.array(z.enum(breakDecisions)),
})

const name = { tenant: z.string(), break: z.string().max(60) }
const done = z.object({ break: z.string() })

/** The oldest first; those that were decided only when they are asked for. */
export const breaks = procedure('book.read')
  .input(z.strictObject({ tenant: z.string(), all: z.boolean().default(false), ...pageInput }))
  .output(pageOutput(breakOutput))
  .query(async ({ ctx: { ports }, input }) => {
    const read = (part: ListPart) =>
      ports.store.read('break.list', (reader) =>
        listBreaks(reader, openScope(input.tenant), { open: !input.all, ...part }),
      )
    const page = await readPage(
      { list: 'breaks', input, sealer: ports.sealer },
      { read, placeOf: (row) => ({ at: row.opened_at, id: row.id }) },
    )
    const scope = openScope(input.tenant)
    const [inConflict, undecided] = await ports.store.read('break.conflicts', async (reader) => [
      await listInConflict(reader, scope, page.items),
      await listUndecided(reader, scope, page.items),
    ])
    const items = page.items.map((row) => ({
      id: row.id,
      bank: row.bank_id,
      order: row.order_id === '' ? null : row.order_id,
      refund: row.refund_id,
      kind: row.kind,
      state: row.state,
      detail: JSON.parse(row.detail) as unknown,
      openedAt: row.opened_at,
      assignee: row.assignee,
      decision: row.decision,
      decidedAt: row.decided_at,
      decisions: [...listDecisions(row, { inConflict: inConflict.has(row.id), isUndecided: undecided.has(row.id) })],
    }))
    return { items, next: page.next }
  })

/** Looks after it from now on: somebody of the platform, never the tenant, which is the one that gets the money. */
export const takeBreak = procedure('break.write')
  .input(z.strictObject(name))
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await step(ctx, 'break.take', (tx) => ctx.ports.books.takeBreak(tx, buildStep(ctx, input)))
    return { break: input.break }
  })

export const giveBreakBack = procedure('break.write')
  .input(z.strictObject(name))
  .output(done)
  .mutation(async ({ ctx, input }) => {
    await step(ctx, 'break.give_back', (tx) => ctx.ports.books.giveBreakBack(tx, buildStep(ctx, input)))
    return { break: input.break }
  })

/** Proposes how it is to be decided: it is, once a second person has agreed. */
export const resolveBreak = procedure('break.write')
  .input(z.strictObject({ ...name, decision: z.enum(breakDecisions), note: z.string().max(300).default('') }))
  .output(z.object({ proposal: z.string(), subject: z.string(), digest: z.string() }))
  .mutation(({ ctx, input }) =>
    step(ctx, 'break.propose', async (tx) => {
      const asked = buildStep(ctx, input)
      await ctx.ports.books.assertDecision(tx, asked, input.decision)
      const change = { break: input.break, decision: input.decision, note: input.note }
      const by = { maker: ctx.actor, ids: ctx.ports.ids, now: asked.now }
      return propose(tx, asked.scope, { subject: breakSubject, change, ...by })
    }),
  )

function buildStep(
  { ports, actor }: AdminContext & { readonly actor: Actor },
  input: { readonly tenant: string; readonly break: string },
) {
  return { scope: openScope(input.tenant), breakId: input.break, by: actor, now: ports.clock.now() }
}

async function step<T>(
  { ports }: AdminContext,
  label: string,
  work: Parameters<typeof ports.store.write<T>>[1],
): Promise<T> {
  try {
    return await ports.store.write(label, work)
  } catch (error) {
    if (isFault(error, 'break.unknown')) throw notFound('break')
    if (isFault(error, 'books.step_refused')) throw conflict(say('break.with_other'))
    if (isFault(error, 'break.order_undecided')) throw conflict(say('break.undecided'))
    if (isFault(error, 'break.decision_unfit')) throw conflict(say('break.unfit'))
    throw error
  }
}
