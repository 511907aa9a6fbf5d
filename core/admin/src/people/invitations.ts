import { z } from 'zod'
import { isFault } from '@inthread/sdk/fault'
import { partWithMaker } from '../keys/part-with-maker.ts'
import { appendAudit, openScope, type Actor } from '@inthread/store'
import { takeAttempt } from './tables/attempts.store.ts'
import { deny, denyInput, denyPassword, isoOf, reply, type Entrance, type DoorCall, type Reply } from './entrance.ts'
import { findLink, makeLink, type Invited } from './links.ts'
import { findPasswordProblem } from './password-rules.ts'
import {
  endInvitation,
  endRenewals,
  findUserByEmail,
  isMember,
  saveMember,
  saveUser,
  type Invitation,
} from './tables/people.store.ts'
import { acceptRenewal } from './renewals.ts'
import { findSession, platformPlace, roleOf } from './sessions.ts'
import { signIn } from './sign-in.ts'

export interface Inviting {
  readonly email: string
  /** A tenant, or `*` for the platform itself. */
  readonly place: string
  readonly role: string
  readonly days: number
  readonly by: Actor
}

export function invite(entrance: Entrance, { email, place, role, days, by }: Inviting): Promise<Invited> {
  const record = { action: 'person.invited', data: { role } }
  return makeLink(entrance, { email, place, role, days, by, renews: null, record })
}

const tokenInput = z.strictObject({ token: z.string().max(100) })

/** What a link invites to, for whoever has it. */
export async function lookAtInvitation(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const parsed = tokenInput.safeParse(call.body)
  if (!parsed.success) return denyInput(parsed.error)
  if (!(await takeLook(entrance, call))) return deny('too_many')
  const found = await findLink(entrance, parsed.data.token)
  if (!found) return deny('link_over')
  const known = await entrance.store.read('auth.known', (reader) =>
    findUserByEmail(reader, found.email, entrance.vault),
  )
  const renewal = found.renews !== null
  return reply({ email: found.email, place: found.place, role: roleOf(found), known: known !== undefined, renewal })
}

/** Terminals and pages show it as it is: nothing in it moves a cursor, or turns what is written around. */
const shown = /^[^\p{Cc}\u2028-\u202e\u2066-\u2069]+$/u

const acceptInput = z.strictObject({
  token: z.string().max(100),
  /** Of somebody who has no account yet. */
  name: z.string().trim().min(1).max(120).regex(shown).optional(),
  password: z.string().max(256).optional(),
})

/** Makes the account and lets in; whoever has one already accepts while signed in with it. */
export async function acceptInvitation(entrance: Entrance, call: DoorCall): Promise<Reply> {
  const parsed = acceptInput.safeParse(call.body)
  if (!parsed.success) return denyInput(parsed.error)
  const { token, name, password } = parsed.data
  if (!(await takeLook(entrance, call))) return deny('too_many')
  const found = await findLink(entrance, token)
  if (!found) return deny('link_over')
  if (found.renews !== null) return acceptRenewal(entrance, call, { found, password })
  const known = await entrance.store.read('auth.known', (reader) =>
    findUserByEmail(reader, found.email, entrance.vault),
  )
  if (known) {
    const session = await findSession(entrance, call)
    if (session?.person.id !== known.id) return deny('sign_in_first')
    return tellJoined(await join(entrance, found, { userId: known.id }))
  }
  if (name === undefined || password === undefined) return deny('bad_input', 'name and password are missing')
  const person = { email: found.email, name, places: [found.place] }
  const problem = await findPasswordProblem(password, person, entrance.readRange)
  if (problem !== undefined) return denyPassword(problem)
  const joined = await join(entrance, found, { userId: entrance.ids.next(), newcomer: { name, password } })
  if (joined !== 'joined') return tellJoined(joined)
  return signIn(entrance, { ...call, body: { email: found.email, password } })
}

interface Joining {
  readonly userId: string
  /** Of somebody who has no account yet. */
  readonly newcomer?: { readonly name: string; readonly password: string }
}

/** All of it in one transaction, or none: of two who come with one link, one is let in. */
export async function join(entrance: Entrance, found: Invitation, { userId, newcomer }: Joining): Promise<Joined> {
  const { store, ids, clock, vault } = entrance
  const { id, place, role, email } = found
  const now = isoOf(entrance.nowMs())
  const { password: hasher } = await (await entrance.auth()).$context
  const password = newcomer && (await hasher.hash(newcomer.password))
  const memberId = ids.next()
  const joining = store.write(
    'auth.join',
    async (tx): Promise<Joined> => {
      if (!(await endInvitation(tx, id, 'accepted'))) return 'over'
      await endRenewals(tx, email, vault)
      if (newcomer && password !== undefined)
        await saveUser(tx, { id: userId, name: newcomer.name, email, password, now }, vault)
      await saveMember(tx, { id: memberId, place, userId, role, now })
      // Whoever may do less than before leaves no key behind that may more.
      const parting = { person: userId, role, keep: [], actor: { kind: 'person', id: userId } as const }
      if (place === platformPlace && !newcomer) await partWithMaker(tx, parting, { ids, clock })
      const object = { kind: 'person', id: userId }
      const record = { scope: openScope(place), actor: { kind: 'person', id: userId } as const, object }
      await appendAudit(tx, [{ ...record, action: 'person.joined', data: { role } }], { ids, now: clock.now() })
      return 'joined'
    },
    (reader) => isMember(reader, memberId),
  )
  return joining.catch((error: unknown) => {
    // Somebody else has made an account of this address since it was looked for.
    if (isFault(error, 'store.duplicate')) return 'known'
    throw error
  })
}

type Joined = 'joined' | 'over' | 'known'

function tellJoined(joined: Joined): Reply {
  if (joined === 'joined') return reply({ state: 'in' })
  return deny(joined === 'over' ? 'link_over' : 'sign_in_first')
}

function takeLook({ store }: Entrance, { ip }: DoorCall): Promise<boolean> {
  return takeAttempt(store, { name: `invitation:${ip}`, most: 200, windowMs: 15 * 60_000 })
}
