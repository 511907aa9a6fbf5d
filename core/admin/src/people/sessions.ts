import type { KeyHolder } from '../keys/key-holder.ts'
import { deny, denyInput, headersOf, isoOf, reply, type Entrance, type DoorCall, type Reply } from './entrance.ts'
import { listMemberships, type Membership } from './tables/people.store.ts'
import { z } from 'zod'

/** Nobody did anything for so long: the session is over, though its end had not come. */
export const idleMs = 30 * 60_000
/** So often it is written down that somebody is still there. */
const touchMs = 60_000
/** A second factor counts for so long after it was shown. */
export const freshMs = 5 * 60_000

/** What belongs to the platform itself has no tenant's name. */
export const platformPlace = '*'

export interface OpenSession {
  readonly id: string
  readonly token: string
  readonly person: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly secondFactor: boolean
  }
  readonly secondFactorAt: Date | null
  readonly active: Membership | undefined
  readonly memberships: readonly Membership[]
}

/** What the library's plugins add does not show in its types. */
interface FoundSession {
  readonly id: string
  readonly token: string
  readonly updatedAt: Date
  readonly activeOrganizationId?: string | null
  readonly secondFactorAt?: Date | null
  readonly through?: string | null
}

interface FoundUser {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly twoFactorEnabled?: boolean | null
}

/** Whether a call is a sign that somebody is there. */
type Presence = 'there' | 'maybe gone'

/** Who is signed in with these cookies; undefined when it is nobody, or the session is over. */
export async function findSession(
  entrance: Entrance,
  call: DoorCall,
  presence: Presence = 'there',
): Promise<OpenSession | undefined> {
  if (call.cookie === undefined || !call.cookie.includes('inthread.session_token')) return undefined
  const auth = await entrance.auth()
  const found = await auth.api.getSession({ headers: headersOf(call), query: { disableRefresh: true } })
  if (!found) return undefined
  const { session, user }: { readonly session: FoundSession; readonly user: FoundUser } = found
  const { internalAdapter } = await auth.$context
  const now = entrance.nowMs()
  const silentMs = now - session.updatedAt.getTime()
  if (silentMs > idleMs) {
    await internalAdapter.deleteSession(session.token)
    return undefined
  }
  if (silentMs > touchMs && presence === 'there')
    await internalAdapter.updateSession(session.token, { updatedAt: new Date(now) })
  const all = await entrance.store.read('auth.places', (reader) => listMemberships(reader, user.id))
  // The bank's provider speaks for its own staff alone.
  const memberships = session.through ? all.filter((each) => each.place === platformPlace) : all
  const { id, token, activeOrganizationId: place, secondFactorAt = null } = session
  return {
    id,
    token,
    person: { id: user.id, name: user.name, email: user.email, secondFactor: user.twoFactorEnabled === true },
    secondFactorAt,
    active: memberships.find((each) => each.place === place) ?? memberships[0],
    memberships,
  }
}

/** The same, as the office knows people; undefined for one whom nobody lets in any more. */
export async function findPerson(entrance: Entrance, call: DoorCall): Promise<KeyHolder | undefined> {
  return toHolder(entrance, await findSession(entrance, call))
}

/** For what a page does by itself, for as long as it is open: nobody has to be there, so the session ends on time. */
export async function recallPerson(entrance: Entrance, call: DoorCall): Promise<KeyHolder | undefined> {
  return toHolder(entrance, await findSession(entrance, call, 'maybe gone'))
}

function toHolder(entrance: Entrance, session: OpenSession | undefined): KeyHolder | undefined {
  if (!session?.active) return undefined
  const { person, active } = session
  return {
    actor: { kind: 'person', id: person.id },
    name: person.name,
    role: roleOf(active),
    madeAt: Date.parse(active.since) * 1000,
    person: person.id,
    secondFactor: judgeFactor(session, entrance.nowMs()),
  }
}

export function roleOf({ place, role }: Pick<Membership, 'place' | 'role'>): string {
  return place === platformPlace ? role : `${role}:${place}`
}

function judgeFactor({ person, secondFactorAt }: OpenSession, now: number): 'fresh' | 'stale' | 'missing' {
  if (!person.secondFactor) return 'missing'
  return secondFactorAt !== null && now - secondFactorAt.getTime() < freshMs ? 'fresh' : 'stale'
}

/** Who is signed in, for the pages of their own account. */
export async function tellMe(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const session = await findSession(entrance, call)
  // A page asks this first of all: nobody is an answer, and no error in a browser's console.
  if (!session?.active) return reply({ state: 'out' })
  const { person, active, memberships } = session
  const places = memberships.map((each) => ({ role: roleOf(each), place: each.place }))
  return reply({ state: 'in', ...person, active: active.place, places })
}

export async function listSessions(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const session = await findSession(entrance, call)
  if (!session) return deny('signed_out')
  const { internalAdapter } = await (await entrance.auth()).$context
  const open = await internalAdapter.listSessions(session.person.id)
  const now = entrance.nowMs()
  const alive = open.filter(
    ({ expiresAt, updatedAt }) => expiresAt.getTime() > now && now - updatedAt.getTime() <= idleMs,
  )
  return reply({
    sessions: alive.map(({ id, createdAt, updatedAt, expiresAt, ipAddress, userAgent }) => ({
      id,
      own: id === session.id,
      begunAt: createdAt.toISOString(),
      seenAt: updatedAt.toISOString(),
      endsAt: expiresAt.toISOString(),
      from: ipAddress ?? '',
      browser: userAgent ?? '',
    })),
  })
}

/** One of one's own, or all others when none is named. */
export async function endSessions(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const input = z.strictObject({ id: z.string().max(60).optional() }).safeParse(call.body)
  if (!input.success) return denyInput(input.error)
  const session = await findSession(entrance, call)
  if (!session) return deny('signed_out')
  const { internalAdapter } = await (await entrance.auth()).$context
  const open = await internalAdapter.listSessions(session.person.id)
  const { id } = input.data
  const ended = open.filter((each) => (id === undefined ? each.id !== session.id : each.id === id))
  for (const { token } of ended) await internalAdapter.deleteSession(token)
  return reply({ ended: ended.length })
}

/** Whoever works for several tenants looks at one at a time. */
export async function changePlace(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const input = z.strictObject({ place: z.string().max(190) }).safeParse(call.body)
  if (!input.success) return denyInput(input.error)
  const session = await findSession(entrance, call)
  if (!session) return deny('signed_out')
  if (!session.memberships.some(({ place }) => place === input.data.place)) return deny('no_place')
  const { internalAdapter } = await (await entrance.auth()).$context
  await internalAdapter.updateSession(session.token, { activeOrganizationId: input.data.place })
  return reply()
}

/** A second factor was shown in this session just now. */
export async function noteFactor(entrance: Entrance, token: string): Promise<void> {
  const { internalAdapter } = await (await entrance.auth()).$context
  await internalAdapter.updateSession(token, { secondFactorAt: new Date(entrance.nowMs()) })
}

export const nowIso = (entrance: Entrance): string => isoOf(entrance.nowMs())
