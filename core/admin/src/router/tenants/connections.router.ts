import { z } from 'zod'
import type { AdminPorts } from '../../ports.ts'
import { procedure, router } from '../procedure.ts'

const kind = z.object({
  id: z.string(),
  /** JSON Schema of its settings, as they stand in a definition beside `id`. */
  settings: z.unknown(),
  /** Settings that are secrets: written as `{ "secret": "env:NAME" }`. */
  secrets: z.array(z.string()),
})

type Kind = z.infer<typeof kind>

/** What a tenant can be connected by. The connections themselves stand in its definition. */
export const connectionsRouter = router({
  /** Every channel and every bank connector that this platform has. */
  kinds: procedure('tenant.list')
    .input(z.strictObject({}))
    .output(
      z.object({
        channels: z.array(kind),
        banks: z.array(kind),
        /** Plain secrets and the addresses `sandbox:operator` and `sandbox:bank` are taken. */
        sandbox: z.boolean(),
      }),
    )
    .query(({ ctx: { ports } }) => ({
      channels: listKinds(ports, 'channel'),
      banks: listKinds(ports, 'bank'),
      sandbox: ports.sandbox,
    })),
})

function listKinds({ catalogue }: AdminPorts, what: 'channel' | 'bank'): Kind[] {
  return catalogue.listNames(what).flatMap((id) => {
    const found = what === 'channel' ? catalogue.findChannel(id) : catalogue.findBank(id)
    if (!found) return []
    const settings = z.toJSONSchema(found.settings, { io: 'input', unrepresentable: 'any' })
    return [{ id, settings, secrets: [...found.secrets] }]
  })
}
