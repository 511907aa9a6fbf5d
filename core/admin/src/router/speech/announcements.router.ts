import { z } from 'zod'
import { announce, findAnnouncement, type Announced } from '@inthread/messaging'
import { isFault } from '@inthread/sdk/fault'
import { appendAudit, openScope, type Actor } from '@inthread/store'
import type { AdminPorts } from '../../ports.ts'
import { conflict, notFound, procedure, router } from '../procedure.ts'
import { Refusal } from '../refusal.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'

const key = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/, 'up to 100 letters, digits and . _ : -')

const sendInput = z.strictObject({
  tenant: z.string().max(60),
  /** Only who has written to the bot can be told something. */
  conversation: z.string().max(60),
  text: z.string().trim().min(1).max(2000),
  /** The caller's own name of it: sent twice under one key, it is said once. */
  key,
})

const view = z.object({
  key: z.string(),
  conversation: z.string(),
  /**
   * `waiting` until nobody is in the middle of anything; `handled` when it was said, or the user has stopped
   * announcements meanwhile; `opted_out` when that was so already.
   */
  state: z.enum(['waiting', 'handled', 'opted_out']),
  createdAt: z.number(),
})

/** What merchants tell their users unasked. Who has said "stop" is told nothing. */
export const announcementsRouter = router({
  /** To one user. The same key with the same words gives the same answer, and with others a conflict. */
  send: procedure('announcement.write')
    .input(sendInput)
    .output(view)
    .mutation(async ({ ctx: { ports, actor }, input }) => {
      const announced = await send(input, actor, ports).catch((error: unknown) => {
        // Somebody sends it at this very moment: by now it is there.
        if (isFault(error, 'store.duplicate')) return send(input, actor, ports)
        throw error
      })
      if (announced.kind === 'unknown') throw notFound('conversation')
      if (announced.kind === 'other') throw conflict(say('announcement.key'))
      if (announced.kind === 'refused') throw new Refusal({ code: 'BAD_REQUEST', said: say(announced.problem) })
      return read(input, ports)
    }),

  get: procedure('announcement.read')
    .input(z.strictObject({ tenant: z.string().max(60), key }))
    .output(view)
    .query(({ ctx: { ports }, input }) => read(input, ports)),
})

function send(input: z.infer<typeof sendInput>, actor: Actor, ports: AdminPorts): Promise<Announced> {
  const { tenant, ...announcement } = input
  const scope = openScope(tenant)
  return ports.store.write('announcement.send', async (tx) => {
    const announced = await announce(tx, scope, { ...announcement, ports })
    if (announced.kind === 'done' && announced.fresh) {
      const object = { kind: 'announcement', id: input.key }
      const record = { scope, actor, action: 'announcement.sent', object, data: { conversation: input.conversation } }
      await appendAudit(tx, [record], { ids: ports.ids, now: ports.clock.now() })
    }
    return announced
  })
}

async function read(
  { tenant, key: name }: { readonly tenant: string; readonly key: string },
  { store }: AdminPorts,
): Promise<z.infer<typeof view>> {
  const found = await store.read('announcement.get', (reader) => findAnnouncement(reader, openScope(tenant), name))
  if (!found) throw notFound('announcement')
  return { ...found }
}
