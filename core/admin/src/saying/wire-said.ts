import { z } from 'zod'

/** A sentence of ours as it goes over the wire: `message` for people, `code` and `facts` for pages to word it anew. */
export const wireSaid = z.object({
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
})

/** With the place in what was sent, as a JSON path. */
export const wireProblem = wireSaid.extend({ path: z.string() })
