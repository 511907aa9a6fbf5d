import { z } from 'zod'
import { appendAudit, openScope } from '@inthread/store'
import { isOperator, readPost } from '../../access/access.ts'
import { isRole, roles } from '../../access/roles.ts'
import type { KeyHolder } from '../../keys/key-holder.ts'
import { listKeysOf, type MakerKey } from '../../keys/maker-keys.store.ts'
import { partWithMaker } from '../../keys/part-with-maker.ts'
import { invite } from '../../people/invitations.ts'
import {
  endInvitation,
  endLinksOf,
  findInvitation,
  linksAtMost,
  listInvitations,
  listMembers,
  listMemberships,
  removeMember,
} from '../../people/tables/people.store.ts'
import { renew } from '../../people/renewals.ts'
import { platformPlace, roleOf } from '../../people/sessions.ts'
import { address } from '../../people/sign-in.ts'
import { findTenant } from '../../tenants/tenant.store.ts'
import { conflict, forbidden, notFound, procedure, router } from '../procedure.ts'
import { Refusal } from '../refusal.ts'
import { sayRefusal as say } from '../../saying/say-refusal.ts'

/** A tenant's id, or `*` for the platform and the bank. */
const place = z.string().min(1).max(60)

const inviteInput = z.strictObject({
  tenant: place,
  email: address,
  /** Without the tenant, like `owner` or `agent`. */
  role: z.enum(Object.keys(roles).filter(isRole)),
  days: z.number().int().min(1).max(30).default(7),
})

const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  since: z.string(),
  secondFactor: z.boolean(),
})

const invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  expired: z.boolean(),
})

const makerKey = z.object({ id: z.string(), name: z.string(), role: z.string(), usedAt: z.number().nullable() })

