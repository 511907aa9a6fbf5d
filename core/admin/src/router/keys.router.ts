import { Refusal } from './refusal.ts'
import { z } from 'zod'
import { isFault } from '@inthread/sdk/fault'
import { appendAudit, openScope } from '@inthread/store'
import { createAdminKey, insertKey, listKeys, revokeKey } from '../keys/admin-key.store.ts'
import { readRole } from '../keys/key-holder.ts'
import { notFound, procedure, router } from './procedure.ts'

const role = z
  .string()
  .max(60)
  .regex(/^(platform|bank|tenant:[a-z][a-z0-9-]{1,40})$/, 'platform, bank or tenant:<id>')

const view = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  madeAt: z.number(),
  madeBy: z.string().nullable(),
  revokedAt: z.number().nullable(),
})

/** No tenant has this name: what is written under it belongs to the platform itself. */
const platform = openScope('*')

/** Keys of the admin API. A key's secret is told once, when it is made, and is kept nowhere. */
export const keysRouter = router({
  create: procedure('key.write')
    .input(z.strictObject({ name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,40}$/i, 'letters, digits, . _ -'), role }))
    .output(z.object({ id: z.string(), name: z.string(), role: z.string(), key: z.string() }))
    .mutation(async ({ ctx: { ports, actor }, input }) => {
      const made = { id: ports.ids.next(), key: createAdminKey(), name: input.name, role: readRole(input.role) }
      const now = ports.clock.now()
      try {
        await ports.store.write('key.create', async (tx) => {
          await insertKey(tx, { ...made, madeBy: actor.id, now })
          const record = { scope: platform, actor, action: 'key.created', object: { kind: 'key', id: made.id } }
          await appendAudit(tx, [{ ...record, data: { role: made.role } }], { ids: ports.ids, now })
        })
      } catch (error) {
        if (!isFault(error, 'store.duplicate')) throw error
        throw new Refusal({ code: 'CONFLICT', message: 'there is a key of this name: choose another', cause: error })
      }
      return made
    }),

  list: procedure('key.read')
    .output(z.array(view))
    .query(async ({ ctx }) => [...(await ctx.ports.store.read('key.list', listKeys))]),

  /** By name or id. Not the key that the call is made with: somebody must be left to make the next one. */
  revoke: procedure('key.write')
    .input(z.strictObject({ name: z.string().max(60) }))
    .output(view)
    .mutation(async ({ ctx: { ports, actor }, input }) => {
      const find = async () =>
        (await ports.store.read('key.find', listKeys)).find(({ id, name }) => [id, name].includes(input.name))
      const found = await find()
      if (!found) throw notFound('key')
      if (found.id === actor.id)
        throw new Refusal({ code: 'BAD_REQUEST', message: 'a key cannot revoke itself: use another one' })
      const now = ports.clock.now()
      await ports.store.write('key.revoke', async (tx) => {
        await revokeKey(tx, found, now)
        const record = { scope: platform, actor, action: 'key.revoked', object: { kind: 'key', id: found.id } }
        await appendAudit(tx, [record], { ids: ports.ids, now })
      })
      return (await find()) ?? found
    }),
})
