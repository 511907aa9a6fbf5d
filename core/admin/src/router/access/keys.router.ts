import { Refusal } from '../refusal.ts'
import { z } from 'zod'
import { isFault, type Said } from '@inthread/sdk/fault'
import { appendAudit, makerNameOf, openScope } from '@inthread/store'
import { listAllowed, readPost, type Access } from '../../access/access.ts'
import { isPermission, type Permission } from '../../access/permissions.ts'
import { createAdminKey, insertKey, listKeys, revokeKey, type KeyView } from '../../keys/admin-key.store.ts'
import { forbidden, notFound, ownProcedure, procedure, router } from '../procedure.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'
import type { AdminPorts } from '../../ports.ts'
import { listTenantLines } from '../../tenants/tenant.store.ts'

const role = z
  .string()
  .max(60)
  .regex(/^[a-z-]+(:[a-z][a-z0-9-]{1,40})?$/)
  .refine((text) => readPost(text) !== undefined, 'a role there is, of a tenant as <role>:<tenant>')

const scope = z.string().max(40).refine(isPermission, 'a permission there is')

const createInput = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,40}$/i, 'letters, digits, . _ -'),
  role,
  /** Only these of the role's permissions. */
  scopes: z.array(scope).min(1).max(50).optional(),
  /** How long it opens anything; for ever when left out. */
  days: z.number().int().min(1).max(3999).optional(),
})

const view = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  madeAt: z.number(),
  madeBy: z.string().nullable(),
  revokedAt: z.number().nullable(),
  /** All of the role's when null. */
  scopes: z.array(z.string()).nullable(),
  expiresAt: z.number().nullable(),
  /** To the minute. */
  usedAt: z.number().nullable(),
  /** The id of whoever has made it, signed in, or with a key made so. */
  person: z.string().nullable(),
  /** They have left since: revoke it, or make another in its place. */
  makerGone: z.boolean(),
  /** Who has let it go on without them. */
  keptBy: z.string().nullable(),
})

const meOutput = z.object({
  name: z.string(),
  role: z.string(),
  /** The one tenant that somebody speaks for; null for who is of the platform or the bank. */
  tenant: z.string().nullable(),
  /** What that tenant is called. */
  tenantName: z.string().nullable(),
  permissions: z.array(z.string()),
  /** As proposals, refunds and cases write down who did something. */
  writtenAs: z.string(),
  /** With a key, or signed in. */
  kind: z.enum(['key', 'person']),
})

const dayUs = 86_400_000_000

/** No tenant has this name: what is written under it belongs to the platform itself. */
const platform = openScope('*')

/** Keys of the admin API. A key's secret is told once, when it is made, and is kept nowhere. */
export const keysRouter = router({
  /** Who calls, and what they may do: a page shows nothing else. */
  me: ownProcedure.output(meOutput).query(async ({ ctx: { ports, holder } }) => {
    const post = readPost(holder.role)
    return {
      name: holder.name,
      role: post?.role ?? holder.role,
      tenant: post?.tenant ?? null,
      tenantName: await findTenantName(post?.tenant, ports),
      permissions: [...listAllowed(holder)],
      writtenAs: makerNameOf(holder.actor),
      kind: holder.actor.kind === 'person' ? ('person' as const) : ('key' as const),
    }
  }),

  create: procedure('key.write')
    .input(createInput)
    .output(z.object({ id: z.string(), name: z.string(), role: z.string(), key: z.string() }))
    .mutation(async ({ ctx: { ports, actor, holder }, input }) => {
      const now = ports.clock.now()
      const scopes = input.scopes?.filter(isPermission)
      assertBounds({ role: input.role, scopes }, holder)
      const expiresAt = input.days === undefined ? undefined : now + input.days * dayUs
      if (holder.expiresAt !== undefined && (expiresAt === undefined || expiresAt > holder.expiresAt))
        throw forbidden(say('key.outlasts'))
      const made = { id: ports.ids.next(), key: createAdminKey(), name: input.name, role: input.role }
      try {
        await ports.store.write('key.create', async (tx) => {
          await insertKey(tx, { ...made, scopes, expiresAt, madeBy: actor.id, person: holder.person, now })
          const record = { scope: platform, actor, action: 'key.created', object: { kind: 'key', id: made.id } }
          await appendAudit(
            tx,
            [{ ...record, data: { role: made.role, scopes: scopes ?? null, expiresAt: expiresAt ?? null } }],
            { ids: ports.ids, now },
          )
        })
      } catch (error) {
        if (!isFault(error, 'store.duplicate')) throw error
        throw new Refusal({ code: 'CONFLICT', said: say('key.taken'), cause: error })
      }
      return made
    }),

  list: procedure('key.read')
    .output(z.array(view))
    .query(async ({ ctx }) => (await ctx.ports.store.read('key.list', listKeys)).map(show)),

  /** By name or id. Not the key that the call is made with: somebody must be left to make the next one. */
  revoke: procedure('key.write')
    .input(z.strictObject({ name: z.string().max(60) }))
    .output(view)
    .mutation(async ({ ctx: { ports, actor }, input }) => {
      const find = async () =>
        (await ports.store.read('key.find', listKeys)).find(({ id, name }) => [id, name].includes(input.name))
      const found = await find()
      if (!found) throw notFound('key')
      if (found.id === actor.id) throw new Refusal({ code: 'BAD_REQUEST', said: say('key.itself') })
      const now = ports.clock.now()
      await ports.store.write('key.revoke', async (tx) => {
        await revokeKey(tx, found, now)
        const record = { scope: platform, actor, action: 'key.revoked', object: { kind: 'key', id: found.id } }
        await appendAudit(tx, [record], { ids: ports.ids, now })
      })
      return show((await find()) ?? found)
    }),
})

async function findTenantName(tenant: string | undefined, { store }: AdminPorts): Promise<string | null> {
  if (tenant === undefined) return null
  const [line] = await store.read('key.tenant', (reader) => listTenantLines(reader, { only: tenant, limit: 1 }))
  return line?.name ?? null
}

interface Bounds {
  readonly role: string
  readonly scopes: readonly Permission[] | undefined
}

/** A scope that the role does not have would say more than is true, and nobody gives away what is not theirs. */
function assertBounds({ role: wanted, scopes }: Bounds, maker: Access): void {
  const ofRole = listAllowed({ role: wanted })
  const outside = (scopes ?? []).find((each) => !ofRole.includes(each))
  if (outside !== undefined) throw badRequest(say('key.scope', { role: wanted, permission: outside }))
  const own = listAllowed(maker)
  const beyond = (scopes ?? ofRole).find((each) => !own.includes(each))
  if (beyond !== undefined) throw forbidden(say('key.beyond', { permission: beyond }))
}

function badRequest(said: Said): Refusal {
  return new Refusal({ code: 'BAD_REQUEST', said })
}

function show(key: KeyView): z.infer<typeof view> {
  return { ...key, scopes: key.scopes === null ? null : [...key.scopes] }
}