/** Who works for a tenant, or for the platform itself. */
export const peopleRouter = router({
  /** The link is told this once: hand it to whom it is for. */
  invite: procedure('person.write')
    .input(inviteInput)
    .output(z.object({ id: z.string(), link: z.string(), expiresAt: z.string() }))
    .mutation(async ({ ctx: { ports, holder, actor }, input }) => {
      const { tenant, email, role, days } = input
      assertMayGive(holder, tenant, role)
      if (tenant !== platformPlace && !(await ports.store.read('tenant.get', (reader) => findTenant(reader, tenant))))
        throw notFound('tenant')
      const waiting = await ports.store.read('person.invitations', (reader) =>
        listInvitations(reader, tenant, ports.people.vault),
      )
      if (waiting.length >= linksAtMost) throw conflict(say('person.links', { most: linksAtMost }))
      return invite(ports.people, { email, role, days, place: tenant, by: actor })
    }),

  /**
   * A link for who has lost the password or the second factor. Whoever works elsewhere too has it made by the operator:
   * it opens everything that they may do.
   */
  renew: procedure('person.write')
    .input(z.strictObject({ tenant: place, person: z.string().max(60) }))
    .output(z.object({ id: z.string(), link: z.string(), expiresAt: z.string() }))
    .mutation(async ({ ctx: { ports, holder, actor }, input: { tenant, person: id } }) => {
      const [member, places] = await ports.store.read('person.find', async (reader) => {
        const members = await listMembers(reader, tenant, ports.people.vault)
        return [members.find((each) => each.id === id), await listMemberships(reader, id)] as const
      })
      if (!member) throw notFound('person')
      if (holder.scopes !== undefined) throw forbidden(say('key.narrow_renews'))
      if (places.length > 1 && !isOperator(holder)) throw forbidden(say('person.elsewhere'))
      return renew(ports.people, { person: member, place: tenant, role: member.role, by: actor })
    }),

  list: procedure('person.read')
    .input(z.strictObject({ tenant: place }))
    .output(z.array(person))
    .query(async ({ ctx: { ports }, input: { tenant } }) => {
      const members = await ports.store.read('person.list', (reader) => listMembers(reader, tenant, ports.people.vault))
      return members.map((each) => ({ ...each, role: roleOf({ place: tenant, role: each.role }) }))
    }),

  /** Links that nobody has used yet; never the links themselves. */
  invitations: procedure('person.read')
    .input(z.strictObject({ tenant: place }))
    .output(z.array(invitation))
    .query(async ({ ctx: { ports }, input: { tenant } }) => {
      const waiting = await ports.store.read('person.invitations', (reader) =>
        listInvitations(reader, tenant, ports.people.vault),
      )
      const now = ports.people.nowMs()
      return waiting.map(({ id, email, role, createdAt, expiresAt }) => ({
        ...{ id, email, createdAt, expiresAt },
        role: roleOf({ place: tenant, role }),
        expired: Date.parse(expiresAt) <= now,
      }))
    }),

  withdraw: procedure('person.write')
    .input(z.strictObject({ tenant: place, id: z.string().max(64) }))
    .output(z.object({ withdrawn: z.boolean() }))
    .mutation(async ({ ctx: { ports, actor }, input: { tenant, id } }) => {
      const withdrawn = await ports.store.write('person.withdraw', async (tx) => {
        const found = await findInvitation(tx, id, ports.people.vault)
        if (found?.place !== tenant) throw notFound('invitation')
        if (!(await endInvitation(tx, id, 'canceled'))) return false
        const object = { kind: 'invitation', id: id.slice(0, 16) }
        const record = { scope: openScope(tenant), actor, action: 'person.invitation_withdrawn', object }
        await appendAudit(tx, [record], { ids: ports.ids, now: ports.clock.now() })
        return true
      })
      return { withdrawn }
    }),

  /** What ends with somebody: the keys that they have made, each unless it is kept. */
  leaving: procedure('person.read')
    .input(z.strictObject({ tenant: place, person: z.string().max(60) }))
    .output(z.object({ keys: z.array(makerKey) }))
    .query(async ({ ctx: { ports }, input: { tenant, person: id } }) => {
      const keys = await ports.store.read('person.leaving', async (reader) => {
        if (!(await listMemberships(reader, id)).some((each) => each.place === tenant)) throw notFound('person')
        return tenant === platformPlace ? listKeysOf(reader, id, ports.clock.now()) : []
      })
      return { keys: [...keys] }
    }),

  /**
   * From the next call on. Nobody removes themselves: somebody must be left to let others in. Whoever has made keys is
   * removed once `keep` says which of them go on; the others are revoked with them.
   */
  remove: procedure('person.write')
    .input(
      z.strictObject({
        tenant: place,
        person: z.string().max(60),
        keep: z.array(z.string().max(60)).max(200).optional(),
      }),
    )
    .output(z.object({ removed: z.boolean(), ended: z.array(z.string()), kept: z.array(z.string()) }))
    .mutation(async ({ ctx: { ports, holder, actor }, input: { tenant, person: id, keep } }) => {
      if (holder.person === id) throw new Refusal({ code: 'BAD_REQUEST', said: say('person.themselves') })
      const parted = await ports.store.write('person.remove', async (tx) => {
        if (!(await removeMember(tx, tenant, id))) throw notFound('person')
        await endLinksOf(tx, tenant, id)
        const record = { scope: openScope(tenant), actor, action: 'person.removed', object: { kind: 'person', id } }
        await appendAudit(tx, [record], { ids: ports.ids, now: ports.clock.now() })
        if (tenant !== platformPlace) return { ended: [], kept: [] }
        const keys = await partWithMaker(tx, { person: id, role: undefined, keep, actor }, ports)
        if (keys.kind === 'done') return { ended: [...keys.ended], kept: [...keys.kept] }
        throw keys.kind === 'unknown' ? unknownKey() : undecided(keys.keys)
      })
      return { removed: true, ...parted }
    }),
})

/** Owners give away the roles of their tenant, the operator all; nobody with a narrowed key gives any. */
function assertMayGive(holder: KeyHolder, tenant: string, role: z.infer<typeof inviteInput>['role']): void {
  const ofPlatform = roles[role].of === 'platform'
  if (ofPlatform !== (tenant === platformPlace))
    throw new Refusal({
      code: 'BAD_REQUEST',
      said: say(ofPlatform ? 'role.of_platform' : 'role.of_tenant', { role }),
    })
  if (holder.scopes !== undefined) throw forbidden(say('key.narrow_invites'))
  const giver = readPost(holder.role)?.role
  if (giver !== 'operator' && giver !== 'owner') throw forbidden(say('role.invites_nobody', { role: holder.role }))
}

/** As many as fit into a sentence. */
const namedAtMost = 20

function undecided(keys: readonly MakerKey[]): Error {
  const names = keys.slice(0, namedAtMost).map(({ name }) => name)
  const more = keys.length > names.length ? [`… (+${keys.length - names.length})`] : []
  return conflict(say('person.keys', { n: keys.length, names: [...names, ...more].join(', ') }))
}

function unknownKey(): Error {
  return new Refusal({
    code: 'BAD_REQUEST',
    said: say('person.no_key'),
  })
}
