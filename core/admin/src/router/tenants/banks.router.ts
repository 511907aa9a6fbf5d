import { z } from 'zod'
import { findReport, type KeptReport } from '../../banks/bank-report.ts'
import { isOfTenant } from '../../access/access.ts'
import { checkBank } from '../../banks/check-bank.ts'
import { forbidden, notFound, procedure, router } from '../procedure.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'
import { wireSaid } from '../../saying/wire-said.ts'

const verdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passed') }),
  z.object({ kind: z.literal('failed'), expected: z.string(), got: z.string(), remedy: z.string() }),
  z.object({ kind: z.literal('skipped'), why: z.string() }),
])

const reportOutput = z.object({
  /** When, in microseconds, and of which settings. */
  checkedAt: z.number(),
  digest: z.string(),
  passed: z.boolean(),
  cases: z.array(z.object({ id: z.string(), title: z.string(), rule: z.string(), verdict })),
})

const checkOutput = z.object({ problem: wireSaid.nullable(), report: reportOutput.nullable() })

const phone = z.string().regex(/^\+[1-9][0-9]{6,14}$/)

export const banksRouter = router({
  /** Asks a live bank all that it must do right, and keeps the report. Takes seconds, or minutes where limits are. */
  check: procedure('tenant.write')
    .input(
      z.strictObject({
        tenant: z.string(),
        bank: z.string(),
        /** The definition that the connection stands in, when it is not in force yet. */
        definition: z.unknown().optional(),
        phone: phone.optional(),
        poorPhone: phone.optional(),
        /** Answers `?phone=` with `{ "codes": [{ "code" }] }`, the newest first. */
        codesUrl: z.url({ protocol: /^https?$/ }).optional(),
      }),
    )
    .output(checkOutput)
    .mutation(async ({ ctx, input }) => {
      const { phone: given, poorPhone, codesUrl, ...rest } = input
      // We would ask this address from where we stand, which is not where a tenant stands.
      if (codesUrl !== undefined && isOfTenant(ctx.holder)) throw forbidden(say('bank.codes_address'))
      const wish = {
        ...(given === undefined ? {} : { phone: given }),
        ...(poorPhone === undefined ? {} : { poorPhone }),
        ...(codesUrl === undefined ? {} : { codesUrl }),
      }
      const answer = await checkBank({ ...rest, ...wish, holder: ctx.holder }, ctx.ports)
      return 'problem' in answer
        ? { problem: answer.problem, report: null }
        : { problem: null, report: renderReport(answer) }
    }),

  /** The last report of a connection. */
  report: procedure('tenant.read')
    .input(z.strictObject({ tenant: z.string(), bank: z.string() }))
    .output(reportOutput)
    .query(async ({ ctx, input }) => {
      const kept = await findReport(ctx.ports.store, input.tenant, input.bank)
      if (!kept) throw notFound('report')
      return renderReport(kept)
    }),
})

function renderReport({ checkedAt, digest, report }: KeptReport): z.infer<typeof reportOutput> {
  return { checkedAt, digest, passed: report.passed, cases: [...report.cases] }
}
