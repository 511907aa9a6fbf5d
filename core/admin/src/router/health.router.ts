import { z } from 'zod'
import { readPost, type Access } from '../access/access.ts'
import type { HealthReading } from '../ports.ts'
import { procedure, router } from './procedure.ts'
import { defineSentences } from '@inthread/sdk/fault'
import { wireSaid } from '../saying/wire-said.ts'

const reading = z.object({
  part: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  /** What the detail says, to be worded anew. */
  said: wireSaid,
  /** Tenants that are not in force, each with the code of why; a tenant's own people see theirs alone. */
  amiss: z.array(z.object({ tenant: z.string(), code: z.string() })).optional(),
})

const failing = z.object({ code: z.string(), forMs: z.number() }).nullable()

const work = z.object({
  name: z.string(),
  everyMs: z.number(),
  /** Since it ended last; null before its first end. */
  agoMs: z.number().nullable(),
  /** Since when, and by which fault. */
  failing,
  /** What waits for it, over all processes, counted up to 10,000. */
  waiting: z.number().nullable(),
  oldestMs: z.number().nullable(),
  /** `late`: it has not ended for long; `behind`: what waits has waited for longer than it should. */
  state: z.enum(['well', 'failing', 'late', 'behind']),
})

const connection = z.object({
  tenant: z.string(),
  kind: z.enum(['operator', 'bank']),
  id: z.string(),
  /** Since the other side answered or knocked; null when neither has happened in this process. */
  heardAgoMs: z.number().nullable(),
  failing,
})

const say = defineSentences({
  'health.own_in_force': 'in force',
  'health.own_not_in_force': 'not in force',
})

export const healthRouter = router({
  /** What the platform needs, part by part, and whether it is there. */
  get: procedure('health.read')
    .output(z.object({ ok: z.boolean(), parts: z.array(reading) }))
    .query(async ({ ctx: { ports, holder } }) => {
      const parts = (await ports.health.read()).map((each) => showTo(holder, each))
      return { ok: parts.every((part) => part.ok), parts }
    }),

  /**
   * What the process that answers does again and again, and how its lines to banks and operators are. A tenant's own
   * people see their lines alone: what waits is of all tenants.
   */
  works: procedure('health.read')
    .output(z.object({ works: z.array(work), connections: z.array(connection) }))
    .query(async ({ ctx: { ports, holder } }) => {
      const { works, connections } = await ports.health.readWorks()
      const tenant = readPost(holder.role)?.tenant
      if (tenant === undefined) return { works: [...works], connections: [...connections] }
      return { works: [], connections: connections.filter((each) => each.tenant === tenant) }
    }),
})

/** What is amiss with others is told to nobody of a tenant, nor how many others there are. */
function showTo(holder: Access, { amiss, ...rest }: HealthReading): z.infer<typeof reading> {
  if (!amiss) return rest
  const tenant = readPost(holder.role)?.tenant
  if (tenant === undefined) return { ...rest, amiss: [...amiss] }
  const own = amiss.filter((each) => each.tenant === tenant)
  const said = say(own.length === 0 ? 'health.own_in_force' : 'health.own_not_in_force')
  return { part: rest.part, ok: own.length === 0, detail: said.message, said, amiss: own }
}
