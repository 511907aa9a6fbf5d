import { z } from 'zod'
import { countOrders } from '@inthread/finance'
import { countTraffic } from '@inthread/messaging'
import { localParts } from '@inthread/sdk/engine'
import { openScope } from '@inthread/store'
import type { TenantDefinition } from '../../definition/schema.ts'
import { findTenant } from '../../tenants/tenant.store.ts'
import { notFound, procedure, router } from '../procedure.ts'
import { Refusal } from '../refusal.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'

const day = z.iso.date()

const dayOutput = z.object({
  day: z.string(),
  /** What users wrote and tapped. */
  received: z.number(),
  sent: z.number(),
  /** All that conversations had to do with: users, answers of banks and hosts, time. */
  turns: z.number(),
  orders: z.number(),
})

const dayMs = 86_400_000
const daysAtMost = 31

/** How much goes on at a tenant, counted when it is asked for. */
export const usageRouter = router({
  /** By days of the tenant's own time zone, both ends included; at most 31 of them. */
  days: procedure('usage.read')
    .input(z.strictObject({ tenant: z.string().max(60), from: day, until: day }))
    .output(z.object({ timeZone: z.string(), days: z.array(dayOutput) }))
    .query(async ({ ctx: { ports }, input }) => {
      const scope = openScope(input.tenant)
      const names = listDays(input)
      return ports.store.read('usage.days', async (reader) => {
        const row = await findTenant(reader, input.tenant)
        if (!row) throw notFound('tenant')
        const { timeZone } = (JSON.parse(row.definition) as TenantDefinition).tenant
        const days: z.infer<typeof dayOutput>[] = []
        for (const name of names) {
          const span = { from: startOf(name, 0, timeZone), until: startOf(name, 1, timeZone) }
          const traffic = await countTraffic(reader, scope, span)
          days.push({ day: name, ...traffic, orders: await countOrders(reader, scope, span) })
        }
        return { timeZone, days }
      })
    }),
})

function listDays({ from, until }: { readonly from: string; readonly until: string }): string[] {
  const first = Date.parse(from)
  const count = Math.round((Date.parse(until) - first) / dayMs) + 1
  if (count < 1 || count > daysAtMost)
    throw new Refusal({
      code: 'BAD_REQUEST',
      said: say('call.days', { from, most: daysAtMost }),
    })
  return Array.from({ length: count }, (_, index) => new Date(first + index * dayMs).toISOString().slice(0, 10))
}

/** The instant at which a day begins where the tenant is; twice, because clocks may be put forward meanwhile. */
function startOf(name: string, later: number, timeZone: string): number {
  const wanted = (Date.parse(name) + later * dayMs) * 1000
  let at = wanted
  for (let round = 0; round < 2; round += 1) {
    const { year, month, day: date, hour, minute } = localParts(at, timeZone)
    at += wanted - Date.UTC(year, month - 1, date, hour, minute) * 1000
  }
  return at
}
