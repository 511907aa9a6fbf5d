import { z } from 'zod'
import { listDays, listStatements, readTerms, termsSchema } from '@inthread/finance'
import { openScope } from '@inthread/store'
import { exportEntries } from '../../books/export-entries.ts'
import { getDefinition } from '../../grants/change-grant.ts'
import { propose } from '../../proposals/propose.ts'
import { notFound, procedure, router, type AdminContext } from '../procedure.ts'
import { breaks, giveBreakBack, resolveBreak, takeBreak } from './break-procedures.ts'

const wire = z.object({ value: z.string(), currency: z.string() })
/** Beyond these a day has no instant that the database takes. */
const day = z.iso
  .date()
  .refine((text) => text >= '2000-01-01' && text < '2200-01-01', 'a day from 2000-01-01 to 2199-12-31')
const days = { tenant: z.string(), from: day, until: day }

const dayOutput = z.object({
  day: z.string(),
  currency: z.string(),
  payments: z.number(),
  refunds: z.number(),
  captured: wire,
  refunded: wire,
  fees: wire,
  commission: wire,
  payable: wire,
  paidOut: wire,
})

const statementOutput = z.object({
  bank: z.string(),
  day: z.string(),
  lines: z.number(),
  breaks: z.number(),
  /** null while it is being imported. */
  importedAt: z.number().nullable(),
})

const termsOutput = z.object({ version: z.number(), inForceAt: z.number(), terms: termsSchema })
const waiting = z.object({ proposal: z.string(), subject: z.string(), digest: z.string() })

/** What a tenant has earned, what its bank says of it, and what does not agree. */
export const booksRouter = router({
  breaks,
  takeBreak,
  giveBreakBack,
  resolveBreak,

  /** Day by day, in the tenant's time zone: what was paid, given back, kept by bank and platform, and is due. */
  days: procedure('book.read')
    .input(z.strictObject(days))
    .output(z.array(dayOutput))
    .query(async ({ ctx, input }) => {
      const zone = await zoneOf(ctx, input.tenant)
      return [...(await listDays(ctx.ports.store, openScope(input.tenant), { ...input, zone }))]
    }),

  /** One page of a file: its lines, and where the next page begins. */
  export: procedure('book.read')
    .input(
      z.strictObject({
        ...days,
        format: z.enum(['csv', 'camt']),
        after: z
          .string()
          .regex(/^(\d{1,17}~[0-9a-f-]{1,40})?$/)
          .default(''),
        limit: z.number().int().min(1).max(1000).default(500),
      }),
    )
    .output(z.object({ lines: z.array(z.string()), next: z.string().nullable() }))
    .query(async ({ ctx, input }) => {
      const zone = await zoneOf(ctx, input.tenant)
      const page = await exportEntries(openScope(input.tenant), { ...input, zone }, ctx.ports)
      return { ...page, lines: [...page.lines] }
    }),

  /** What was agreed on with the tenant. */
  terms: procedure('book.read')
    .input(z.strictObject({ tenant: z.string() }))
    .output(termsOutput)
    .query(({ ctx, input }) =>
      ctx.ports.store.read('terms.get', (reader) => readTerms(reader, openScope(input.tenant))),
    ),

  /** Proposes other terms: they are in force once a second person has agreed. */
  changeTerms: procedure('book.write')
    .input(z.strictObject({ tenant: z.string(), terms: termsSchema }))
    .output(waiting)
    .mutation(async ({ ctx, input }) => {
      await getDefinition(input.tenant, ctx.ports)
      const scope = openScope(input.tenant)
      const now = ctx.ports.clock.now()
      return ctx.ports.store.write('terms.propose', async (tx) => {
        const { version: base } = await readTerms(tx, scope)
        const change = { base, terms: input.terms }
        return propose(tx, scope, { subject: 'books.terms', change, maker: ctx.actor, ids: ctx.ports.ids, now })
      })
    }),

  /** The newest first. */
  statements: procedure('book.read')
    .input(z.strictObject({ tenant: z.string(), limit: z.number().int().min(1).max(400).default(31) }))
    .output(z.array(statementOutput))
    .query(async ({ ctx, input }) => {
      const found = await ctx.ports.store.read('statement.list', (reader) =>
        listStatements(reader, openScope(input.tenant), { limit: input.limit }),
      )
      return found.map(({ bank_id: bank, day: of, lines, breaks: differing, imported_at: at }) => {
        return { bank, day: of, lines, breaks: differing, importedAt: at === 0 ? null : at }
      })
    }),

  /** Asks the bank for a day now. */
  importStatement: procedure('book.write')
    .input(z.strictObject({ tenant: z.string(), bank: z.string().max(60), day }))
    .output(
      z.object({
        /** `imported`, `known` from before, `changed` since then, `not_ready`, `busy` or `unknown`. */
        state: z.string(),
        results: z.record(z.string(), z.number()),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { tenant: tenantId, bank: bankId } = input
      const answer = await ctx.ports.books.readStatement({ tenantId, bankId, day: input.day })
      if (!answer) throw notFound('bank connection')
      return { state: answer.state, results: 'results' in answer ? { ...answer.results } : {} }
    }),
})

async function zoneOf({ ports }: AdminContext, tenant: string): Promise<string> {
  return (await getDefinition(tenant, ports)).tenant.timeZone
}
