import { z } from 'zod'
import { procedure, router } from './procedure.ts'

export const healthRouter = router({
  /** What the platform needs, part by part, and whether it is there. */
  get: procedure('health.read')
    .output(
      z.object({
        ok: z.boolean(),
        parts: z.array(z.object({ part: z.string(), ok: z.boolean(), detail: z.string() })),
      }),
    )
    .query(async ({ ctx }) => {
      const parts = await ctx.ports.health.read()
      return { ok: parts.every((part) => part.ok), parts: [...parts] }
    }),
})
