import { appendAudit, openScope, type Actor } from '@inthread/store'
import { deny, denyPassword, isoOf, type DoorCall, type Entrance, type Reply } from './entrance.ts'
import { findPasswordProblem } from './password-rules.ts'
import {
  endInvitation,
  endRenewals,
  isEnded,
  listMemberships,
  renewUser,
  type Invitation,
} from './tables/people.store.ts'
import { makeLink, type Invited } from './links.ts'
import { signIn } from './sign-in.ts'

export interface Renewing {
  readonly person: { readonly id: string; readonly email: string }
  readonly place: string
  readonly role: string
  readonly by: Actor
}

/** A link for who has lost the password or the second factor. There is no mail server: it is handed over as well. */
export async function renew(entrance: Entrance, { person, place, role, by }: Renewing): Promise<Invited> {
  return makeLink(entrance, {
    ...{ email: person.email, place, role, by, days: 1, renews: person.id },
    record: { action: 'person.renewal_made', object: { kind: 'person', id: person.id } },
  })
}

/**
 * A new password; second factor and sessions of before are gone. Whoever made the link could have used it: so the
 * person decides nothing that was proposed before.
 */
export async function acceptRenewal(
  entrance: Entrance,
  call: DoorCall,
  { found, password }: { readonly found: Invitation; readonly password: string | undefined },
): Promise<Reply> {
  const { store, ids, clock } = entrance
  const userId = found.renews ?? ''
  if (password === undefined) return deny('bad_input', 'the password is missing')
  const places = await store.read('auth.places', (reader) => listMemberships(reader, userId))
  const person = { email: found.email, name: '', places: places.map(({ place }) => place) }
  const problem = await findPasswordProblem(password, person, entrance.readRange)
  if (problem !== undefined) return denyPassword(problem)
  const { password: hasher } = await (await entrance.auth()).$context
  const hash = await hasher.hash(password)
  const renewed = await store.write(
    'auth.renew',
    async (tx) => {
      // Let in somewhere since: that is more than whoever made the link was asked about.
      if ((await listMemberships(tx, userId)).some(({ since }) => since > found.createdAt)) return false
      if (!(await endInvitation(tx, found.id, 'accepted'))) return false
      await endRenewals(tx, found.email, entrance.vault)
      await renewUser(tx, { id: userId, password: hash, now: isoOf(entrance.nowMs()) })
      const actor = { kind: 'person', id: userId } as const
      const record = { scope: openScope(found.place), actor, action: 'person.renewed', object: actor }
      await appendAudit(tx, [record], { ids, now: clock.now() })
      return true
    },
    (reader) => isEnded(reader, found.id),
  )
  if (!renewed) return deny('link_over')
  return signIn(entrance, { ...call, body: { email: found.email, password } })
}
