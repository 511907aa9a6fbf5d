import { z } from 'zod'
import { readPost, type Access } from '../access/access.ts'
import type { HealthReading } from '../ports.ts'
import { procedure, router } from './procedure.ts'

const reading = z.object({
  part: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  /** Tenants that are not in force, each with the code of why; a tenant's own people see theirs alone. */
  amiss: z.array(z.object({ tenant: z.string(), code: z.string() })).optional(),
})

export const healthRouter = router({
  /** What the platform needs, part by part, and whether it is there. */
  get: procedure('health.read')
    .output(z.object({ ok: z.boolean(), parts: z.array(reading) }))
    .query(async ({ ctx: { ports, holder } }) => {
      const parts = (await ports.health.read()).map((each) => showTo(holder, each))
      return { ok: parts.every((part) => part.ok), parts }
    }),
})

/** What is amiss with others is told to nobody of a tenant, nor how many others there are. */
function showTo(holder: Access, { amiss, ...rest }: HealthReading): z.infer<typeof reading> {
  if (!amiss) return rest
  const tenant = readPost(holder.role)?.tenant
  if (tenant === undefined) return { ...rest, amiss: [...amiss] }
  const own = amiss.filter((each) => each.tenant === tenant)
  return { part: rest.part, ok: own.length === 0, detail: own.length === 0 ? 'in force' : 'not in force', amiss: own }
}
